"""Counts rows into valid, invalid, duplicate and empty ones, and gives the phones and the bad rows as they come."""

import re
from collections.abc import Collection, Iterator
from typing import Final, cast

from bot.worker.reading.cells import judge
from bot.worker.reading.verdict import (
    CHUNK,
    FIRST_BAD,
    RAW_LENGTH,
    BadRow,
    BadRows,
    Chunk,
    Trouble,
    UnreadableError,
    Verdict,
)
from gateway.phones import Phone, Refusal

_AREA: Final = r"(?:[349][0-9]{2}|[78][0-8][0-9])"
_PLAIN: Final = (
    rf'"?(?:(?:\+?7|8)(?:{_AREA}[0-9]{{7}}'
    rf"|(?: ?\({_AREA}\) ?|[ -]{_AREA}[ -])[0-9]{{3}}[ -]?[0-9][0-9][ -]?[0-9][0-9])|9[0-9]{{9}})"
    r'[" \t,;]*\n'
)
"""The commonest shapes alone, each of which `gateway.phones.parse` takes too; the rest is judged row by row."""
_RUN: Final = re.compile(rf"(?:{_PLAIN}){{0,1000}}")
"""A run of rows in one match: a Python object for each would cost more than finding the numbers."""
_BETWEEN: Final = b'" \t,;()+-'


class Tally:
    """
    One reading of one document: feed it rows, then `finish`, then ask for its `verdict`.

    Raises UnreadableError (too_large) when more than `most` rows come.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._valid = self._invalid = self._duplicates = self._empty = self._rows = 0
        self._seen: set[int] = set()
        """Phones as ints: half the memory of strings."""
        self._phones: list[Phone] = []
        self._bad: list[BadRow] = []
        self._first_bad: list[BadRow] = []

    def feed(self, rows: str, first: int) -> Iterator[Chunk | BadRows]:
        """Count `rows`, each ended by a newline; `first` is the number of the first one."""
        at, row = 0, first
        found: list[str] = []
        while at < len(rows):
            run = _RUN.match(rows, at)
            if run and run.end() > at:
                found.append(run[0])
                at, row = run.end(), row + run[0].count("\n")
            else:
                end = rows.index("\n", at)
                found += self._judge(row, rows[at:end])
                at, row = end + 1, row + 1
        self._keep("".join(found))
        yield from self._full()
        self._rows += row - first
        if self._rows > self._most:
            raise UnreadableError(Trouble.TOO_LARGE)

    def finish(self) -> Iterator[Chunk | BadRows]:
        """Give what is left."""
        yield from self._full(1)

    def verdict(self) -> Verdict:
        """Sum up. Raises UnreadableError (no_numbers) if there was not even an attempt at one."""
        if not self._valid + self._invalid:
            raise UnreadableError(Trouble.NO_NUMBERS)
        return Verdict(self._valid, self._invalid, self._duplicates, self._empty, tuple(self._first_bad))

    def _keep(self, found: str) -> None:
        """Write phones of the plain shapes as 7XXXXXXXXXX and drop duplicates, all at once."""
        bare = b"\n" + found.encode("ascii").translate(None, _BETWEEN)
        phones = cast("list[Phone]", bare.replace(b"\n8", b"\n7").replace(b"\n9", b"\n79").decode("ascii").split())
        numbers, known = list(map(int, phones)), len(self._seen)
        fresh: Collection[Phone] = phones
        if not self._seen.isdisjoint(numbers):
            fresh = [phone for phone, number in zip(phones, numbers, strict=True) if number not in self._seen]
        self._seen.update(numbers)
        if len(self._seen) - known < len(fresh):  # some of them are the same
            fresh = dict.fromkeys(fresh)
        self._phones += fresh
        self._valid += len(fresh)
        self._duplicates += len(phones) - len(fresh)

    def _judge(self, row: int, cell: str) -> Iterator[str]:
        results = judge(cell)
        self._empty += not results
        for result in results:
            if isinstance(result, Refusal):
                self._refuse(row, result)
            else:
                yield f"{result}\n"

    def _refuse(self, row: int, refusal: Refusal) -> None:
        self._invalid += 1
        raw = "".join(char if char.isprintable() else " " for char in refusal.raw[:RAW_LENGTH])
        self._bad.append(BadRow(row, raw.strip(), refusal.why, refusal.digits))
        if len(self._first_bad) < FIRST_BAD:
            self._first_bad.append(self._bad[-1])

    def _full(self, least: int = CHUNK) -> Iterator[Chunk | BadRows]:
        while len(self._phones) >= least:
            yield Chunk(tuple(self._phones[:CHUNK]))
            del self._phones[:CHUNK]
        while len(self._bad) >= least:
            yield BadRows(tuple(self._bad[:CHUNK]))
            del self._bad[:CHUNK]
