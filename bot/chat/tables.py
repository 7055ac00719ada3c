"""Tables as files: a CSV that any spreadsheet opens, and takes nothing in for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.bases import BaseFile

_BOM: Final = "\ufeff"  # else spreadsheets take the table for Windows-1251


def spreadsheet(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> BaseFile:
    """Write a table under its head."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows(rows)
    return BaseFile(name, "text/csv", (_BOM + out.getvalue()).encode())


def harmless(raw: str) -> str:
    """Let no spreadsheet take a foreign text for a formula."""
    return f"'{raw}" if raw.startswith(("=", "+", "-", "@")) else raw
