"""Rows without a number, in words: one on a card, all of them as a table that any spreadsheet opens."""

import csv
import io
from typing import Final

from bot.chat.texts import Texts, texts
from bot.domain.bases import BaseFile
from gateway.phones import Why

_BOM: Final = "\ufeff"  # else spreadsheets take the table for Windows-1251


def cause(words: Texts, why: str, digits: int) -> str:
    """Say why something is no number."""
    match why:
        case Why.EMPTY:
            return words.plain("import-bad-empty")
        case Why.LETTERS_INSIDE:
            return words.plain("import-bad-letters")
        case Why.NOT_RUSSIAN:
            return words.plain("import-bad-foreign")
        case Why.TOO_FEW_DIGITS:
            return words.plain("import-bad-few", n=digits)
    return words.plain("import-bad-many", n=digits)


def table(file: BaseFile, language: str) -> BaseFile:
    """Return the rows that were kept as lines of tabs as a CSV in the reader's words."""
    words, out = texts(language), io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([words.plain(f"import-bad-head-{name}") for name in ("row", "raw", "why")])
    for line in file.data.decode().splitlines():
        row, raw, why, digits = line.split("\t")
        writer.writerow([row, _harmless(raw), cause(words, why, int(digits))])
    return BaseFile(file.name, "text/csv", (_BOM + out.getvalue()).encode())


def _harmless(raw: str) -> str:
    """Let no spreadsheet take a cell for a formula."""
    return f"'{raw}" if raw.startswith(("=", "+", "-", "@")) else raw
