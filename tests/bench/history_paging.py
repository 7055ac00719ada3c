"""
Pages of the history over a million sends, beside its newest unfiltered page in the same run, on both databases.

Each send is one message; nearly all went well and were confirmed by one person. What is looked for is rare, and old: three
unknown outcomes, three sends by somebody else, three messages to one number, all of them among the first thousand.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.domain.clock import SystemClock
from bot.domain.history import Key, Sought
from bot.services.history import pages
from bot.storage.engine import Database, Tx
from tests.databases import BACKENDS, Databases, postgres_server

ROWS = 1_000_000
ROUNDS = 30
ZONE = ZoneInfo("Europe/Moscow")
RARE, MANY, PHONE, OFTEN = 1002, 1001, "79110000000", "79110000001"
_NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows) SELECT i FROM n)",
    "postgresql": "(SELECT generate_series(1, :rows) AS i)",
}
_AT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', '2026-11-20', (i - :rows) || ' minutes')",
    "postgresql": "timestamptz '2026-11-20' + (i - :rows) * interval '1 minute'",
}
_BATCHES = """
INSERT INTO batches (id, kind, origin, author, confirmed_by, chat, state, sender, flash, text, parts, total,
                     undo_until, confirmed_at, progress_at, standing)
SELECT i, 'sms', 'old:' || i, 1001, CASE WHEN i IN (100, 200, 300) THEN 1002 ELSE 1001 END, 1001, 'finished', 'MyShop',
       false, 'Готово', 1, 1, {at}, {at}, {at}, CASE WHEN i IN (150, 200, 350) THEN 'in_doubt' ELSE 'delivered' END
FROM {numbers} AS numbers
"""
_MESSAGES = """
INSERT INTO messages (id, batch, phone, parts, state)
SELECT i, i, CASE WHEN i IN (100, 250, 400) THEN '79110000000' WHEN i % 1000 = 0 THEN '79110000001'
                  ELSE CAST(79120000000 + i AS text) END,
       1, CASE WHEN i IN (150, 200, 350) THEN 'in_doubt' ELSE 'delivered' END
FROM {numbers} AS numbers
"""
LOOKS: dict[str, tuple[Sought, Key | None]] = {
    "the newest page": (Sought(), None),
    "a page half-way back": (Sought(), Key("batch", ROWS // 2)),
    "the oldest page": (Sought(), Key("batch", 7)),
    "a common status": (Sought(status="delivered"), None),
    "a rare status": (Sought(status="in_doubt"), None),
    "who sends most": (Sought(who=MANY), None),
    "who hardly sends": (Sought(who=RARE), None),
    "a day a year ago": (Sought(period="2025-11-20/2025-11-20"), None),
    "status and who": (Sought(status="in_doubt", who=RARE), None),
    "status, who, period": (Sought(status="delivered", who=MANY, period="2025-11-01/2025-11-20"), None),
    "a status nobody has": (Sought(status="failed", who=MANY), None),
    "a rare number": (Sought(phone=PHONE), None),
    "a common number, far back": (Sought(phone=OFTEN), Key("message", 500_000)),
    "a number and a rare status": (Sought(phone=OFTEN, status="in_doubt"), None),
}


async def _fill(tx: Tx) -> None:
    backend = tx.conn.dialect.name
    for statement in (_BATCHES, _MESSAGES):
        written = statement.format(at=_AT[backend], numbers=_NUMBERS[backend])
        await tx.conn.execute(text(written), {"rows": ROWS})


async def _timed(look: Callable[[], Awaitable[object]]) -> float:
    """Return the median of several turns, the first one left out: it reads from the disk."""
    await look()
    spent = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await look()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


async def _measure(url: str) -> list[str]:
    database = Database(url, SystemClock())
    async with database.write() as tx:
        await _fill(tx)
    if not database.is_file:
        async with database.write() as tx:
            await tx.conn.execute(text("ANALYZE"))
    lines, yardstick = [], 0.0
    async with database.read() as tx:
        for name, (sought, before) in LOOKS.items():
            spent = await _timed(lambda sought=sought, before=before: pages.page(tx, sought, before, ZONE))
            yardstick = yardstick or spent
            lines.append(f"  {name:28} {spent * 1000:7.2f} ms {spent / yardstick:6.2f}x")
        spent = await _timed(lambda: pages.newer_than(tx, Sought(), Key("batch", ROWS // 2), ZONE))
        lines.append(f"  {'back to what is newer':28} {spent * 1000:7.2f} ms {spent / yardstick:6.2f}x")
    await database.close()
    return lines


def run() -> str:
    """Measure, and give the figures as text."""
    lines = []
    with (
        tempfile.TemporaryDirectory(prefix="smsbot-bench-", ignore_cleanup_errors=True) as folder,
        postgres_server(Path(folder)) as server,
    ):
        databases = Databases(Path(folder), server)
        for backend in BACKENDS:
            with databases.fresh(backend) as url:
                lines += [backend, *asyncio.run(_measure(url))]
    return "\n".join(lines)


if __name__ == "__main__":
    print(run())  # noqa: T201
