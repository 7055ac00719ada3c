"""The phones of address book cards (vCard 2.1 to 4.0), by the lines they stand in."""

import re
from collections.abc import Iterator
from typing import Final

from bot.worker.reading.lines import lines

_TEL: Final = re.compile(r"(?:[\w-]+\.)?TEL(?:;(?:[^\":]|\"[^\"]*\")*)?:(.*)", re.IGNORECASE)


def is_vcard(text: bytes) -> bool:
    """Say whether the text begins as a vCard does."""
    return text[:100].decode(errors="ignore").lstrip("\ufeff \n").upper().startswith("BEGIN:VCARD")


def phones(text: bytes) -> Iterator[tuple[int, str]]:
    """Give the line and the value of each phone; a card without one gives its first line and nothing."""
    begun, found = 0, False
    for number, line in _unfolded(text):
        edge = line.strip().upper()
        if edge == "BEGIN:VCARD":
            begun, found = number, False
        elif edge == "END:VCARD" and not found:
            yield begun, ""
        elif match := _TEL.match(line):
            found = True
            yield number, match[1]


def _unfolded(text: bytes) -> Iterator[tuple[int, str]]:
    """Join what was folded: a line that begins with a space goes on with the one before."""
    start, held = 0, ""
    for number, line in enumerate((line.removesuffix("\n") for line in lines(text)), 1):
        if line.startswith((" ", "\t")):
            held += line[1:]
        else:
            yield start, held
            start, held = number, line
    yield start, held
