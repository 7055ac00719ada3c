"""What owners decide about people: roles, disabling, removing, limits. Nobody is changed in silence, and one owner is left."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import Any

from bot.domain.access import Role
from bot.domain.models import Admin, Place, Subject
from bot.domain.states import DraftState
from bot.services import prompts
from bot.services.cards import Cards
from bot.services.people.invites import Invites
from bot.services.people.people import MENUS, People
from bot.storage import cards, duties, people
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.tables import drafts

__all__ = ["Changes", "Decided"]

_LIMITS = ("parts_a_day", "largest_multicast")


class Decided(StrEnum):
    """What became of a decision."""

    DONE = auto()
    SAME = auto()  # it was so before
    LAST = auto()  # nobody would be left who may decide
    REFUSED = auto()  # whoever decides is no owner any more
    GONE = auto()  # there is no such person


class Changes:
    """Decisions, one at a time in the whole house; each is told in private to whom it concerns."""

    def __init__(self, tx: Tx, cards_: Cards, people_: People, invites: Invites) -> None:
        self._tx, self._cards, self._people, self._invites = tx, cards_, people_, invites

    async def role(self, user_id: int, role: Role, by: int) -> Decided:
        """Give somebody a role."""
        person = await self._person(user_id, by)
        if isinstance(person, Decided):
            return person
        if person.role is role:
            return Decided.SAME
        if await self._is_last(person):
            return Decided.LAST
        if not role.may(Role.OPERATOR):
            await self._close_drafts(user_id, by)
        await people.change(self._tx, user_id, role=role)
        await self._record(by, "role", person, source=person.role, target=role)
        await self._tell(person, by, "role", role=role)
        if person.role is Role.OWNER:
            await self._invites.revoke_all(user_id, by)
        if person.role.may(Role.OPERATOR) is not role.may(Role.OPERATOR):
            await self._people.empower(user_id, by)
        await cards.touch_chat(self._tx, user_id)
        return Decided.DONE

    async def disable(self, user_id: int, by: int, *, remove: bool = False) -> Decided:
        """Shut somebody out: his cards retire, his drafts close, and what he sent goes on, under the eyes of who decided it.

        `remove`: he is not listed any more either, and is a stranger if he comes back.
        """
        person = await self._person(user_id, by)
        if isinstance(person, Decided):
            return person
        if not person.enabled and not remove:
            return Decided.SAME
        if await self._is_last(person):
            return Decided.LAST
        verb, edits = "remove" if remove else "disable", await duties.edits(self._tx, user_id)
        # The drafts before the person: whoever confirms one holds it while his limit is asked for.
        await self._close_drafts(user_id, by)
        values: Mapping[str, Any] = {"enabled": False, **({"removed_at": self._tx.now} if remove else {})}
        await people.change(self._tx, user_id, **values)
        if remove:
            await people.forget_stranger(self._tx, user_id)
        await self._record(by, verb, person)
        if person.enabled:
            await self._tell(person, by, verb)
            await self._invites.revoke_all(user_id, by)
            await self._hand_on(user_id, by, edits)
            await self._people.empower(user_id, by)
        await cards.touch_chat(self._tx, user_id)
        return Decided.DONE

    async def enable(self, user_id: int, by: int) -> Decided:
        """Let somebody come in again."""
        person = await self._person(user_id, by)
        if isinstance(person, Decided):
            return person
        if person.enabled:
            return Decided.SAME
        await people.change(self._tx, user_id, enabled=True)
        await self._record(by, "enable", person)
        await self._tell(person, by, "enable", role=person.role)
        await self._people.empower(user_id, by)
        return Decided.DONE

    async def limit(self, user_id: int, name: str, value: int | None, by: int) -> Decided:
        """Set a limit (parts_a_day, largest_multicast), or lift it."""
        person = await self._person(user_id, by)
        if isinstance(person, Decided):
            return person
        if name not in _LIMITS or getattr(person, name) == value:
            return Decided.SAME
        await people.change(self._tx, user_id, **{name: value})
        change = {"name": name, "before": getattr(person, name), "value": value}
        await self._record(by, "limit", person, data=change)
        limits = {one: getattr(person, one) for one in _LIMITS} | {name: value}
        await self._tell(person, by, "limits", **limits)
        return Decided.DONE

    async def _person(self, user_id: int, by: int) -> Admin | Decided:
        """Return whom it is about; nobody else decides on people until the transaction ends."""
        await people.lock(self._tx)
        if not await self._people.decides(by):
            return Decided.REFUSED
        person = await people.load(self._tx, user_id)
        return Decided.GONE if person is None or person.removed_at is not None else person

    async def _is_last(self, person: Admin) -> bool:
        return person.enabled and person.role is Role.OWNER and await people.owners(self._tx) == 1

    async def _record(self, by: int, verb: str, person: Admin, **more: Any) -> None:
        await append(self._tx, f"admin:{by}", verb, "admin", [person.user_id], **more)
        self._tx.wakes.add(MENUS)

    async def _tell(self, person: Admin, by: int, change: str, **more: Any) -> None:
        args = {"change": change, "by": await people.name(self._tx, by), "at": self._tx.now.isoformat(), **more}
        await self._cards.tell(person.user_id, "access", args)

    async def _close_drafts(self, author: int, by: int) -> None:
        mine, values = drafts.c.author == author, {"listens": False, "updated_at": self._tx.now}
        source, target, actor = DraftState.OPEN, DraftState.CLOSED, f"admin:{by}"
        closed = await move(self._tx, "draft", source, target, mine, actor=actor, verb="close", values=values)
        await cards.touch_all(self._tx, "draft", closed)
        await prompts.retract(self._tx, author)

    async def _hand_on(self, user_id: int, by: int, edits: Sequence[int]) -> None:
        """Bring what nobody else would see any more to the one who decided; where that is the same person, to every owner."""
        closed = [Subject("draft", edit) for edit in edits]
        for subject in (*closed, *await duties.unfinished(self._tx, user_id)):
            if all(card.place.chat == user_id for card in await cards.showing(self._tx, subject)):
                await self._cards.post(subject, Place(by), by, move="silent")
