"""What people sent, as rows: in order and once each."""

import math
import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.bell import Bell
from bot.domain.models import Place
from bot.domain.policy import Policy
from bot.services.cards import Cards
from bot.services.unit import Services
from bot.storage import inbox, people
from bot.storage.engine import Database

__all__ = ["Inbox", "Turn"]

TRIES: Final = 3
SWEEP: Final = timedelta(hours=1)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One update in hand: its inbox row, its body, and the use cases of the transaction that handles it."""

    id: int
    update_id: int
    body: Mapping[str, Any]
    services: Services


class Inbox:
    """Updates as they came."""

    def __init__(self, database: Database, policy: Policy, bell: Bell) -> None:
        self._database, self._policy, self._bell = database, policy, bell
        self._swept: datetime | None = None

    async def store(self, updates: Sequence[tuple[int, int, Mapping[str, Any]]]) -> None:
        """Keep (update_id, chat, body) for good, all or none; one that is here already is left alone."""
        async with self._database.write() as tx:
            await inbox.store(tx, [(update_id, chat, _storable(body)) for update_id, chat, body in updates])
            if self._swept is None or tx.now - self._swept >= SWEEP:
                await inbox.sweep(tx)
                self._swept = tx.now
        self._bell.ring(*tx.wakes)

    async def waiting(self, limit: int, without: Collection[int]) -> list[int]:
        """Return chats that wait to be handled, but for those `without`."""
        async with self._database.read() as tx:
            return await inbox.chats(tx, limit, without)

    async def next_due(self, without: Collection[int]) -> datetime | None:
        """Return when the next chat, but for those `without`, waits to be handled."""
        async with self._database.read() as tx:
            return await inbox.next_due(tx, without)

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[Turn | None]:
        """Give a chat's oldest update, done when the context is left; an exception leaves everything as it was.

        None: there is none now, or another process has it in hand.
        """
        async with self._database.write() as tx:
            row = await inbox.head(tx, chat)
            if row is None:
                yield None
                return
            yield Turn(row.id, row.update_id, row.body, await Services.of(tx, self._policy))
            await inbox.done(tx, row.id)
        self._bell.ring(*tx.wakes)

    async def failed(self, row: int, error: str, code: str, reader: int | None, place: Place) -> bool:
        """Count a failed try; the last one ends the update, and its admin hears of it. Return whether it was the last."""
        async with self._database.write() as tx:
            over = await inbox.failed(tx, row, error, TRIES)
            admin = None if reader is None else await people.load(tx, reader)
            if over and admin is not None and admin.enabled and place.chat:
                await Cards(tx, self._policy).notify("fault", {"code": code}, place, admin.user_id)
        self._bell.ring(*tx.wakes)
        return over


def _storable(value: Any) -> Any:
    """Leave out what PostgreSQL's JSON cannot hold: one such update would keep all others from being stored."""
    match value:
        case str():
            return _UNSTORABLE.sub("", value)
        case list():
            return [_storable(one) for one in value]
        case dict():
            return {_UNSTORABLE.sub("", key): _storable(one) for key, one in value.items()}
        case float() if not math.isfinite(value):
            return None
    return value
