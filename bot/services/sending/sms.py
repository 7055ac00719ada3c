"""The ways into an SMS draft, its test to oneself, and the way back from a confirmed one."""

from collections.abc import Mapping
from typing import Any

from bot.domain.drafts import Given, Refused, settled, shared
from bot.domain.mms_drafts import MMS
from bot.domain.models import Admin, Draft, Message, Place, Subject
from bot.domain.policy import Policy
from bot.domain.sms_drafts import SMS, accept_phones, are_together, begun
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.people.limits import Limits
from bot.services.sending.sends import Content, Sends
from bot.storage import batches, messages
from bot.storage.engine import Tx
from gateway import phones
from gateway import text as sms


class Sms:
    """Use cases of writing to people."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts, sends: Sends, limits: Limits) -> None:
        self._tx, self._policy, self._cards = tx, policy, cards
        self._drafts, self._sends, self._limits = drafts, sends, limits

    def sender_of(self, admin: Admin) -> str:
        """Return the sender this admin's drafts begin with."""
        return admin.sender or self._policy.sender

    def numbers_in(self, text: str) -> int:
        """Return how many phone numbers a text holds."""
        return len(phones.extract(text).valid)

    async def open(self, admin: Admin, place: Place, fields: Mapping[str, Any], typed: int | None = None) -> Draft:
        """Begin a draft with these fields."""
        fields = {"sender": self.sender_of(admin), **fields}
        return await self._drafts.open(SMS.name, admin.user_id, place, fields, typed)

    async def say(self, admin: Admin, place: Place, text: str, typed: int | None = None) -> Draft:
        """Begin a draft with what stands behind `/send`."""
        return await self.open(admin, place, _said(begun(text, sender=self.sender_of(admin))), typed)

    async def offer(self, admin: Admin, place: Place, text: str, typed: int | None = None) -> Draft:
        """Ask what a text that nobody asked for is meant to be."""
        return await self.open(admin, place, {"candidate": text}, typed)

    async def receive(self, admin: Admin, place: Place, given: Given, answered: Draft | None = None) -> None:
        """Take contacts: of several sent at once the first fills or begins a draft, and the rest join it.

        `answered`: the draft whose card they reply to.
        """
        draft = answered or await self._drafts.listening(place, admin.user_id)
        if draft is not None and draft.awaiting == "phones":
            await self._drafts.give(draft, given)
            return
        if draft is None or not (_only_text_is_missing(draft) or _is_at_hand(answered)):
            latest = await self._drafts.latest(place, admin.user_id)
            draft = latest if latest and are_together(latest.fields, given) else None
        if draft is not None and draft.kind in (SMS.name, MMS.name):
            await self._drafts.join(draft, given)
        elif place.chat > 0:  # in groups colleagues share contacts among themselves
            taken = accept_phones(given, {})
            if isinstance(taken, Refused):
                taken = {"refused": {"code": taken.code, "args": dict(taken.args)}, "shared": shared(given)}
            await self.open(admin, place, taken)

    async def follow(self, draft: Draft, text: str) -> None:
        """What stands behind the `/send` that began the draft was edited: numbers and text follow, where the draft is."""
        given = _said(begun(text, sender=str(draft.fields["sender"])))
        said_before: dict[str, Any] = {"candidate": None}
        if draft.fields.get("phones") != draft.fields.get(
            "said"
        ):  # chosen otherwise since: the line has no say in them
            given = {name: value for name, value in given.items() if name in ("sender", "text")}
        elif "phones" in given:
            said_before |= {"invalid": None, "repeats": None}
        await self._drafts.set(draft, **(said_before | given))

    async def test(self, draft: Draft, phone: str, by: int) -> bool:
        """Send what the draft shows to the admin himself: to each who asks, once for each content.

        Raise OverLimitError where it is more than he may send.
        """
        fields = draft.fields
        await self._limits.ask(by, parts=sms.analyse(str(fields["text"])).parts)
        content = Content((phone,), str(fields["text"]), str(fields["sender"]), bool(fields.get("flash")))
        origin = f"test:{draft.id}:v{draft.version}:{by}"
        batch = await self._sends.begin(
            content, origin=origin, author=by, by=by, place=draft.place, kind="test", draft=draft.id, undo=False
        )
        await self._cards.touch(Subject("draft", draft.id), pressed=True)
        return batch is not None

    async def tested(self, draft: Draft) -> Message | None:
        """Return the last test of exactly what the draft says now."""
        batch = await batches.by_origin_prefix(self._tx, f"test:{draft.id}:")
        test = await batches.load(self._tx, batch) if batch else None
        if test is None or (test.text, test.sender) != (draft.fields.get("text"), draft.fields.get("sender")):
            return None
        return (await messages.some(self._tx, test.id, 1))[0]

    async def undo(self, batch: int, by: int) -> bool:
        """Take a batch back: nothing was sent, and what it said opens again on the same card."""
        taken = await batches.load(self._tx, batch)
        if taken is None or not await self._sends.undo(batch, by):
            return False
        source = await self._drafts.peek(taken.draft) if taken.draft else None
        fields = settled(source.fields if source else {}, undone=True)
        meant = await messages.phones(self._tx, batch)
        if meant != fields.get("phones"):  # a repeat goes to one of those whom its draft was written to
            fields = settled(fields, phones=meant, repeats=None, undone=True)
        kind = source.kind if source else SMS.name
        await self._drafts.copy(kind, Subject("batch", batch), fields, author=taken.author, place=taken.place)
        return True


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Note which phones came from the line itself, for when it is edited."""
    return {**fields, **({"said": fields["phones"]} if "phones" in fields else {})}


def _is_at_hand(answered: Draft | None) -> bool:
    """Say whether a draft that is replied to has a list to join, and is not asked yet what a text is meant to be."""
    return answered is not None and answered.fields.get("candidate") is None


def _only_text_is_missing(draft: Draft) -> bool:
    return draft.awaiting == "text" and not draft.fields.get("editing")
