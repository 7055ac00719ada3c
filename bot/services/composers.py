"""What a kind of draft can do besides holding fields: be weighed against the world, and become something that leaves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from bot.domain.cards import Price
from bot.domain.drafts import Fields, Kind, Weighed
from bot.domain.models import Draft, Subject
from bot.domain.money import cost
from bot.domain.policy import Policy
from bot.domain.sms_drafts import SMS, Around, problems
from bot.services.requests import Requests
from bot.services.sending.sends import Content, Sends
from bot.storage import messages, people, requests
from bot.storage.engine import Tx
from gateway import text as sms

SAME_TEXT = timedelta(hours=24)


class Composer(Protocol):
    """A kind of draft with what it takes to weigh and to confirm it."""

    kind: Kind

    async def weigh(self, draft: Draft, by: int) -> Weighed | None:
        """Return the draft weighed, by the quiet hours of who confirms it; None while it is not complete."""
        ...

    async def saved(self, draft: Draft) -> None:
        """Ask for what the card of a draft just stored will want to show."""
        ...

    async def revived(self, fields: Fields) -> Fields:
        """Return the fields of a draft that was over as they open again: what was cleared away since is to be had anew."""
        ...

    async def consume(self, draft: Draft, by: int) -> Subject | None:
        """Queue what the draft says, once; None where that was done before."""
        ...


Composers = Mapping[str, Composer]


class SmsComposer:
    """One text to one or several phones: becomes a batch."""

    kind = SMS

    def __init__(self, tx: Tx, policy: Policy, sends: Sends, requests_: Requests) -> None:
        self._tx, self._policy, self._sends, self._requests = tx, policy, sends, requests_

    async def weigh(self, draft: Draft, by: int) -> Weighed | None:
        """Return the draft weighed; None while it lacks its text."""
        fields = draft.fields
        if fields.get("text") is None:
            return None
        text, phones = str(fields["text"]), list(fields.get("phones") or ())
        analysis = sms.analyse(text)
        parts = analysis.parts * len(phones)
        price = Price(parts, cost(parts, self._policy.price), await requests.last_balance(self._tx))
        same = await messages.same_text(self._tx, phones, text, self._tx.now - SAME_TEXT) if phones else None
        at, repeats = same or (None, 0)
        around = Around(self._tx.now, price, at, repeats)
        policy = self._policy.of(await people.load(self._tx, by))
        return Weighed(analysis, price, problems(fields, analysis, around, policy))

    async def saved(self, draft: Draft) -> None:
        """Ask for a fresh balance where the preview shows what will remain."""
        if self._policy.price is not None and SMS.step(draft.fields) == "preview":
            await self._requests.balance_for(draft.id)

    async def revived(self, fields: Fields) -> Fields:
        """All that it says stands in its fields."""
        return fields

    async def consume(self, draft: Draft, by: int) -> Subject | None:
        """Queue a batch."""
        origin, content = f"draft:{draft.id}", content_of(draft)
        batch = await self._sends.begin(
            content, origin=origin, author=draft.author, by=by, place=draft.place, draft=draft.id
        )
        return None if batch is None else Subject("batch", batch)


def content_of(draft: Draft) -> Content:
    """Return what a complete draft of an SMS says."""
    fields = draft.fields
    return Content(tuple(fields["phones"]), str(fields["text"]), str(fields["sender"]), bool(fields.get("flash")))
