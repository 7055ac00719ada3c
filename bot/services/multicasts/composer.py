"""A multicast while it is composed: weighed against the account and its neighbours, then held."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.approvals import expires_at
from bot.domain.cards import Price, Problem
from bot.domain.countdown import changes_at
from bot.domain.drafts import Fields, Weighed, settled
from bot.domain.models import Draft, Multicast, Subject
from bot.domain.money import cost
from bot.domain.multicast_drafts import MULTICAST, NEIGHBOUR, Around, as_json, chosen, problems, recipients, starts
from bot.domain.policy import Policy
from bot.domain.states import MulticastState
from bot.domain.tracked import Frozen, expired, frozen
from bot.services.approvals.asking import Asking
from bot.services.requests import Requests
from bot.services.sending.sends import Content, Sends
from bot.storage import bases, lists, multicasts, people, requests
from bot.storage.engine import Tx
from bot.storage.moves import append
from gateway import text as sms

SAME_TEXT: Final = timedelta(hours=24)
_OF_THE_PROVIDER: Final = ("base_gone", "comma", "empty_base", "provider_hour")
"""Problems of what the provider sends; a list that is frozen already has none of them."""


class MulticastComposer:
    """One text to phone bases: becomes a held multicast, or messages of our own to a frozen list."""

    kind = MULTICAST

    def __init__(self, tx: Tx, policy: Policy, requests_: Requests, sends: Sends, asking: Asking) -> None:
        self._tx, self._policy, self._requests = tx, policy, requests_
        self._sends, self._asking = sends, asking

    async def weigh(self, draft: Draft, by: int) -> Weighed | None:
        """Return the draft weighed; None while it lacks its text."""
        if draft.fields.get("text") is None:
            return None
        analysis = sms.analyse(str(draft.fields["text"]))
        parts = analysis.parts * recipients(draft.fields)
        price = Price(parts, cost(parts, self._policy.price), await requests.last_balance(self._tx))
        around = await self._around(draft, price)
        policy = self._policy.of(await people.load(self._tx, by))
        found = problems(draft.fields, analysis, around, policy)
        start = starts(draft.fields)
        if start is not None and self._asking.needed(recipients(draft.fields), analysis.parts):
            until = expires_at(start, self._tx.now, self._policy)
            found += (Problem("approval_late", {"until": until}, blocks=True),) if until <= self._tx.now < start else ()
        listed = frozen(draft.fields)
        if listed is not None:
            found = tuple(problem for problem in found if problem.code not in _OF_THE_PROVIDER)
            found += () if listed.total else (Problem("no_phones", {}, blocks=True),)
        return Weighed(analysis, price, found)

    async def _around(self, draft: Draft, price: Price) -> Around:
        fields, now = draft.fields, self._tx.now
        names = [base.name for base in chosen(fields)]
        listed = {base.name for base in await bases.everyone(self._tx)}
        start, replaced = starts(fields) or now, (fields.get("source") or {}).get("id")
        lately = await multicasts.to_bases(self._tx, names, now - SAME_TEXT, now + SAME_TEXT)
        near = await multicasts.to_bases(self._tx, names, start - NEIGHBOUR, start + NEIGHBOUR)
        same = [one for one in lately if one.text == fields["text"]]
        told = await lists.same_text(
            self._tx,
            str(fields["text"]),
            now - SAME_TEXT,
            now + SAME_TEXT,
            but_for=(fields.get("tracked") or {}).get("list"),
        )
        tracked = {name: at for at, bases_ in told for name in bases_ if name in names}
        return Around(
            now,
            price,
            same_text=_latest(tracked, _by_base([one for one in same if one.id != replaced], names)),
            neighbours=_by_base([one for one in near if one.id != replaced], names),
            gone=tuple(name for name in names if name not in listed),
        )

    async def saved(self, draft: Draft) -> None:
        """Ask for fresh bases where they are chosen or counted, and for a fresh balance where it is shown what will remain."""
        step = MULTICAST.step(draft.fields)
        if step == "mc_gather" and not draft.fields["tracked"].get("refused"):
            await lists.follow(self._tx, int(draft.fields["tracked"]["list"]), draft.id)
        if step in ("mc_bases", "preview"):
            await self._requests.bases_for(draft.id)
        if step == "preview" and self._policy.price is not None:
            await self._requests.balance_for(draft.id)

    async def revived(self, fields: Fields) -> Fields:
        """A list that is kept no more has to be gathered anew, which changes how many it goes to: a person says so."""
        tracked = fields.get("tracked")
        gone = expired(fields) if tracked and not await lists.pin(self._tx, int(tracked["list"])) else None
        return settled(fields, tracked=gone) if gone else fields

    async def consume(self, draft: Draft, by: int) -> Subject | None:
        """Hold it until shortly before its start, or send it one by one."""
        fields, start = draft.fields, starts(draft.fields)
        listed = frozen(fields, start)
        if listed is not None:
            return await self._track(draft, listed, by)
        undo_until = self._tx.now + self._policy.of(await people.load(self._tx, by)).undo
        hand_at = undo_until if start is None else max(undo_until, start - self._policy.handover)
        text, bases_ = str(fields["text"]), chosen(fields)
        parts = sms.analyse(text).parts
        waits = self._asking.needed(sum(base.total for base in bases_), parts)
        state = MulticastState.AWAITING_APPROVAL if waits else MulticastState.HELD
        values = {
            "origin": f"draft:{draft.id}",
            "author": draft.author,
            "confirmed_by": by,
            "chat": draft.place.chat,
            "thread": draft.place.thread,
            "state": state,
            "sender": str(fields["sender"]),
            "text": text,
            "parts": parts,
            "price": self._policy.price,
            "bases": [as_json(base) for base in bases_],
            "recipients": sum(base.total for base in bases_),
            "start_at": start,
            "hand_at": hand_at,
            "tells_at": changes_at(start, self._tx.now) if start and not waits else None,
            "draft": draft.id,
            "confirmed_at": self._tx.now,
            "next_at": None if waits else hand_at,
        }
        multicast = await multicasts.begin(self._tx, values)
        if multicast is None:
            return None
        await append(self._tx, f"admin:{by}", "schedule", "multicast", [multicast], target=state)
        if waits:
            await self._asking.ask(Subject("multicast", multicast), by)
        self._tx.wakes.add("handover")
        return Subject("multicast", multicast)

    async def _track(self, draft: Draft, listed: Frozen, by: int) -> Subject | None:
        content = Content((), str(draft.fields["text"]), str(draft.fields["sender"]))
        batch = await self._sends.begin(
            content,
            origin=f"draft:{draft.id}",
            author=draft.author,
            by=by,
            place=draft.place,
            kind="tracked",
            draft=draft.id,
            frozen=listed,
        )
        if batch is None:
            return None
        await lists.wake(self._tx, listed.list)
        return Subject("batch", batch)


def _latest(*found: Mapping[str, datetime]) -> dict[str, datetime]:
    names = {name: None for some in found for name in some}
    return {name: max(some[name] for some in found if name in some) for name in names}


def _by_base(found: Sequence[Multicast], names: Sequence[str]) -> dict[str, datetime]:
    return {base.name: one.start_at or one.hand_at for one in found for base in one.bases if base.name in names}
