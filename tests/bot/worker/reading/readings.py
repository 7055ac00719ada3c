"""Reading without a process, summed up."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.worker.reading.documents import read_bytes
from bot.worker.reading.limits import Limits
from bot.worker.reading.verdict import BadRow, BadRows, Chunk, Piece, Unreadable, Verdict


@dataclass(frozen=True)
class Reading:
    phones: tuple[str, ...]
    bad: tuple[BadRow, ...]
    end: Verdict | Unreadable

    @property
    def verdict(self) -> Verdict:
        assert isinstance(self.end, Verdict)
        return self.end

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.verdict.valid, self.verdict.invalid, self.verdict.duplicates, self.verdict.empty


def summed(pieces: Iterable[Piece]) -> Reading:
    *parts, end = pieces
    assert isinstance(end, Verdict | Unreadable)
    phones = tuple(phone for part in parts if isinstance(part, Chunk) for phone in part.phones)
    return Reading(phones, tuple(row for part in parts if isinstance(part, BadRows) for row in part.rows), end)


def read(
    data: bytes | str, name: str = "list.csv", *, column: int | None = None, limits: Limits | None = None
) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    return summed(read_bytes(data, name, column=column, limits=limits or Limits()))
