"""The one engine that drives every draft: give, press, confirm. Bad input keeps the old value and says why."""

from collections.abc import Mapping
from typing import Any

from bot.domain import drafts as rules
from bot.domain.drafts import SMS, Given, Refused
from bot.domain.models import Admin, Draft, Message, Place, Subject
from bot.domain.policy import Policy
from bot.domain.states import DraftState
from bot.services.cards import Cards
from bot.services.requests import Requests
from bot.services.sends import Content, Sends
from bot.services.weighing import weigh
from bot.storage import batches, drafts
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.tables import drafts as table
from gateway import phones


class Drafts:
    """Use cases of a person who composes; each takes the draft as it was loaded in this transaction."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, sends: Sends, requests_: Requests) -> None:
        self._tx, self._policy, self._cards, self._sends, self._requests = tx, policy, cards, sends, requests_

    def sender_of(self, admin: Admin) -> str:
        """Return the sender this admin's drafts begin with."""
        return admin.sender or self._policy.sender

    async def load(self, draft: int) -> Draft | None:
        """Return a draft, locked."""
        return await drafts.load(self._tx, draft)

    async def listening(self, place: Place, author: int) -> Draft | None:
        """Return the draft that waits for what this person types here."""
        draft = await drafts.listening(self._tx, place, author)
        return draft if draft and draft.kind == SMS.name else None

    async def latest(self, place: Place, author: int) -> Draft | None:
        """Return the draft this person worked on last here, if it is still open."""
        return await drafts.latest(self._tx, SMS.name, place, author)

    async def open(self, admin: Admin, place: Place, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        """Begin a draft with these fields, on a card of its own."""
        draft = await self._add(admin.user_id, place, {"sender": self.sender_of(admin), **fields}, typed)
        await self._cards.post(Subject("draft", draft.id), place, admin.user_id)
        return draft

    async def say(self, admin: Admin, place: Place, text: str, typed: int | None = None) -> Draft:
        """Begin a draft with what stands behind `/send`."""
        return await self.open(admin, place, rules.begun(text, sender=self.sender_of(admin)), typed)

    async def offer(self, admin: Admin, place: Place, text: str, typed: int | None = None) -> Draft:
        """Ask what a text that nobody asked for is meant to be."""
        return await self.open(admin, place, {"candidate": text}, typed)

    async def receive(self, admin: Admin, place: Place, given: Given) -> Draft:
        """Begin a draft with numbers that nobody asked for."""
        fields = {"sender": self.sender_of(admin)}
        taken = SMS.accepts["phones"](given, fields)
        if isinstance(taken, Refused):
            return await self.open(admin, place, {**fields, "refused": {"code": taken.code, "args": dict(taken.args)}})
        return await self.open(admin, place, taken)

    async def lift(self, draft: Draft) -> None:
        """Show a draft again below, and offer to begin anew instead."""
        await self._save(draft, rules.settled(draft.fields, over=True))
        await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def give(self, draft: Draft, given: Given, typed: int | None = None) -> None:
        """Put what was typed into the field that waits for it; a draft that waits for nothing takes it as its text."""
        name = draft.awaiting or "text"
        taken = SMS.accepts[name](given, draft.fields)
        if isinstance(taken, Refused):
            fields = rules.settled(draft.fields, refused={"code": taken.code, "args": dict(taken.args)})
            await self._save(draft, fields)
        else:
            from_here = typed if name == "text" else None
            await self._save(draft, rules.settled(taken, editing=None), typed=from_here)
        await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def follow(self, draft: Draft, text: str) -> None:
        """The message that the text came from was edited: the draft follows, where it is."""
        await self._save(draft, rules.settled(draft.fields, text=text))

    async def typed_as(self, chat: int, message_id: int) -> Draft | None:
        """Return the open draft whose text came from this message."""
        return await drafts.typed_as(self._tx, chat, message_id)

    async def set(self, draft: Draft, **changes: Any) -> Draft:
        """Set fields as a press asks; return the draft as it is then."""
        return await self._save(draft, rules.settled(draft.fields, **changes))

    async def replace(self, draft: Draft, fields: Mapping[str, Any]) -> None:
        """Store the fields that a repair has made."""
        await self._save(draft, fields)

    async def close(self, draft: Draft, by: int) -> bool:
        """End a draft; it can be reopened as a copy."""
        if not await self._end(draft, DraftState.CLOSED, by, "close"):
            return False
        await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
        return True

    async def copy(self, source: Subject, fields: Mapping[str, Any], *, author: int, place: Place) -> Draft:
        """Open a draft with these fields on the card that shows the source."""
        draft = await self._add(author, place, fields)
        await self._cards.repoint(source, Subject("draft", draft.id))
        return draft

    async def confirm(self, draft: Draft, by: int, *, asked: bool) -> str:
        """Queue what the draft shows, or ask about its warnings first; return queued | asks | blocked | twice | stopped."""
        weighed = await weigh(self._tx, self._policy, draft)
        if weighed is None or any(problem.blocks for problem in weighed.problems):
            await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
            return "blocked"
        if any(problem.asks for problem in weighed.problems) and not asked:
            await self._save(draft, rules.settled(draft.fields, asking=True))
            return "asks"
        content = _content(draft)
        origin = f"draft:{draft.id}"
        if not await self._end(draft, DraftState.CONSUMED, by, "confirm"):
            return "twice"
        batch = await self._sends.begin(
            content, origin=origin, author=draft.author, by=by, place=draft.place, draft=draft.id
        )
        if batch is None:
            return "twice"
        await self._cards.repoint(Subject("draft", draft.id), Subject("batch", batch))
        return "queued"

    async def test(self, draft: Draft, phone: str, by: int) -> bool:
        """Send what the draft shows to the admin himself, once for each content."""
        content = Content(
            (phone,), str(draft.fields["text"]), str(draft.fields["sender"]), bool(draft.fields.get("flash"))
        )
        origin = f"test:{draft.id}:v{draft.version}"
        place = draft.place
        batch = await self._sends.begin(
            content, origin=origin, author=by, by=by, place=place, kind="test", draft=draft.id, undo=False
        )
        await self._cards.touch(Subject("draft", draft.id), pressed=True)
        return batch is not None

    async def tested(self, draft: Draft) -> Message | None:
        """Return the last test of exactly what the draft says now."""
        batch = await batches.by_origin_prefix(self._tx, f"test:{draft.id}:")
        test = await batches.load(self._tx, batch) if batch else None
        if test is None or (test.text, test.sender) != (draft.fields.get("text"), draft.fields.get("sender")):
            return None
        return (await batches.some(self._tx, test.id, 1))[0]

    def numbers_in(self, text: str) -> int:
        """Return how many phone numbers a text holds."""
        return len(phones.extract(text).valid)

    async def senders(self, author: int) -> list[str]:
        """Return the senders this person used last."""
        return await batches.senders(self._tx, author)

    async def undo(self, batch: int, by: int) -> bool:
        """Take a batch back: nothing was sent, and what it said opens again on the same card."""
        taken = await batches.load(self._tx, batch)
        if taken is None or not await self._sends.undo(batch, by):
            return False
        source = await drafts.peek(self._tx, taken.draft) if taken.draft else None
        fields = rules.settled(source.fields if source else {}, undone=True)
        await self.copy(Subject("batch", batch), fields, author=taken.author, place=taken.place)
        return True

    async def _add(self, author: int, place: Place, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        draft = await drafts.add(self._tx, SMS.name, author, place, fields, typed)
        await append(self._tx, f"admin:{author}", "open", "draft", [draft.id], target=DraftState.OPEN)
        return await self._store(draft, rules.settled(fields, **_kept(fields)))

    async def _save(self, draft: Draft, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        stored = await self._store(draft, fields, typed)
        await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
        return stored

    async def _store(self, draft: Draft, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        awaiting = rules.awaited(fields)
        if fields.get("editing") == "sender":
            fields = {**fields, "senders": await self.senders(draft.author)}
        stored = await drafts.save(self._tx, draft, fields, awaiting, typed)
        if self._policy.price is not None and rules.step(fields) == "preview":
            await self._requests.balance_for(draft.id)
        return stored

    async def _end(self, draft: Draft, target: DraftState, by: int, verb: str) -> bool:
        where, values = table.c.id == draft.id, {"listens": False, "updated_at": self._tx.now}
        actor = f"admin:{by}"
        return bool(
            await move(self._tx, "draft", DraftState.OPEN, target, where, actor=actor, verb=verb, values=values)
        )


def _content(draft: Draft) -> Content:
    fields = draft.fields
    return Content(tuple(fields["phones"]), str(fields["text"]), str(fields["sender"]), bool(fields.get("flash")))


def _kept(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in ("undone", "refused") if name in fields}
