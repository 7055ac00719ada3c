"""What reading a list of numbers gives: its phones as they come, its bad rows, and in the end what it is worth."""

from dataclasses import dataclass
from enum import StrEnum

from gateway.phones import Phone, Why

CHUNK = 1_000
"""Phones, or bad rows, in one piece."""
RAW_LENGTH = 40
"""Characters shown of a bad row."""
FIRST_BAD = 20
"""Bad rows that the verdict itself holds."""


class Trouble(StrEnum):
    """Why a document gives no verdict."""

    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NO_NUMBERS = "no_numbers"
    NOT_A_TABLE = "not_a_table"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"


class UnreadableError(Exception):
    """The document cannot be read; where it leaves this package it is an `Unreadable`."""

    def __init__(self, why: Trouble) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Chunk:
    """Up to 1,000 phones, in the document's order, none of them given before."""

    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """
    What is no number: its row, from 1 as the user's own program counts, and why.

    `raw` is at most 40 characters of it, all printable; `digits` counts the digits it has.
    """

    row: int
    raw: str
    why: Why
    digits: int


@dataclass(frozen=True, slots=True)
class BadRows:
    """Up to 1,000 bad rows, in order."""

    rows: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column (from 1) in which the first rows hold phones: so many of so many filled cells; its title or ""."""

    number: int
    title: str
    valid: int
    filled: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What was found, counted by numbers: a row with none is one, `empty` or `invalid`; a cell with three counts three.

    `column` is the one that was read (None: there are no columns, every line counts); `columns` are those that may
    be chosen instead, the best first. A `header` row is not counted. `sheet` is the one read out of `sheets`.
    """

    valid: int
    invalid: int
    duplicates: int
    empty: int
    bad: tuple[BadRow, ...]
    column: int | None = None
    columns: tuple[Column, ...] = ()
    header: bool = False
    sheet: str | None = None
    sheets: int = 0

    @property
    def rows(self) -> int:
        """All that was counted: what the valid ones are out of."""
        return self.valid + self.invalid + self.duplicates + self.empty


@dataclass(frozen=True, slots=True)
class Unreadable:
    """There is no verdict; pieces that came before are void."""

    why: Trouble


Piece = Chunk | BadRows | Verdict | Unreadable
