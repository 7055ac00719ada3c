"""Cards as the use cases see them: post, touch, raise; and what the lane that shows them claims and stores.

Nothing here waits for Telegram.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.models import Card, Place, Subject
from bot.domain.policy import Policy
from bot.services.prompts import KIND as PROMPT
from bot.storage import approvals, cards, notices, people, presses
from bot.storage.engine import Tx

__all__ = ["FRESH", "NEAR", "Card", "Cards"]

NEAR = timedelta(seconds=60)
FRESH = timedelta(minutes=30)
_OWED = 20


class Cards:
    """What the chats should see."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self._policy = tx, policy

    async def post(self, subject: Subject, place: Place, reader: int, *, move: str = "loud", after: float = 0) -> int:
        """Show the subject in the place, at the earliest `after` so many seconds; return the card's id.

        What would go to somebody who was shut out goes to every owner instead: it is lost on nobody.
        """
        if place.chat > 0 and await people.shut_out(self._tx, place.chat):
            owners = await people.with_role(self._tx, Role.OWNER)
            posted = [await self._post(subject, Place(it.user_id), it.user_id, move, after) for it in owners]
            if posted:
                return posted[0]
        if await self._is_closed(place.chat):
            return await self.post(subject, Place(reader), reader, move=move, after=after)
        return await self._post(subject, place, reader, move, after)

    async def tell(self, user_id: int, kind: str, args: Mapping[str, Any]) -> None:
        """Tell a person what was decided of him, in private, shut out or not."""
        notice = await notices.add(self._tx, kind, args)
        await self._post(Subject("notice", notice), Place(user_id), user_id, "loud", 0)

    async def notify(self, kind: str, args: Mapping[str, Any], place: Place, reader: int, *, move: str = "loud") -> int:
        """Say something once; return the card's id."""
        notice = await notices.add(self._tx, kind, args)
        return await self.post(Subject("notice", notice), place, reader, move=move)

    async def tell_owners(self, kind: str, args: Mapping[str, Any]) -> int | None:
        """Say something to every owner in private, one card each on one notice; return the notice's id."""
        owners = await people.with_role(self._tx, Role.OWNER)
        if not owners:
            return None
        notice = await notices.add(self._tx, kind, args)
        for owner in owners:
            await self.post(Subject("notice", notice), Place(owner.user_id), owner.user_id)
        return notice

    async def touch(self, subject: Subject, *, pressed: bool = False, bump: bool = False) -> None:
        """Show the subject as it is now, where it is; `bump` outdates the buttons on screen."""
        await cards.touch(self._tx, subject, pressed=pressed, bump=bump)

    async def lift(self, subject: Subject, *, near: bool = False, calm: bool = False, bump: bool = False) -> None:
        """Bring the subject's cards to people's notice, sent again below.

        `near`: where somebody acted within a minute they are looking already, and an edit is enough.
        `calm`: at night it is done without a sound.
        """
        await cards.touch(self._tx, subject, bump=bump)
        for card in await cards.showing(self._tx, subject):
            if await self._is_closed(card.place.chat):
                await self.post(subject, Place(card.reader), card.reader)
            if near and await self._acted(card):
                continue
            quiet = calm and await self._sleeps(card)
            await cards.touch_one(self._tx, card.id, move="silent" if quiet else "loud")

    async def drop(self, subject: Subject, place: Place) -> None:
        """Raise without a sound: its person is typing below it."""
        for card in await cards.showing(self._tx, subject):
            if card.place == place:
                await cards.touch_one(self._tx, card.id, move="silent")
        if subject.kind == "draft":
            await cards.touch(self._tx, Subject("ask", subject.id), move="silent", pressed=True)

    async def repoint(self, source: Subject, target: Subject) -> None:
        """Let the cards of one subject show the one that follows it."""
        await cards.repoint(self._tx, source, target)

    async def acted(self, chat: int) -> None:
        """Remember that somebody does something here; a chat that was out of reach is back."""
        self._tx.wakes.add("cards")
        await cards.set_chat(self._tx, chat, acted_at=self._tx.now, parked=False)

    async def load(self, card: int) -> Card | None:
        """Return a card."""
        return await cards.load(self._tx, card)

    async def under(self, chat: int, message_id: int) -> Card | None:
        """Return the card that a Telegram message shows."""
        return await cards.under(self._tx, chat, message_id)

    async def adopt(self, card: int, message_id: int) -> bool:
        """Retire a message that turned out to show this card as well, unless it is the card; False: there is no such card."""
        return await cards.adopt(self._tx, card, message_id)

    async def refresh(self, card: int) -> None:
        """Count the card as just shown, and show it."""
        await cards.refresh(self._tx, card, self._tx.now + FRESH)
        await cards.touch_one(self._tx, card, pressed=True)

    @asynccontextmanager
    async def pressing(self, card: Card, verb: str, arg: str, *, version: int, by: int) -> AsyncIterator[None]:
        """Obey a press inside; if that changes anything, the same button counts as pressed on every card of the subject.

        A change is a deed, or a turn of the card: to another page, to another step.
        """
        showing, actor = await cards.showing(self._tx, card.subject), f"admin:{by}"
        before = await presses.latest_deed(self._tx, actor)
        yield
        now = await self.load(card.id)
        deed = await presses.latest_deed(self._tx, actor) > before
        if deed or (now is not None and now.version != card.version):
            for one in showing:
                seen = {one.version, version} if one.id == card.id else {one.version}
                await presses.note(self._tx, one.id, verb, arg, seen, deed=deed)

    async def repeated(self, card: int, verb: str, arg: str, *, version: int) -> Literal["deed", "turn"] | None:
        """Return what this very button, as it was then, has changed, if it was the last of the card that changed anything."""
        last = await presses.last(self._tx, card)
        if not last or (verb, arg) != (last["verb"], last["arg"]) or version not in last["versions"]:
            return None
        return "deed" if last["deed"] else "turn"

    async def migrate(self, old: int, new: int) -> None:
        """A group has become a supergroup under a new id."""
        await cards.migrate(self._tx, old, new)

    async def claim(self, limit: int) -> Sequence[Card]:
        """Claim cards that owe Telegram something, one a chat."""
        return await cards.claim(self._tx, limit, self._policy.lease)

    async def next_due(self) -> datetime | None:
        """Return when the next card may be claimed."""
        return await cards.next_due(self._tx)

    async def take_turn(self, chat: int) -> bool:
        """Take the chat's turn for an edit that nobody asked for; False where the last one was a moment ago."""
        return await cards.pace(self._tx, chat, self._policy.group_pace if chat < 0 else self._policy.pace)

    async def shown(self, card: Card, look: str, *, message: int | None = None) -> Card | None:
        """Store that the card is on screen as it was loaded, in a new `message` if one is given; the old one is to retire.

        None: the claim was lost.
        """
        values: dict[str, Any] = {"look": look, "shown": card.wanted, "shown_version": card.version, "attempts": 0}
        values["fresh_until"] = self._tx.now + FRESH
        values["rests_until"] = self._tx.now + self._policy.group_progress if card.place.chat < 0 else None
        if message is None:
            return await cards.note(self._tx, card, **values)
        noted = await cards.note(self._tx, card, message_id=message, **values)
        await self._reached(card)  # after its own row, as in every decision: two orders would deadlock
        return noted

    async def overtaken(self, card: Card, message: int | None) -> bool:
        """After a call whose claim was lost: what it wrote, its new `message` or its old, is retired unless it is the card's.

        Whose old one is the card's still, it is written once more. False: the card is gone.
        """
        written = card.message_id if message is None else message
        if written is not None and not await cards.adopt(self._tx, card.id, written):
            return False
        return message is not None or await cards.blur(self._tx, card.id)

    async def gone(self, card: Card) -> Card | None:
        """Store that the card's subject is gone, so that its message is to retire; None: the claim was lost."""
        return await cards.note(self._tx, card, message_id=None)

    async def retired(self, card: Card, message: int) -> Card | None:
        """Store that a message is off the screen, or as far off as it will go; None: the claim was lost."""
        return await cards.note(self._tx, card, gone=(message,))

    async def settle(self, card: Card) -> None:
        """Give a claim back; what is owed still, or wanted meanwhile, stays due."""
        await cards.settle(self._tx, card)

    async def again(self, card: Card, after: timedelta) -> None:
        """Give a claim back whose call failed, or may have: what is on screen is not certain any more."""
        await cards.settle(self._tx, card, again=self._tx.now + after, failed=True, look=None)

    async def give_up(self, card: Card) -> None:
        """Give a claim back as if it had been shown: Telegram will not take what we have."""
        await cards.settle(self._tx, card, given_up=True, look=None)

    async def bar(self, card: Card, wait: timedelta) -> None:
        """Give a claim back, and let nothing at all go to its chat for so long."""
        await cards.set_chat(self._tx, card.place.chat, barred_until=self._tx.now + wait)
        await cards.settle(self._tx, card, look=None)

    async def park(self, card: Card, since: datetime) -> None:
        """Give a claim back, and leave its chat alone until its people are heard of again, after `since`.

        What a group cannot be shown is shown in private, each card to whom it is for.
        """
        parked = await cards.park(self._tx, card.place.chat, since)
        await cards.settle(self._tx, card, look=None)
        await self._reached(card)
        if parked and card.place.chat < 0:
            owed = await cards.owed(self._tx, card.place.chat, _OWED)
            for reader in dict.fromkeys(one.reader for one in owed):
                await self.notify("closed_group", {}, Place(reader), reader)
            for one in owed:
                await self.post(one.subject, Place(one.reader), one.reader)

    async def to_general(self, card: Card) -> None:
        """Show a card outside its topic from now on: that is closed or gone."""
        await cards.to_general(self._tx, card)

    async def to_private(self, card: Card) -> None:
        """Show a card of a general topic that is closed to whom it is for; the other topics of the group go on."""
        home = Place(card.reader)
        if await cards.leave(self._tx, card, home) and card.subject.kind != PROMPT:
            await self.post(card.subject, home, card.reader, move=card.move)

    async def forget(self, card: Card) -> None:
        """Drop a card whose subject is gone, or give its claim back where it was wanted meanwhile."""
        if not await cards.remove(self._tx, card):
            await cards.settle(self._tx, card)

    async def _post(self, subject: Subject, place: Place, reader: int, move: str, after: float) -> int:
        # Whoever presses it before we know that it is on screen has seen it, no earlier than now.
        until = self._tx.now + FRESH
        return await cards.post(self._tx, subject, place, reader, move=move, after=after, fresh_until=until)

    async def _is_closed(self, chat: int) -> bool:
        """Return whether this is a group that the bot may not write to."""
        room = await cards.chat_of(self._tx, chat) if chat < 0 else None
        return bool(room and room.parked)

    async def _reached(self, card: Card) -> None:
        """Whom a request for approval reaches, and whom it does not, stands on the card of what it is about."""
        if card.subject.kind == "approval" and (asked := await approvals.load(self._tx, card.subject.id)) is not None:
            await cards.touch(self._tx, asked.subject)

    async def _acted(self, card: Card) -> bool:
        chat = await cards.chat_of(self._tx, card.place.chat)
        return bool(chat and chat.acted_at and self._tx.now - chat.acted_at <= NEAR)

    async def _sleeps(self, card: Card) -> bool:
        reader = await people.load(self._tx, card.reader)
        zone = ZoneInfo(reader.zone) if reader else self._policy.zone
        return self._policy.of(reader).quiet.holds(self._tx.now, zone)
