"""The notice of a stranger: every owner sees the same one, and the first decision stands on all of them."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.models import Admin, Subject
from bot.services.cards import Cards
from bot.services.people.people import People
from bot.storage import notices, people
from bot.storage.engine import Tx

_OPEN: Final = ("notice", "role")
"""The steps at which a notice still asks."""


class Strangers:
    """Decisions at the door, as they are made on a notice."""

    def __init__(self, tx: Tx, cards: Cards, people_: People) -> None:
        self._tx, self._cards, self._people = tx, cards, people_

    async def ask_role(self, notice: int) -> None:
        """Ask which role the stranger gets."""
        found = await notices.load(self._tx, notice)
        if found is None or found.args.get("step") != "notice":
            return
        if not await self._show_decided(notice, found.args):
            await self._show(notice, {**found.args, "step": "role"})

    async def decide(self, notice: int, role: Role | None, by: Admin) -> bool:
        """Let the stranger in with a role, or leave him outside; False where that was decided before."""
        found = await notices.load(self._tx, notice)
        if found is None or found.kind != "stranger":
            return False
        user_id = int(found.args["user_id"])
        if role is None:
            done = await self._people.ignore(user_id, by.user_id)
        else:
            done = await self._people.admit(user_id, role, by.user_id) is not None
        if done:
            decision = {"step": "granted" if role else "ignored", "by": by.name, "at": self._tx.now.isoformat()}
            await self._show(notice, {**found.args, **decision, "role": role})
        elif found.args.get("step") in _OPEN:
            await self._show_decided(notice, found.args)
        return done

    async def settle(self, user_id: int) -> None:
        """Show on the notice of somebody what was decided of him otherwise: it asks no more."""
        known = await people.stranger(self._tx, user_id)
        for notice in await notices.made_at(self._tx, "stranger", known.seen_at) if known else ():
            if notice.args["user_id"] == user_id and notice.args["step"] in _OPEN:
                await self._show_decided(notice.id, notice.args)

    async def _show_decided(self, notice: int, args: Mapping[str, Any]) -> bool:
        """Show what was decided otherwise, by an invite; False where nothing was."""
        known = await people.stranger(self._tx, int(args["user_id"]))
        if known is None or known.decision is None:
            return False
        role = known.decision if known.decision in tuple(Role) else None
        by, at = await people.name(self._tx, known.decided_by), known.decided_at.isoformat()
        step = "granted" if role else "ignored"
        await self._show(notice, {**args, "step": step, "by": by, "at": at, "role": role})
        return True

    async def _show(self, notice: int, args: dict[str, object]) -> None:
        await notices.change(self._tx, notice, args)
        await self._cards.touch(Subject("notice", notice), pressed=True, bump=True)
