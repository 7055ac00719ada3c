"""The panic switch: it shuts the valve for sends and hand-overs at once, and changes nothing else; an owner opens it again.

Every claim of a paid call locks the valve first. Once a stop is stored none begins any more; one that had begun is beyond recall.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.models import Admin, Multicast, Place, Subject
from bot.domain.states import MulticastState
from bot.services.cards import Cards
from bot.services.sending.batches import Batches
from bot.storage import approvals, halts, notices, people, valves
from bot.storage.engine import Tx
from bot.storage.moves import append

LATELY: Final = timedelta(hours=24)
"""What the provider began so long ago may still be under way: it tells no end."""
NAMED: Final = 3
LISTED: Final = 20
_SHOWN: Final = 200
"""Held multicasts whose cards say at once why they wait."""


class Halt:
    """Use cases of /stop_all and /resume_all; each says whether it was the one that did it."""

    def __init__(self, tx: Tx, cards: Cards, batches: Batches) -> None:
        self._tx, self._cards, self._batches = tx, cards, batches

    async def holds(self) -> bool:
        """Return whether nothing may leave now."""
        return (await valves.peek(self._tx)).stopped_by is not None

    async def stop(self, by: Admin, place: Place) -> bool:
        """Let nothing leave any more, and tell everybody; where somebody was first, his stop stands and is shown again."""
        valve = await valves.load(self._tx)
        if valve.stopped_by is not None:
            await self._show_again(by, place)
            return False
        name = by.name or str(by.user_id)
        await valves.save(self._tx, valve.stopped(name, self._tx.now))
        args = {"by": name, "at": self._tx.now.isoformat(), **await self._found()}
        notice = await notices.add(self._tx, halts.KIND, args)
        await append(self._tx, f"admin:{by.user_id}", "stop_all", "valve", [notice])
        subject = Subject("notice", notice)
        homes = [(Place(one.user_id), one.user_id) for one in await people.everyone(self._tx)]
        for where, reader in {place: by.user_id, **dict(homes)}.items():
            await self._cards.post(subject, where, reader)
        await self._touch_all()
        return True

    async def resume(self, by: Admin) -> bool:
        """Let everything go on, one message first, and tell everybody; the time of the standstill counts for no send."""
        valve = await valves.load(self._tx)
        if valve.stopped_by is None:
            return False
        await valves.save(self._tx, valve.resumed())
        await halts.give_back(self._tx, valve.stopped_at or self._tx.now)
        notice = await halts.current(self._tx)
        shown = await notices.load(self._tx, notice) if notice else None
        if shown is not None:
            done = {"resumed_by": by.name or str(by.user_id), "resumed_at": self._tx.now.isoformat()}
            going = await halts.sends(self._tx)
            await notices.change(self._tx, shown.id, {**shown.args, **done, "going": going})
            await append(self._tx, f"admin:{by.user_id}", "resume_all", "valve", [shown.id])
            await self._cards.lift(Subject("notice", shown.id), bump=True)
        await self._touch_all()
        self._tx.wakes |= {"dispatch", "handover"}
        return True

    async def show_list(self, by: Admin, place: Place) -> None:
        """Show what waits, below."""
        sends = [
            {"phone": one.phone, "total": one.total, "queued": one.queued, "sender": one.sender}
            for one in await halts.listed(self._tx, LISTED)
        ]
        held = [
            {"bases": [base.name for base in one.bases], "at": (one.start_at or one.hand_at).isoformat()}
            for one in await halts.held(self._tx, LISTED)
        ]
        rest = await halts.sends(self._tx) - len(sends) + await halts.holding(self._tx) - len(held)
        args = {"sends": sends, "multicasts": held, "rest": rest}
        await self._cards.notify("halt_list", args, place, by.user_id)

    async def _found(self) -> dict[str, Any]:
        """Say how things stand at the moment of the stop: what waits, and what is beyond recall."""
        gone = sorted((self._gone(one) for one in await halts.gone(self._tx, LATELY)), key=self._urgency)
        return {
            "sends": await halts.sends(self._tx),
            "multicasts": await halts.holding(self._tx),
            "flying": await halts.flying(self._tx, LATELY),
            "gone": gone[:NAMED],
            "rest": len(gone[NAMED:]),
            "importing": await halts.importing(self._tx),
        }

    def _gone(self, one: Multicast) -> dict[str, Any]:
        """Say how it stands with the provider: it waits there, should be running, or nobody knows whether it is there."""
        moment = one.start_at or one.handed_at or one.hand_at
        runs = "runs" if one.state is MulticastState.HANDED_OVER and moment <= self._tx.now else "waits"
        how = "doubt" if one.state is MulticastState.IN_DOUBT else runs
        return {"bases": [base.name for base in one.bases], "at": moment.isoformat(), "how": how}

    def _urgency(self, one: dict[str, Any]) -> tuple[bool, timedelta]:
        """What is still to begin comes first: that can perhaps be stopped at the provider's."""
        ahead = datetime.fromisoformat(one["at"]) - self._tx.now
        return ahead <= timedelta(), abs(ahead)

    async def _show_again(self, by: Admin, place: Place) -> None:
        notice = await halts.current(self._tx)
        if notice is not None:
            await self._cards.post(Subject("notice", notice), place, by.user_id)

    async def _touch_all(self) -> None:
        """Let the cards of all that waits say why."""
        await self._batches.touch_waiting()
        for one in await halts.held(self._tx, _SHOWN):
            await self._cards.touch(Subject("multicast", one.id))
        for request in await approvals.open_ones(self._tx):
            await self._cards.touch(Subject("approval", request))
