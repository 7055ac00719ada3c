"""The one engine that drives every draft: give, press, confirm. Bad input keeps the old value and says why."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.domain.cards import Problem
from bot.domain.drafts import Given, Refused, Weighed, settled, shared
from bot.domain.models import Draft, Place, Subject
from bot.domain.multicast_drafts import MULTICAST, recipients
from bot.domain.states import DraftState
from bot.services import prompts
from bot.services.cards import Cards
from bot.services.composers import Composers
from bot.services.people.limits import Limits
from bot.storage import batches, drafts
from bot.storage.engine import Tx
from bot.storage.moves import append, move
from bot.storage.tables import drafts as table


class Drafts:
    """Use cases of a person who composes; each takes the draft as it was loaded in this transaction."""

    def __init__(self, tx: Tx, cards: Cards, composers: Composers, limits: Limits) -> None:
        self._tx, self._cards, self._composers, self._limits = tx, cards, composers, limits

    async def load(self, draft: int) -> Draft | None:
        """Return a draft, locked."""
        return await drafts.load(self._tx, draft)

    async def peek(self, draft: int) -> Draft | None:
        """Return a draft, for showing."""
        return await drafts.peek(self._tx, draft)

    async def listening(self, place: Place, author: int) -> Draft | None:
        """Return the draft that waits for what this person types here."""
        draft = await drafts.listening(self._tx, place, author)
        return draft if draft and draft.kind in self._composers else None

    async def latest(self, place: Place, author: int) -> Draft | None:
        """Return the draft this person worked on last here, if it is still open."""
        return await drafts.latest(self._tx, tuple(self._composers), place, author)

    async def typed_as(self, chat: int, message_id: int) -> Draft | None:
        """Return the open draft whose text came from this message."""
        return await drafts.typed_as(self._tx, chat, message_id)

    async def stand(self, draft: Draft, by: int | None = None) -> tuple[str, Weighed | None]:
        """Return the step that the draft's card is at, and the draft weighed where it is complete.

        `by`: whose quiet hours count, where they are not those of its author or of whoever is asked to confirm it.
        """
        if draft.state is not DraftState.OPEN:
            return "closed", None
        composer = self._composers[draft.kind]
        weighed, step = await composer.weigh(draft, by or _confirmer(draft)), composer.kind.step(draft.fields)
        if step != "preview" or weighed is None:
            return step, weighed
        if weighed.blocks:
            return "blocked", weighed
        refusal = await self._limits.foresee(draft.author, **_asked(draft, weighed))
        if refusal is not None:
            weighed = replace(weighed, problems=(Problem("limit", asdict(refusal)), *weighed.problems))
        return ("warn" if draft.fields.get("asking") else "preview"), weighed

    async def open(
        self, kind: str, author: int, place: Place, fields: Mapping[str, Any], typed: int | None = None
    ) -> Draft:
        """Begin a draft with these fields, on a card of its own."""
        draft = await self._add(kind, author, place, fields, typed)
        await self._cards.post(Subject("draft", draft.id), place, author)
        return draft

    async def copy(self, kind: str, source: Subject, fields: Mapping[str, Any], *, author: int, place: Place) -> Draft:
        """Open a draft with these fields on the card that shows the source."""
        fields = await self._composers[kind].revived(fields)
        draft = await self._add(kind, author, place, fields)
        await self._cards.repoint(source, Subject("draft", draft.id))
        return draft

    async def reopen(self, closed: Draft, *, author: int, place: Place) -> Draft:
        """Open a copy of a closed draft on its card."""
        source = Subject("draft", closed.id)
        return await self.copy(closed.kind, source, settled(closed.fields), author=author, place=place)

    async def lift(self, draft: Draft) -> None:
        """Show a draft again below, and offer to begin anew instead."""
        await self._save(draft, settled(draft.fields, over=True))
        await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def give(self, draft: Draft, given: Given, typed: int | None = None) -> None:
        """Put what was typed into the field that waits for it; a draft that waits for nothing takes it as its text."""
        name = draft.awaiting or "text"
        taken = self._composers[draft.kind].kind.accepts[name](given, draft.fields)
        if isinstance(taken, Refused):
            refused = {"code": taken.code, "args": dict(taken.args)}
            await self._save(draft, settled(draft.fields, refused=refused, shared=shared(given)))
        else:
            await self._save(draft, settled(taken, editing=None), typed=typed if name == "text" else None)
        await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def join(self, draft: Draft, given: Given) -> None:
        """Add recipients to those that the draft has, whatever it waits for."""
        taken = self._composers[draft.kind].kind.accepts["phones"](given, {**draft.fields, "adding": True})
        if isinstance(taken, Refused):
            refused = {"code": taken.code, "args": dict(taken.args)}
            taken = settled(draft.fields, refused=refused, shared=shared(given))
        await self._save(draft, taken)
        await self._cards.drop(Subject("draft", draft.id), draft.place)

    async def follow(self, draft: Draft, text: str) -> None:
        """The message that the text came from was edited: the draft follows, where it is."""
        name = "text" if draft.fields.get("candidate") is None else "candidate"
        await self._save(draft, settled(draft.fields, **{name: text}))

    async def set(self, draft: Draft, **changes: Any) -> Draft:
        """Set fields as a press asks; return the draft as it is then."""
        return await self._save(draft, settled(draft.fields, **changes))

    async def replace(self, draft: Draft, fields: Mapping[str, Any]) -> None:
        """Store the fields that a repair has made."""
        await self._save(draft, fields)

    async def close(self, draft: Draft, by: int) -> bool:
        """End a draft; it can be reopened as a copy."""
        if not await self._end(draft, DraftState.CLOSED, by, "close"):
            return False
        await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
        return True

    async def confirm(self, draft: Draft, by: int, *, asked: bool) -> str:
        """Queue what the draft shows, or ask about its warnings first; return queued | asks | blocked | twice.

        Raise OverLimitError where it is more than `by` may send.
        """
        step, weighed = await self.stand(draft, by)
        if weighed is None or step not in ("preview", "warn"):
            await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
            return "blocked"
        await self._limits.ask(by, **_asked(draft, weighed))
        if weighed.asks and not asked:
            await self._save(draft, settled(draft.fields, asking=by))
            return "asks"
        if not await self._end(draft, DraftState.CONSUMED, by, "confirm"):
            return "twice"
        subject = await self._composers[draft.kind].consume(draft, by)
        if subject is None:
            return "twice"
        await self._cards.repoint(Subject("draft", draft.id), subject)
        return "queued"

    async def _add(
        self, kind: str, author: int, place: Place, fields: Mapping[str, Any], typed: int | None = None
    ) -> Draft:
        draft = await drafts.add(self._tx, kind, author, place, fields, typed)
        await append(self._tx, f"admin:{author}", "open", "draft", [draft.id], target=DraftState.OPEN)
        return await self._store(draft, fields)

    async def _save(self, draft: Draft, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        stored = await self._store(draft, fields, typed)
        await self._cards.touch(Subject("draft", draft.id), pressed=True, bump=True)
        return stored

    async def _store(self, draft: Draft, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        composer = self._composers[draft.kind]
        if fields.get("editing") == "sender":
            fields = {**fields, "senders": await batches.senders(self._tx, draft.author)}
        stored = await drafts.save(self._tx, draft, fields, composer.kind.awaited(fields), typed)
        await composer.saved(stored)
        await prompts.settle(self._tx, stored.place, stored.author)
        return stored

    async def _end(self, draft: Draft, target: DraftState, by: int, verb: str) -> bool:
        where, values = table.c.id == draft.id, {"listens": False, "updated_at": self._tx.now}
        actor = f"admin:{by}"
        ended = await move(self._tx, "draft", DraftState.OPEN, target, where, actor=actor, verb=verb, values=values)
        await prompts.settle(self._tx, draft.place, draft.author)
        return bool(ended)


def addressed(draft: Draft) -> int:
    """Return how many numbers a draft goes to, whatever its kind."""
    return recipients(draft.fields) if draft.kind == MULTICAST.name else len(draft.fields.get("phones") or ())


def _confirmer(draft: Draft) -> int:
    """Return who is about to confirm: its author, until somebody else has tried and was asked."""
    asked = draft.fields.get("asking")
    return asked if isinstance(asked, int) and not isinstance(asked, bool) else draft.author


def _asked(draft: Draft, weighed: Weighed) -> dict[str, int]:
    """Return what a draft asks of its sender's limits."""
    return {"parts": weighed.price.parts, "recipients": addressed(draft)}
