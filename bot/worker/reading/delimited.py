"""Text into a table, if it is one: which sign divides its columns, and whether its quotes can be trusted."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, Literal

from bot.worker.reading.lines import first_line, lines
from bot.worker.reading.table import Look, Row, Table, look
from bot.worker.reading.verdict import Trouble, UnreadableError

_Quoting = Literal[0, 3]

_DELIMITERS: Final = "\t;|,"
"""In the order of trust: a comma stands in prose and in decimals too."""
_LOOKED_AT: Final = 200
_EXCEL_SAYS: Final = re.compile(r"sep=(.)\n")
_END: Final = "\0"
"""What no text holds that came through decoding."""


def tabulate(text: bytes, column: int | None) -> Table | None:
    """Read the text as a table; None if it is a list: no column of phones, or phones in all and no titles."""
    if told := _EXCEL_SAYS.fullmatch(first_line(text)):
        return _table(text[text.index(b"\n") + 1 :], told[1])
    tables = [_table(text, sign) for sign in _DELIMITERS if _divides(text, sign, forced=column is not None)]
    looks = [(look(table), table) for table in tables]
    seen, best = max(looks, key=lambda found: _valid(found[0]), default=(None, None))
    if column is None and (seen is None or seen.all_phones or not _valid(seen)):
        return None
    return best


def _valid(seen: Look) -> int:
    return seen.columns[0].valid if seen.columns else 0


def _divides(text: bytes, sign: str, *, forced: bool) -> bool:
    """Say whether most lines have the same number of cells, above one."""
    return any(_widths_agree(text, sign, quoting, forced=forced) for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE))


def _widths_agree(text: bytes, sign: str, quoting: _Quoting, *, forced: bool) -> bool:
    seen = islice((line for line in lines(text) if line.strip()), _LOOKED_AT)
    try:
        widths = Counter(len(row) for row in csv.reader(seen, delimiter=sign, quoting=quoting))
    except csv.Error:
        return False
    width, often = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return max(widths, default=0) > 1 if forced else width > 1 and 10 * often >= 7 * widths.total()


def _table(text: bytes, sign: str) -> Table:
    quoting: _Quoting = csv.QUOTE_MINIMAL if b'"' not in text or _closes(text, sign) else csv.QUOTE_NONE

    def rows() -> Iterator[Row]:
        try:
            yield from csv.reader(lines(text), delimiter=sign, quoting=quoting)
        except csv.Error:  # a cell of more than 128 KB
            raise UnreadableError(Trouble.NOT_A_TABLE) from None

    return Table(rows)


def _closes(text: bytes, sign: str) -> bool:
    """Say whether every quote is closed: one that is not would swallow the rows behind it."""
    last: list[str] = []
    try:
        for row in csv.reader(chain(lines(text), [_END]), delimiter=sign):
            last = row
    except csv.Error:
        return False
    return last == [_END]
