"""A whole text is held as UTF-8 and read piece by piece: as a `str` each character takes two bytes for one Cyrillic letter."""

import io
from collections.abc import Iterator
from typing import Final

_BLOCK: Final = 1 << 14


def first_line(text: bytes) -> str:
    """Give the first line, with its newline."""
    return text[: text.find(b"\n") + 1].decode()


def blocks(text: bytes) -> Iterator[str]:
    """Cut into pieces of whole lines."""
    at = 0
    while at < len(text):
        end = text.find(b"\n", at + _BLOCK) + 1 or len(text)
        yield text[at:end].decode()
        at = end


def lines(text: bytes) -> Iterator[str]:
    """Cut at newlines alone: `splitlines` knows line breaks that no spreadsheet does, and rows would shift."""
    for block in blocks(text):
        yield from io.StringIO(block, newline="\n")
