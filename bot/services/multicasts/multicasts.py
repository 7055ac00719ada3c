"""What people do to multicasts that are confirmed: move, edit, take back, cancel, hand over now, decide."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.approvals import needed
from bot.domain.drafts import settled
from bot.domain.models import Multicast, Place, Reason, Subject
from bot.domain.money import cost
from bot.domain.multicast_drafts import MULTICAST
from bot.domain.policy import Policy
from bot.domain.states import DraftState, MulticastState
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.multicasts.drafts import content_of, when_of
from bot.services.people.limits import Limits
from bot.storage import multicasts, people
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.rows import reason_json
from bot.storage.tables import multicasts as table

SOON: Final = "soon"
"""The question a card asks while what a person hands over early can still be kept back."""
ANEW: Final = "anew"
"""What stands on the card of one in doubt, of which a new draft was opened: no question."""


class Multicasts:
    """Use cases of scheduling; each answers whether it was the one that did it."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts) -> None:
        self._tx, self._policy, self._cards, self._drafts = tx, policy, cards, drafts

    async def load(self, multicast: int) -> Multicast | None:
        """Return a multicast."""
        return await multicasts.load(self._tx, multicast)

    async def page(self, *, past: bool, limit: int, offset: int = 0) -> list[Multicast]:
        """Return multicasts for a list."""
        return await multicasts.page(self._tx, past=past, limit=limit, offset=offset)

    async def cancel(self, multicast: int, by: int) -> bool:
        """Keep a held or missed one from ever being handed over."""
        for source in (MulticastState.HELD, MulticastState.MISSED):
            if await self._cancel(multicast, source, by, "cancelled"):
                await self._show(multicast)
                return True
        return False

    async def edit(self, multicast: int, by: int, *, focus: str | None = None) -> bool:
        """Take a held one out of hold, as a draft with its start: it will not go until that is confirmed."""
        held = await self._held(multicast)
        if held is None or not await self._cancel(multicast, MulticastState.HELD, by, "edited"):
            return False
        # Where its start is here already, there is nothing that the edit could be too late for.
        ahead = held.start_at is not None and held.start_at > self._tx.now
        source = {"id": multicast, "start": held.start_at.isoformat()} if held.start_at and ahead else None
        await self._redraft(held, when=when_of(held), source=source, **_focused(focus))
        return True

    async def undo(self, multicast: int, by: int) -> bool:
        """Take back what is about to be handed over: it is held on as before, or opens again as a draft."""
        held = await self._held(multicast)
        if held is None:
            return False
        if _asked(held) == SOON and held.start_at is not None:
            hand_at = max(self._tx.now, held.start_at - self._policy.handover)
            await multicasts.change(self._tx, multicast, hand_at=hand_at, next_at=hand_at, asking=None)
            await append(self._tx, f"admin:{by}", "keep back", "multicast", [multicast])
            await self._show(multicast)
            return True
        if not await self._cancel(multicast, MulticastState.HELD, by, "undo"):
            return False
        await self._redraft(held, when=when_of(held), undone=True)
        return True

    async def undoable(self, place: Place, by: int) -> int | None:
        """Return the multicast that this person confirmed here and can still take back at a press."""
        leaving = await multicasts.leaving(self._tx, place, by)
        window = self._policy.of(await people.load(self._tx, by)).undo
        found = (one.id for one in leaving if leaves_at(one, window, self._tx.now))
        return next(found, None)

    async def again(
        self, multicast: int, by: int, place: Place, *, now: bool = False, focus: str | None = None
    ) -> bool:
        """Open a draft with fresh counts from one that is over; a missed one is then over for good."""
        past = await multicasts.lock(self._tx, multicast)
        if past is None or past.state in _OPEN:
            return False
        when: Mapping[str, Any] | None = {"now": True} if now else None
        if await self._bring_anew(past, place):
            return True
        if past.state is MulticastState.MISSED:
            await self._cancel(multicast, MulticastState.MISSED, by, "again")
            await self._redraft(past, when=when, **_focused(focus))
            return True
        if past.start_at is None or past.start_at > self._tx.now:
            when = when_of(past)
        fields = settled({}, **content_of(past), when=when, **_focused(focus))
        draft = await self._drafts.open(MULTICAST.name, by, place, fields)
        if past.state is MulticastState.IN_DOUBT:
            asking = {"kind": ANEW, "draft": draft.id, "at": self._tx.now.isoformat()}
            await multicasts.change(self._tx, multicast, asking=asking)
            await self._show(multicast)
        return True

    async def hand_now(self, multicast: int, by: int) -> bool:
        """Hand over without waiting for the last minutes, after the time in which a send can be taken back; its start stays."""
        held = await self._held(multicast)
        if held is None:
            return False
        hand_at = self._tx.now + self._policy.of(await people.load(self._tx, by)).undo
        await multicasts.change(self._tx, multicast, hand_at=hand_at, next_at=hand_at, asking={"kind": SOON})
        await append(self._tx, f"admin:{by}", "hand now", "multicast", [multicast])
        self._tx.wakes.add("handover")
        await self._show(multicast)
        return True

    async def accept_drift(self, multicast: int, by: int) -> bool:
        """Start for the number of recipients there is now; where that takes a second person, a draft asks for one.

        Whoever accepts it confirms all of it, and it counts for him from now on. Raise OverLimitError where it is more than he
        may send.
        """
        held = await self._held(multicast)
        if held is None or held.asking is None or _asked(held) != "drift":
            return False
        counts = held.asking["counts"]
        fresh = [{"id": base.id, "name": base.name, "total": counts[base.name]} for base in held.bases]
        recipients = sum(base["total"] for base in fresh)
        limits = Limits(self._tx, self._policy)
        known = held.recipients if held.confirmed_by == by and held.confirmed_at >= limits.today else 0
        await limits.ask(by, parts=max(0, recipients - known) * held.parts, recipients=recipients)
        if grown(self._policy, held):
            if not await self._cancel(multicast, MulticastState.HELD, by, "edited"):
                return False
            at_once = {"when": {"now": True}} if held.start_at is None else {"when": None, "editing": "when"}
            await self._redraft(held, bases=fresh, **at_once)
            return True
        values = {"bases": fresh, "recipients": recipients, "asking": None, "next_at": self._tx.now}
        values |= {"confirmed_by": by, "confirmed_at": self._tx.now}
        await multicasts.change(self._tx, multicast, **values)
        await append(self._tx, f"admin:{by}", "accept drift", "multicast", [multicast], data={"recipients": recipients})
        self._tx.wakes.add("handover")
        await self._show(multicast)
        return True

    async def ask(self, multicast: int, question: str | None) -> bool:
        """Open a question on its card (cancel of a held one, risk of one in doubt), or close it; others stand until answered."""
        found = await multicasts.lock(self._tx, multicast)
        if found is None or _QUESTIONS.get(question, found.state) is not found.state:
            return False
        if _asked(found) in (None, ANEW, *_QUESTIONS):
            anew = {name: value for name, value in (found.asking or {}).items() if name in ("draft", "at")}
            kind = question or (ANEW if anew else None)
            await multicasts.change(self._tx, multicast, asking={"kind": kind, **anew} if kind else None)
            await self._show(multicast)
        return True

    async def doubt(self, multicast: int, place: Place) -> bool:
        """Ask about a second one of one in doubt, or bring the draft of it that is open here already."""
        found = await multicasts.lock(self._tx, multicast)
        if found is not None and await self._bring_anew(found, place):
            return True
        return await self.ask(multicast, "risk")

    async def there(self, multicast: int, *, by: int, name: str) -> bool:
        """Take an admin's word that the provider's cabinet shows it."""
        values = {
            "marked_by": name,
            "claim": None,
            "lease_until": None,
            "asking": None,
            "passed": table.c.start_at.is_(None),
        }
        where, source = table.c.id == multicast, MulticastState.IN_DOUBT
        target, actor = MulticastState.HANDED_OVER, f"admin:{by}"
        done = await move(self._tx, "multicast", source, target, where, actor=actor, verb="mark", values=values)
        if done:
            await self._show(multicast)
            self._tx.wakes.add("handover")
        return bool(done)

    async def _held(self, multicast: int) -> Multicast | None:
        found = await multicasts.lock(self._tx, multicast)
        return found if found is not None and found.state is MulticastState.HELD else None

    async def _bring_anew(self, doubtful: Multicast, place: Place) -> bool:
        """Show below the draft that was opened here of one in doubt, where it is open still: a second one could go as well."""
        opened = (doubtful.asking or {}).get("draft") if doubtful.state is MulticastState.IN_DOUBT else None
        draft = await self._drafts.load(int(opened)) if opened is not None else None
        if draft is None or draft.state is not DraftState.OPEN or draft.place != place:
            return False
        await self.ask(doubtful.id, None)
        await self._cards.drop(Subject("draft", draft.id), place)
        return True

    async def _show(self, multicast: int) -> None:
        await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)

    async def _redraft(self, old: Multicast, **more: Any) -> None:
        fields = settled(content_of(old), **more)
        source = Subject("multicast", old.id)
        await self._drafts.copy(MULTICAST.name, source, fields, author=old.author, place=old.place)

    async def _cancel(self, multicast: int, source: MulticastState, by: int, code: str) -> bool:
        values = {"reason": reason_json(Reason(code)), "next_at": None, "asking": None}
        where, target = table.c.id == multicast, MulticastState.CANCELLED
        actor = f"admin:{by}"
        return bool(await move(self._tx, "multicast", source, target, where, actor=actor, verb=code, values=values))


def grown(policy: Policy, held: Multicast) -> bool:
    """Return whether its bases hold more now than anybody has agreed to, and so many that it takes a second person."""
    now = int((held.asking or {}).get("now") or 0)
    return now > held.recipients and needed(policy, now, cost(now * held.parts, held.price))


def leaves_at(multicast: Multicast, undo: timedelta, now: datetime) -> datetime | None:
    """Return until when it can be taken back at a press, where it is about to be handed over."""
    soon = multicast.hand_at - multicast.confirmed_at <= undo or _asked(multicast) == SOON
    held = multicast.state is MulticastState.HELD and multicast.waiting_since is None
    return multicast.hand_at if held and soon and now < multicast.hand_at else None


def _asked(multicast: Multicast) -> str | None:
    return (multicast.asking or {}).get("kind")


def _focused(focus: str | None) -> dict[str, Any]:
    return {"choosing": True} if focus == "bases" else {"editing": focus}


_OPEN: Final = (MulticastState.AWAITING_APPROVAL, MulticastState.HELD, MulticastState.HANDING_OVER)
_QUESTIONS: Final[Mapping[str | None, MulticastState]] = {
    "cancel": MulticastState.HELD,
    "risk": MulticastState.IN_DOUBT,
}
