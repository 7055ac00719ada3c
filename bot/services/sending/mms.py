"""MMS: what a draft of one is weighed against and becomes, and the ways into it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.domain import mms_drafts
from bot.domain.cards import Price
from bot.domain.drafts import Fields, Weighed, settled
from bot.domain.mms_drafts import MMS, expects_picture, picture
from bot.domain.models import Admin, Batch, Draft, Place, Subject
from bot.domain.policy import Policy
from bot.domain.sms_drafts import Around
from bot.domain.states import DraftState
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.sending.sends import Content, Sends
from bot.storage import blobs, drafts, messages, people, requests
from bot.storage.engine import Tx

SAME_MMS: Final = timedelta(hours=24)


class MmsComposer:
    """Subject, text and picture to one or several phones: becomes a batch."""

    kind = MMS

    def __init__(self, tx: Tx, policy: Policy, sends: Sends) -> None:
        self._tx, self._policy, self._sends = tx, policy, sends

    async def weigh(self, draft: Draft, by: int) -> Weighed | None:
        """Return the draft weighed; None while anything is missing or on its way. What an MMS costs is not known."""
        if MMS.step(draft.fields) != "preview":
            return None
        parts = len(draft.fields.get("phones") or ())
        same = await self._same(draft.fields)
        at, repeats = same or (None, 0)
        around = Around(self._tx.now, Price(parts, None, None), at, repeats)
        policy = self._policy.of(await people.load(self._tx, by))
        return Weighed(None, around.price, mms_drafts.problems(draft.fields, around, policy))

    async def saved(self, draft: Draft) -> None:
        """Send for the picture that the draft waits for, where nobody is on the way yet."""
        wanted = draft.fields.get("coming")
        if wanted is None or await requests.errand(self._tx, draft.id, wanted["file"]) is not None:
            return
        step = "show" if "blob" in wanted else "fetch"
        await requests.ask(self._tx, step, {"draft": draft.id, **wanted})
        self._tx.wakes.add("pictures")

    async def revived(self, fields: Fields) -> Fields:
        """A picture that is kept no more is fetched once more."""
        gone = [blob for blob in mms_drafts.blobs(fields) if not await blobs.pin(self._tx, blob)]
        return mms_drafts.without(fields, gone)

    async def consume(self, draft: Draft, by: int) -> Subject | None:
        """Queue a batch."""
        batch = await self._sends.begin(
            _content(draft.fields),
            origin=f"draft:{draft.id}",
            author=draft.author,
            by=by,
            place=draft.place,
            kind=MMS.name,
            draft=draft.id,
        )
        return None if batch is None else Subject("batch", batch)

    async def _same(self, fields: Mapping[str, Any]) -> Any:
        content = _content(fields)
        drawn = await blobs.name(self._tx, content.picture) if content.picture else None
        return await messages.same_mms(
            self._tx,
            content.phones,
            content.text,
            self._tx.now - SAME_MMS,
            subject=content.subject or "",
            picture=drawn,
        )


class Mms:
    """Use cases of sending pictures to people."""

    def __init__(self, tx: Tx, cards: Cards, drafts: Drafts) -> None:
        self._tx, self._cards, self._drafts = tx, cards, drafts

    async def say(self, admin: Admin, place: Place, text: str, typed: int | None = None) -> Draft:
        """Begin a draft with what stands behind `/mms`."""
        return await self._drafts.open(MMS.name, admin.user_id, place, mms_drafts.begun(text), typed)

    async def follow(self, draft: Draft, text: str) -> None:
        """What stands behind the `/mms` that began the draft was edited: numbers and text follow, where the draft is."""
        given = mms_drafts.begun(text)
        said_before = {"invalid": None, "repeats": None} if "phones" in given else {}
        await self._drafts.set(draft, **(said_before | given))

    async def listening(self, place: Place, author: int) -> Draft | None:
        """Return the draft that a photo would go to now."""
        draft = await self._drafts.listening(place, author)
        return draft if draft and draft.kind == MMS.name and expects_picture(draft.fields) else None

    async def leave_out(self, admin: Admin, place: Place, album: str, given: Mapping[str, Any]) -> bool:
        """Take of an album's other pictures what is written beside them, and say once why no more; False: none was taken."""
        source = await drafts.of_album(self._tx, place, admin.user_id, album)
        if source is None:
            return False
        if not source.fields["album"].get("told"):
            marked = {**source.fields, "album": {"id": album, "told": True}}
            await drafts.mark(self._tx, source.id, marked)
            source = replace(source, fields=marked)
            await self._cards.notify("album", {}, place, admin.user_id)
        added = {name: value for name, value in given.items() if name not in source.fields}
        if added and source.state is DraftState.OPEN:
            await self._drafts.set(source, **added)
        return True

    async def receive(
        self,
        admin: Admin,
        place: Place,
        file: str,
        given: Mapping[str, Any],
        *,
        size: int,
        typed: int | None = None,
        album: str | None = None,
    ) -> None:
        """Take a picture of so many bytes, as Telegram's file, into the draft that waits for one, or into a new one.

        `given`: the fields that its caption fills, where they are empty; `typed`: the message that it came in; `album`: what
        it came in together with others.
        """
        waiting = await self.listening(place, admin.user_id)
        before = waiting.fields if waiting else {}
        fields = {**given, **before}
        fits = size <= mms_drafts.LARGEST_FILE
        taken = mms_drafts.coming(fields, file, album) if fits else mms_drafts.failed(fields, "broken")
        if waiting is None:
            await self._drafts.open(MMS.name, admin.user_id, place, taken, typed)
            return
        await self._drafts.replace(waiting, taken)
        await self._cards.drop(Subject("draft", waiting.id), place)

    async def again(self, admin: Admin, place: Place, batch: Batch, phones: list[str], editing: str | None) -> None:
        """Open a draft of what was sent before, to these phones; the message that shows its picture is in its own place."""
        source = await self._drafts.peek(batch.draft) if batch.draft else None
        fields = settled(source.fields if source else {}, phones=phones, invalid=None, repeats=None, editing=editing)
        shown = picture(fields)
        if shown is not None and batch.place != place:
            fields["picture"] = {**shown.as_json(), "message": None}
        await self._drafts.open(MMS.name, admin.user_id, place, fields)


def _content(fields: Mapping[str, Any]) -> Content:
    drawn = picture(fields)
    return Content(
        tuple(fields.get("phones") or ()),
        str(fields.get("text") or ""),
        subject=fields.get("subject"),
        picture=drawn.blob if drawn else None,
    )
