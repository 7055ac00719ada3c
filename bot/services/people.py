"""People at the door: what they sent, in order and once, and who they are to us."""

import math
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.models import Admin, Place
from bot.domain.policy import Policy
from bot.services.cards import Cards
from bot.storage import inbox, people
from bot.storage.engine import Database, Tx
from bot.storage.moves import append
from gateway.text import check_sender

__all__ = ["Inbox", "People", "Turn", "UnfitError", "language_of"]

LANGUAGES: Final = ("ru", "en")
MENUS: Final = "menus"
"""The bell's name for: somebody's list of commands may have changed."""
TRIES: Final = 3
SWEEP: Final = timedelta(hours=1)
_NAME: Final = 200
_USERNAME: Final = 64
_READ_RUSSIAN: Final = frozenset(("ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "tt", "ba", "cv", "hy", "az"))
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

S = TypeVar("S")


class UnfitError(ValueError):
    """A value that a setting of an admin cannot take; `field` names the setting."""

    def __init__(self, field: str) -> None:
        super().__init__(f"unfit {field}")
        self.field = field


def language_of(code: str | None) -> str | None:
    """Return our language for a language code of Telegram's (`ru`, `en-GB`); None where it gave none."""
    if not code:
        return None
    return "ru" if code.lower().partition("-")[0] in _READ_RUSSIAN else "en"


class People:
    """Admins, and strangers who may become admins."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards

    async def load(self, user_id: int) -> Admin | None:
        """Return an admin, enabled or not."""
        return await people.load(self._tx, user_id)

    async def everyone(self) -> list[Admin]:
        """Return the enabled admins."""
        return await people.everyone(self._tx)

    async def see(self, user_id: int, *, name: str, language_code: str | None) -> Admin | None:
        """Return an enabled admin who is doing something now; None is a stranger."""
        seen = await people.see(self._tx, user_id, name[:_NAME], language_of(language_code))
        if seen is None:
            return None
        admin, first = seen
        if first:
            self._tx.wakes.add(MENUS)
        return admin

    async def meet(self, user_id: int, *, name: str, username: str | None, language_code: str | None) -> bool:
        """Tell every owner of a stranger, once ever; a disabled admin is none. Return whether they are told now."""
        if await people.load(self._tx, user_id) is not None:
            return False
        name, username = name[:_NAME], username[:_USERNAME] if username else None
        language = language_of(language_code) or self._policy.language
        if not await people.meet(self._tx, user_id, name=name, username=username, language=language):
            return False
        args = {"user_id": user_id, "name": name, "username": username, "step": "notice"}
        await self._cards.tell_owners("stranger", args)
        return True

    async def admit(self, user_id: int, role: Role, by: int) -> Admin | None:
        """Let a stranger in and greet him in private; None where `by` is no owner, or he was decided on before."""
        if not await self._decide(user_id, role, by):
            return None
        known = await people.stranger(self._tx, user_id)
        zone = self._policy.zone.key
        if known is None or not await people.admit(
            self._tx, user_id, role, name=known.name, language=known.language, zone=zone
        ):
            return None
        await self._record(f"admin:{by}", "admit", user_id, role)
        await self._cards.notify("start", {"first": True, "role": role, "zone": zone}, Place(user_id), user_id)
        return await self.load(user_id)

    async def ignore(self, user_id: int, by: int) -> bool:
        """Leave a stranger outside; False where `by` is no owner, or he was decided on before."""
        if not await self._decide(user_id, "ignored", by):
            return False
        await append(self._tx, f"admin:{by}", "ignore", "stranger", [user_id])
        return True

    async def set_language(self, user_id: int, language: str) -> Admin | None:
        """Choose the language of an admin's cards; raise UnfitError for one we do not speak."""
        if language not in LANGUAGES:
            raise UnfitError("language")
        return await self._set(user_id, language=language)

    async def set_zone(self, user_id: int, zone: str) -> Admin | None:
        """Choose the clock of an admin's cards by its IANA name; raise UnfitError where there is no such zone."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UnfitError("zone") from None
        return await self._set(user_id, zone=zone)

    async def set_sender(self, user_id: int, sender: str | None) -> Admin | None:
        """Choose the sender of an admin's new drafts, None for everybody's; raise UnfitError for a bad one."""
        if sender is not None and check_sender(sender) is not None:
            raise UnfitError("sender")
        return await self._set(user_id, sender=sender)

    async def set_phone(self, user_id: int, phone: str | None) -> Admin | None:
        """Keep an admin's own phone, 11 digits; raise UnfitError for anything else."""
        if phone is not None and not re.fullmatch("7[0-9]{10}", phone):
            raise UnfitError("phone")
        return await self._set(user_id, phone=phone)

    async def ensure_owners(self, ids: Iterable[int]) -> None:
        """Insert owners that are not there; what was decided of others stands, unless no enabled owner is left."""
        wanted = list(dict.fromkeys(ids))
        for user_id in wanted:
            known = await people.stranger(self._tx, user_id)
            name, language = (known.name, known.language) if known else ("", self._policy.language)
            zone = self._policy.zone.key
            if await people.admit(self._tx, user_id, Role.OWNER, name=name, language=language, zone=zone):
                await self._record("settings", "admit", user_id, Role.OWNER)
        if await people.owners(self._tx) == 0:
            for user_id in wanted:
                await people.change(self._tx, user_id, role=Role.OWNER, enabled=True)
                await self._record("settings", "restore", user_id, Role.OWNER)

    async def _decide(self, user_id: int, decision: str, by: int) -> bool:
        decider = await people.load(self._tx, by)
        if decider is None or not decider.enabled or decider.role is not Role.OWNER:
            return False
        return await people.decide(self._tx, user_id, decision, by)

    async def _set(self, user_id: int, **values: str | None) -> Admin | None:
        await people.change(self._tx, user_id, **values)
        await append(self._tx, f"admin:{user_id}", "set", "admin", [user_id], data={"fields": sorted(values)})
        if "language" in values:
            self._tx.wakes.add(MENUS)
        return await self.load(user_id)

    async def _record(self, actor: str, verb: str, user_id: int, role: Role) -> None:
        await append(self._tx, actor, verb, "admin", [user_id], target=role)
        self._tx.wakes.add(MENUS)


@dataclass(frozen=True, slots=True)
class Turn(Generic[S]):
    """One update in hand: its inbox row, its body, and the use cases of the transaction that handles it."""

    id: int
    update_id: int
    body: Mapping[str, Any]
    services: S


class Inbox(Generic[S]):
    """Updates as they came; `services` binds the use cases to the transaction in which one is handled."""

    def __init__(self, database: Database, policy: Policy, bell: Bell, services: Callable[[Tx], S]) -> None:
        self._database, self._policy, self._bell, self._services = database, policy, bell, services
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
    async def turn(self, chat: int) -> AsyncIterator[Turn[S] | None]:
        """Give a chat's oldest update, done when the context is left; an exception leaves everything as it was.

        None: there is none now, or another process has it in hand.
        """
        async with self._database.write() as tx:
            row = await inbox.head(tx, chat)
            if row is None:
                yield None
                return
            yield Turn(row.id, row.update_id, row.body, self._services(tx))
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
