"""Rows of cells, from whatever program, and the column in them that holds the phones."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from bot.worker.reading.cells import judge, written
from bot.worker.reading.verdict import Column

Row = Sequence[object]

_SAMPLE: Final = 500
"""Filled rows looked at to find the column; where they hold no phone the next ones, up to a limit."""
_SAMPLES: Final = 20
_BATCH: Final = 5_000
_WORDS: Final = re.compile(r"[^\W\d_]+")
_DIGIT: Final = re.compile(r"[0-9]")
_PHONE_WORDS: Final = frozenset(["cell", "mobile", "msisdn", "phone", "phones", "tel", "telephone"]) | frozenset(
    ["моб", "мобильный", "сотовый", "тел", "телефон", "телефона", "телефоны"]
)
_NUMBER_WORDS: Final = frozenset(("number", "numbers", "номер", "номера"))
_TITLE_DIGITS: Final = 2
"""As in "Phone 1"; more may be a number someone mistyped, and no row is dropped in silence."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that may be gone through again, the first is number 1; the first cell of each stands in column `left`."""

    rows: Callable[[], Iterator[Row]]
    left: int = 1
    sheet: str | None = None
    sheets: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What the first filled rows show: the row of the titles (0: none) and the columns that hold phones, or should."""

    header: int
    columns: tuple[Column, ...]
    all_phones: bool
    """No titles, and phones are what every column mostly holds: a list that only looks like a table."""


def look(table: Table) -> Look:
    """Look at the first rows that hold a phone; the best column comes first. Without any, columns titled so."""
    rows = (numbered for numbered in enumerate(table.rows(), 1) if _is_filled(numbered[1]))
    number, first = next(rows, (0, ()))
    titles = [written(cell).strip() for cell in first] if _are_titles(first) else []
    header = number if titles else 0
    filled = chain([] if titles else [first], (row for _, row in rows))
    for _ in range(_SAMPLES):
        columns = _count(list(islice(filled, _SAMPLE)), titles, table.left)
        if any(column.valid for column in columns):
            return Look(header, _best_first(columns), not header and _all_phones(columns))
    return Look(header, tuple(column for column in columns if _rank(column.title)), all_phones=False)


def cells(table: Table, column: int, *, header: int) -> Iterator[tuple[int, str]]:
    """Give the column's cells, in batches: the number of the first row, and its rows, each ended by a newline."""
    at, first, rows = column - table.left, header + 1, islice(table.rows(), header, None)
    while batch := list(islice(rows, _BATCH)):
        yield first, "".join([_line(row, at) for row in batch])
        first += len(batch)


def _line(row: Row, at: int) -> str:
    cell = row[at] if 0 <= at < len(row) else ""
    text = cell if isinstance(cell, str) else written(cell)
    return (text.replace("\n", ";") if "\n" in text else text) + "\n"


def _is_filled(row: Row) -> bool:
    return any(cell.strip() if isinstance(cell, str) else cell is not None for cell in row)


def is_title(text: str) -> bool:
    """Say whether a lone line is what stands above a list of phones, and no phone itself."""
    return bool(_rank(text)) and _are_titles([text])


def _are_titles(row: Row) -> bool:
    """Titles are words, with hardly a digit."""
    texts = [written(cell) for cell in row]
    few = all(len(_DIGIT.findall(text)) <= _TITLE_DIGITS for text in texts)
    return few and any(_WORDS.search(text) for text in texts)


def _count(rows: list[Row], titles: Sequence[str], left: int) -> list[Column]:
    width = max(map(len, [*rows, titles]))
    columns = []
    for at in range(width):
        texts = [text for row in rows if at < len(row) and (text := written(row[at]).strip())]
        valid = sum(any(isinstance(result, str) for result in judge(text)) for text in texts)
        columns.append(Column(at + left, titles[at] if at < len(titles) else "", valid, len(texts)))
    return columns


def _best_first(columns: list[Column]) -> tuple[Column, ...]:
    """By content; a title decides only between columns that hold about as many phones."""
    most = max(column.valid for column in columns)
    close = [column for column in columns if 2 * column.valid >= most]
    best = max(close, key=lambda column: (_rank(column.title), column.valid, -column.number))
    rest = sorted((column for column in columns if column.valid and column is not best), key=_by_count)
    return best, *rest


def _by_count(column: Column) -> tuple[int, int]:
    return -column.valid, column.number


def _rank(title: str) -> int:
    """Whole words only: neither "hotel" nor "телефонист" tells of a phone."""
    words = set(_WORDS.findall(title.lower()))
    return 2 if words & _PHONE_WORDS else 1 if words & _NUMBER_WORDS else 0


def _all_phones(columns: list[Column]) -> bool:
    return all(2 * column.valid > column.filled for column in columns if column.filled)
