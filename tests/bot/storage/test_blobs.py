"""Files on their way: the database keeps them, and the process nothing of them."""

import os
from pathlib import Path

from bot.domain.bases import BaseFile
from bot.storage import blobs
from bot.storage.engine import Database

_MIB = 1 << 20
_LARGE = 48 * _MIB
"""Room of this size goes back to the machine as soon as nobody has it."""


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


async def test_a_large_file_stays_in_no_memory_once_it_is_kept(database: Database) -> None:
    """Neither with a compiled statement, nor with the driver's own copy of what it was given."""
    before = _resident()
    async with database.write() as tx:
        blob = await blobs.add(tx, BaseFile("list.txt", "text/plain", b"7" * _LARGE))
    assert _resident() - before < _LARGE // 2
    async with database.read() as tx:
        found = await blobs.load(tx, blob)
    assert found is not None
    assert found.data == b"7" * _LARGE
