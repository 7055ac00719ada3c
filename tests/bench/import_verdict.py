"""
The verdict of a million mixed lines, document to verdict, beside bare regex scans of the same text.

A scan finds numbers of 11 digits anywhere in the text, no more: it judges no line, finds no duplicate and starts no
process. Our side is all of it: a process, the pipe, every piece back here. The bare scan is `findall` of what looks
like a number, and its punctuation stripped; the quickest one puts groups together instead, the best that was found.
CPU is told beside the clock, which a busy machine bends: the reader gives way to others (`os.nice`), a scan does not.
"""

import asyncio
import contextlib
import os
import random
import re
import resource
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.worker.reading.process import read_document
from bot.worker.reading.verdict import Chunk, Verdict

LINES = 1_000_000
JUNK = 0.02
REPEATS = 3
FORMS = (
    "7{0}{1}{2}{3}",
    "+7{0}{1}{2}{3}",
    "8{0}{1}{2}{3}",
    "8 ({0}) {1}-{2}-{3}",
    "+7 ({0}) {1}-{2}-{3}",
    "+7 {0} {1}-{2}-{3}",
    "8-{0}-{1}-{2}-{3}",
)
_PUNCTUATION = re.compile("[ ()+-]+")
_LIKE_A_NUMBER = re.compile(r"(?<!\d)(?:\+?7|8)[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!\d)")
_GROUPS = re.compile(r"(?<!\d)(?:\+?7|8)[ -]?\(?(\d{3})\)?[ -]?(\d{3})[ -]?(\d\d)[ -]?(\d\d)(?!\d)")


def document() -> bytes:
    """Make the same lines every time; no two pieces of junk are alike by more than chance."""
    chance = random.Random(17)
    return ("\n".join(_line(chance) for _ in range(LINES)) + "\n").encode()


def _line(chance: random.Random) -> str:
    digits = f"9{chance.randrange(10**9):09}"
    if chance.random() < JUNK:
        return chance.choice(("", f"8{digits[:6]}", f"+380{digits[1:]}", f"ул. Мира, {digits[:2]}", f"7{digits}1"))
    return chance.choice(FORMS).format(digits[:3], digits[3:6], digits[6:8], digits[8:])


def bare_scan(text: str) -> int:
    """Find, then strip the punctuation."""
    return len([_PUNCTUATION.sub("", found) for found in _LIKE_A_NUMBER.findall(text)])


def quickest_scan(text: str) -> int:
    """Find, and put the groups together."""
    return len(["7" + match[1] + match[2] + match[3] + match[4] for match in _GROUPS.finditer(text)])


async def read(data: bytes) -> tuple[int, Verdict]:
    """Count the phones that came, and keep the verdict."""
    phones = 0
    async with contextlib.aclosing(read_document(data, "list.txt")) as pieces:
        async for piece in pieces:
            if isinstance(piece, Chunk):
                phones += len(piece.phones)
            elif isinstance(piece, Verdict):
                return phones, piece
    raise AssertionError


class Peak:
    """The most resident memory while the block runs, in MB: ours above what it was, the child's in all, and of both at once."""

    def __enter__(self) -> Self:
        self._idle = _resident("self")
        self.above = self.child = self.both = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        """Only the main thread starts a process here; what a fork shares with us is gone by the next look."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while not self._over.wait(0.02):
            above, child = _resident("self") - self._idle, max([0.0, *map(_resident, children.read_text().split())])
            self.above, self.child = max(self.above, above), max(self.child, child)
            self.both = max(self.both, above + child)


def _resident(process: str) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except FileNotFoundError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Cost:
    clock: float
    cpu: float

    @classmethod
    def now(cls) -> Self:
        spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return cls(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in spent))

    def since(self, began: "Cost") -> "Cost":
        return Cost(self.clock - began.clock, self.cpu - began.cpu)

    def beside(self, other: "Cost") -> str:
        return f"{self.clock / other.clock:.2f}x by the clock, {self.cpu / other.cpu:.2f}x of CPU"


async def measure() -> str:
    """Take turns, keep the best of each: a busy machine slows all."""
    data = document()
    text = data.decode()
    ours: list[Cost] = []
    bare: list[Cost] = []
    quickest: list[Cost] = []
    above = child = both = 0.0
    for _ in range(REPEATS):
        for scan, costs in ((bare_scan, bare), (quickest_scan, quickest)):
            began = Cost.now()
            found = scan(text)
            costs.append(Cost.now().since(began))
        with Peak() as memory:
            began = Cost.now()
            phones, verdict = await read(data)
            ours.append(Cost.now().since(began))
        above, child, both = max(above, memory.above), max(child, memory.child), max(both, memory.both)
    assert phones == verdict.valid
    best, bare_best, quickest_best = (
        Cost(min(cost.clock for cost in costs), min(cost.cpu for cost in costs)) for costs in (ours, bare, quickest)
    )
    return (
        f"{verdict.rows} rows: {verdict.valid} valid, {verdict.duplicates} duplicates, {verdict.invalid} invalid,"
        f" {verdict.empty} empty; the scans found {found}\n"
        f"verdict {best.clock:.2f} s, {best.cpu:.2f} s of CPU\n"
        f"bare scan {bare_best.clock:.2f} s: {best.beside(bare_best)} (at most 2)\n"
        f"quickest scan {quickest_best.clock:.2f} s: {best.beside(quickest_best)}\n"
        f"peak {both:.0f} MB above idle (at most 150): {above:.0f} here, the reading process in all {child:.0f}"
    )


def run() -> str:
    """Measure, and give the figures as text."""
    return asyncio.run(measure())


if __name__ == "__main__":
    sys.stdout.write(f"{run()}\n")
