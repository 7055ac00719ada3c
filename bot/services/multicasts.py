"""What people do to multicasts: compose, schedule, move, cancel, decide."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.cards import Price
from bot.domain.drafts import Given, Refused, Weighed, settled
from bot.domain.models import Admin, Draft, Multicast, Place, Reason, Subject
from bot.domain.money import cost
from bot.domain.multicast_drafts import (
    MULTICAST,
    NEIGHBOUR,
    Around,
    Chosen,
    accept_when,
    as_json,
    chosen,
    problems,
    read,
    starts,
    toggled,
)
from bot.domain.policy import Policy
from bot.domain.states import MulticastState
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.requests import Requests
from bot.storage import bases, multicasts, requests
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.rows import reason_json
from bot.storage.tables import multicasts as table
from gateway import text as sms

SAME_TEXT: Final = timedelta(hours=24)


class MulticastComposer:
    """One text to phone bases: becomes a held multicast."""

    kind = MULTICAST

    def __init__(self, tx: Tx, policy: Policy, requests_: Requests) -> None:
        self._tx, self._policy, self._requests = tx, policy, requests_

    async def weigh(self, draft: Draft) -> Weighed | None:
        """Return the draft weighed; None while it lacks its text."""
        fields = draft.fields
        if fields.get("text") is None:
            return None
        analysis = sms.analyse(str(fields["text"]))
        parts = analysis.parts * sum(base.total for base in chosen(fields))
        price = Price(parts, cost(parts, self._policy.price), await requests.last_balance(self._tx))
        names = [base.name for base in chosen(fields)]
        start, now, replaced = starts(fields) or self._tx.now, self._tx.now, (fields.get("source") or {}).get("id")
        lately = await multicasts.to_bases(self._tx, names, now - SAME_TEXT, now + SAME_TEXT)
        near = await multicasts.to_bases(self._tx, names, start - NEIGHBOUR, start + NEIGHBOUR)
        same = [one for one in lately if one.text == fields["text"] and one.id != replaced]
        around = Around(now, price, _by_base(same, names), _by_base([o for o in near if o.id != replaced], names))
        return Weighed(analysis, price, problems(fields, analysis, around, self._policy))

    async def saved(self, draft: Draft) -> None:
        """Ask for fresh bases while they are chosen, and for a fresh balance where the preview shows what will remain."""
        if MULTICAST.step(draft.fields) == "mc_bases":
            await self._requests.bases_for(draft.id)
        elif self._policy.price is not None:
            await self._requests.balance_for(draft.id)

    async def consume(self, draft: Draft, by: int) -> Subject | None:
        """Hold it until shortly before its start."""
        fields, start = draft.fields, starts(draft.fields)
        undo_until = self._tx.now + self._policy.undo
        hand_at = undo_until if start is None else max(undo_until, start - self._policy.handover)
        text = str(fields["text"])
        values = {
            "origin": f"draft:{draft.id}",
            "author": draft.author,
            "confirmed_by": by,
            "chat": draft.place.chat,
            "thread": draft.place.thread,
            "state": MulticastState.HELD,
            "sender": str(fields["sender"]),
            "text": text,
            "parts": sms.analyse(text).parts,
            "price": self._policy.price,
            "bases": [as_json(base) for base in chosen(fields)],
            "recipients": sum(base.total for base in chosen(fields)),
            "start_at": start,
            "hand_at": hand_at,
            "draft": draft.id,
            "confirmed_at": self._tx.now,
            "next_at": hand_at,
        }
        multicast = await multicasts.begin(self._tx, values)
        if multicast is None:
            return None
        await append(self._tx, f"admin:{by}", "schedule", "multicast", [multicast], target=MulticastState.HELD)
        self._tx.wakes.add("handover")
        return Subject("multicast", multicast)


class Multicasts:
    """Use cases of scheduling; each answers whether it was the one that did it."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts, requests_: Requests) -> None:
        self._tx, self._policy, self._cards, self._drafts, self._requests = tx, policy, cards, drafts, requests_

    async def load(self, multicast: int) -> Multicast | None:
        """Return a multicast."""
        return await multicasts.load(self._tx, multicast)

    async def compose(self, admin: Admin, place: Place, rest: str = "") -> Draft:
        """Begin a draft with what stands behind `/multicast`: nothing, or bases, a time and the text, one line each."""
        typed = read(rest)
        fields: dict[str, Any] = {"sender": admin.sender or self._policy.sender}
        found, unknown = await self._named(typed.names)
        if found:
            fields["bases"] = [as_json(base) for base in found]
        if typed.text is not None:
            fields["text"] = typed.text
        if unknown:
            fields |= {"choosing": True, "refused": {"code": "unknown_bases", "args": {"names": unknown}}}
        if typed.time is not None:
            fields = self._timed(fields, typed.time, ZoneInfo(admin.zone))
        return await self._drafts.open(MULTICAST.name, admin.user_id, place, fields)

    def _timed(self, fields: dict[str, Any], typed: str, zone: ZoneInfo) -> dict[str, Any]:
        taken = accept_when(Given(text=typed, now=self._tx.now, zone=zone), fields)
        if isinstance(taken, Refused):
            return {**fields, "refused": {"code": taken.code, "args": {"typed": typed[:40]}}}
        return dict(taken) | ({"refused": fields["refused"]} if "refused" in fields else {})

    async def _named(self, names: Sequence[str]) -> tuple[list[Chosen], list[str]]:
        known = {base.name.casefold(): base for base in await bases.everyone(self._tx)}
        found = [known[name.casefold()] for name in names if name.casefold() in known]
        unknown = [name for name in names if name.casefold() not in known]
        return [Chosen(base.id, base.name, base.total) for base in found], unknown

    async def toggle(self, draft: Draft, base: int) -> None:
        """Choose a base, or choose it no more."""
        listed = await bases.load(self._tx, base)
        if listed is not None:
            await self._drafts.replace(draft, toggled(draft.fields, Chosen(listed.id, listed.name, listed.total)))

    async def cancel(self, multicast: int, by: int) -> bool:
        """Keep a held or missed one from ever being handed over."""
        for source in (MulticastState.HELD, MulticastState.MISSED):
            if await self._cancel(multicast, source, by, "cancelled"):
                await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)
                return True
        return False

    async def edit(self, multicast: int, by: int, *, focus: str | None = None) -> bool:
        """Take a held one out of hold, as a draft with its start: it will not go until that is confirmed."""
        held = await multicasts.lock(self._tx, multicast)
        if held is None or not await self._cancel(multicast, MulticastState.HELD, by, "edited"):
            return False
        source = {"id": multicast, "start": held.start_at.isoformat() if held.start_at else None}
        await self._redraft(held, when=_when(held), editing=focus, source=source)
        return True

    async def again(self, multicast: int, by: int, *, now: bool = False, focus: str | None = None) -> bool:
        """Open a draft with fresh counts from one that is over; a missed one is then over for good."""
        past = await multicasts.lock(self._tx, multicast)
        if past is None or past.state in (MulticastState.HELD, MulticastState.HANDING_OVER):
            return False
        if past.state is MulticastState.MISSED:
            await self._cancel(multicast, MulticastState.MISSED, by, "again")
            await self._redraft(past, when={"now": True} if now else None, editing=focus)
        else:
            fields = await self._fields(past, None)
            await self._drafts.open(MULTICAST.name, by, past.place, fields)
        return True

    async def resume_edit(self, lapsed: Draft, *, now: bool) -> None:
        """Open a copy of an edit that lapsed, to start at once or at another time."""
        when = {"now": True} if now else None
        fields = settled(lapsed.fields, when=when, source=None, editing=None)
        source = Subject("draft", lapsed.id)
        await self._drafts.copy(MULTICAST.name, source, fields, author=lapsed.author, place=lapsed.place)

    async def hand_now(self, multicast: int, by: int) -> bool:
        """Hand over without waiting for the last minutes; its start stays."""
        held = await multicasts.lock(self._tx, multicast)
        if held is None or held.state is not MulticastState.HELD:
            return False
        await multicasts.change(self._tx, multicast, hand_at=self._tx.now, next_at=self._tx.now, asking=None)
        await append(self._tx, f"admin:{by}", "hand now", "multicast", [multicast])
        self._tx.wakes.add("handover")
        await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)
        return True

    async def accept_drift(self, multicast: int, by: int) -> bool:
        """Start for the number of recipients there is now."""
        held = await multicasts.lock(self._tx, multicast)
        if held is None or held.state is not MulticastState.HELD or (held.asking or {}).get("kind") != "drift":
            return False
        counts = held.asking["counts"] if held.asking else {}
        fresh = [{"id": base.id, "name": base.name, "total": counts[base.name]} for base in held.bases]
        recipients = sum(base["total"] for base in fresh)
        values = {"bases": fresh, "recipients": recipients, "asking": None, "next_at": self._tx.now}
        await multicasts.change(self._tx, multicast, **values)
        await append(self._tx, f"admin:{by}", "accept drift", "multicast", [multicast], data={"recipients": recipients})
        self._tx.wakes.add("handover")
        await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)
        return True

    async def ask(self, multicast: int, question: str | None) -> None:
        """Open or close a question on its card: cancel | risk."""
        found = await multicasts.lock(self._tx, multicast)
        if found is not None:
            await multicasts.change(self._tx, multicast, asking={"kind": question} if question else None)
            await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)

    async def there(self, multicast: int, *, by: int, name: str) -> bool:
        """Take an admin's word that the provider's cabinet shows it."""
        values = {"marked_by": name, "handed_at": self._tx.now, "claim": None, "lease_until": None, "asking": None}
        where, source = table.c.id == multicast, MulticastState.IN_DOUBT
        target, actor = MulticastState.HANDED_OVER, f"admin:{by}"
        done = await move(self._tx, "multicast", source, target, where, actor=actor, verb="mark", values=values)
        if done:
            await self._cards.touch(Subject("multicast", multicast), pressed=True, bump=True)
        return bool(done)

    async def page(self, *, past: bool, limit: int, offset: int = 0) -> list[Multicast]:
        """Return multicasts for a list."""
        return await multicasts.page(self._tx, past=past, limit=limit, offset=offset)

    async def _redraft(self, old: Multicast, *, when: Mapping[str, Any] | None, **more: Any) -> None:
        fields = {**await self._fields(old, when), **{name: value for name, value in more.items() if value is not None}}
        source = Subject("multicast", old.id)
        await self._drafts.copy(MULTICAST.name, source, fields, author=old.author, place=old.place)

    async def _fields(self, old: Multicast, when: Mapping[str, Any] | None) -> dict[str, Any]:
        known = {base.id: base for base in await bases.everyone(self._tx)}
        fresh = [known[base.id] for base in old.bases if base.id in known]
        chosen_ = [as_json(Chosen(base.id, base.name, base.total)) for base in fresh]
        return settled({"sender": old.sender, "text": old.text, "bases": chosen_ or None, "when": when})

    async def _cancel(self, multicast: int, source: MulticastState, by: int, code: str) -> bool:
        values = {"reason": reason_json(Reason(code)), "next_at": None, "asking": None}
        where, target = table.c.id == multicast, MulticastState.CANCELLED
        actor = f"admin:{by}"
        return bool(await move(self._tx, "multicast", source, target, where, actor=actor, verb=code, values=values))


def _when(held: Multicast) -> dict[str, Any]:
    if held.start_at is None:
        return {"now": True}
    return {"at": held.start_at.astimezone(UTC).isoformat()}


def _by_base(found: Sequence[Multicast], names: Sequence[str]) -> dict[str, datetime]:
    return {base.name: one.start_at or one.hand_at for one in found for base in one.bases if base.name in names}
