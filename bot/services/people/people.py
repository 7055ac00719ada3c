"""People at the door, and who they are to us."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.access import Role
from bot.domain.approvals import may_approve
from bot.domain.models import Admin, Place
from bot.domain.policy import LONGEST_UNDO, Policy
from bot.services.approvals.asking import Asking
from bot.services.cards import Cards
from bot.storage import people
from bot.storage.engine import Tx
from bot.storage.moves import append
from gateway.text import check_sender

__all__ = ["People", "UnfitError", "language_of"]

LANGUAGES: Final = ("ru", "en")
MENUS: Final = "menus"
"""The bell's name for: somebody's list of commands may have changed."""
_NAME: Final = 200
_USERNAME: Final = 64
_READ_RUSSIAN: Final = frozenset(("ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "tt", "ba", "cv", "hy", "az"))


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

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, asking: Asking) -> None:
        self._tx, self._policy, self._cards, self._asking = tx, policy, cards, asking

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
        known = await people.load(self._tx, user_id)
        if known is not None and known.removed_at is None:
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
        await people.lock(self._tx)
        if not await self._decide(user_id, role, by):
            return None
        known = await people.stranger(self._tx, user_id)
        if known is None:
            return None
        return await self.let_in(user_id, role, name=known.name, language_code=known.language, actor=f"admin:{by}")

    async def let_in(
        self, user_id: int, role: Role, *, name: str, language_code: str | None, actor: str
    ) -> Admin | None:
        """Make a stranger an admin and greet him in private; None where he is one already.

        Whoever was removed finds again what he had set, and the limits that were set to him.
        """
        name, language = name[:_NAME], language_of(language_code) or self._policy.language
        zone = self._policy.zone.key
        new = await people.admit(self._tx, user_id, role, name=name, language=language, zone=zone)
        if not new and not await people.readmit(self._tx, user_id, role, name):
            return None
        await self._record(actor, "admit", user_id, role)
        admin = await self.load(user_id)
        if admin is not None:
            args = {"first": True, "role": role, "zone": admin.zone}
            await self._cards.notify("start", args, Place(user_id), user_id)
            await self._asking.ask_also(admin, actor)
        return admin

    async def empower(self, user_id: int, by: int) -> None:
        """Show somebody whose role or access has just changed what he may decide by now; of who may no more, tell the others."""
        admin = await self.load(user_id)
        if admin is not None and may_approve(admin):
            await self._asking.ask_also(admin, f"admin:{by}")
        else:
            await self._asking.retell()

    async def ignore(self, user_id: int, by: int) -> bool:
        """Leave a stranger outside; False where `by` is no owner, or he was decided on before."""
        if not await self._decide(user_id, "ignored", by):
            return False
        await append(self._tx, f"admin:{by}", "ignore", "stranger", [user_id])
        return True

    async def set(self, user_id: int, **values: str | int | None) -> Admin | None:
        """Store settings of an admin by name: language, zone, sender, phone, undo, quiet; raise UnfitError for an unfit one."""
        for name, value in values.items():
            if not _FITS[name](value):
                raise UnfitError(name)
        known = await self.load(user_id)
        await people.change(self._tx, user_id, **values)
        for name, value in values.items():
            before = getattr(known, name, None)
            if before != value:
                # An event is kept for good: somebody's own number is none of what it keeps.
                change = {} if name == "phone" else {"before": before, "value": value}
                await append(self._tx, f"admin:{user_id}", "set", "admin", [user_id], data={"name": name, **change})
        if "language" in values:
            self._tx.wakes.add(MENUS)
        return await self.load(user_id)

    async def decides(self, by: int) -> bool:
        """Return whether somebody is an owner at this moment, and not shut out."""
        decider = await people.load(self._tx, by)
        return decider is not None and decider.enabled and decider.role is Role.OWNER

    async def shut_out(self, user_id: int) -> bool:
        """Return whether this is somebody who was an admin and may not come in now."""
        return await people.shut_out(self._tx, user_id)

    async def ensure_owners(self, ids: Iterable[int]) -> None:
        """Insert owners that are not there; what was decided of others stands, unless no enabled owner is left."""
        wanted = list(dict.fromkeys(ids))
        for user_id in wanted:
            known = await people.stranger(self._tx, user_id)
            name, language = (known.name, known.language) if known else ("", self._policy.language)
            zone = self._policy.zone.key
            if await people.admit(self._tx, user_id, Role.OWNER, name=name, language=language, zone=zone):
                await self._record("settings", "admit", user_id, Role.OWNER)
                await self._ask_also(user_id)
        if await people.owners(self._tx) == 0:
            for user_id in wanted:
                await people.change(self._tx, user_id, role=Role.OWNER, enabled=True, removed_at=None)
                await self._record("settings", "restore", user_id, Role.OWNER)
                await self._ask_also(user_id)

    async def _decide(self, user_id: int, decision: str, by: int) -> bool:
        return await self.decides(by) and await people.decide(self._tx, user_id, decision, by)

    async def _ask_also(self, user_id: int) -> None:
        owner = await self.load(user_id)
        if owner is not None:
            await self._asking.ask_also(owner, "settings")

    async def _record(self, actor: str, verb: str, user_id: int, role: Role) -> None:
        await append(self._tx, actor, verb, "admin", [user_id], target=role)
        self._tx.wakes.add(MENUS)


def _is_zone(value: str | int | None) -> bool:
    try:
        return isinstance(value, str) and bool(ZoneInfo(value).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


_FITS: Final[Mapping[str, Callable[[str | int | None], bool]]] = {
    "language": LANGUAGES.__contains__,
    "zone": _is_zone,
    "sender": lambda value: value is None or check_sender(str(value)) is None,
    "phone": lambda value: value is None or re.fullmatch("7[0-9]{10}", str(value)) is not None,
    "undo": lambda value: value is None or (isinstance(value, int) and 0 <= value <= LONGEST_UNDO),
    "quiet": lambda value: value is None or re.fullmatch(r"([01]\d|2[0-3])-([01]\d|2[0-3])", str(value)) is not None,
}
