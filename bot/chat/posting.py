"""The lane that shows cards: one living message for each, whatever answers are lost on the way.

Every Telegram call is followed by a commit of its own. A crash between the two leaves at most one message more than there
should be: it is retired when its id is known, and else when somebody presses it, unless the card has no other.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Final

import structlog
from telegram import Bot

from bot.chat.answers import Answer, Meaning
from bot.chat.screen import Screen, UnansweredError
from bot.chat.view import View
from bot.domain.policy import Policy
from bot.services.cards import Card
from bot.services.prompts import KIND as PROMPT
from bot.services.unit import Services, Unit

Look = Callable[[Services, Card], Awaitable[View | None]]
Below = Callable[[Services, Card], Awaitable[str]]
_TRIES: Final = 5
_LONGEST: Final = timedelta(seconds=60)
_log = structlog.get_logger("cards")


class End(StrEnum):
    """How a turn ended, where it was no refusal that ended it."""

    DONE = auto()  # all is done that can be done now
    GONE = auto()  # the subject is no more, and its messages are off the screen
    BROKEN = auto()  # an exception of ours


class StopError(Exception):
    """Not another call in this turn: the chat's pause is not over, or the claim is lost."""


class CardsLane:
    """Shows what is wanted where it is wanted.

    `look` draws a card as it is now for its reader, None where its subject is gone. `below` is what remains of a message that
    cannot be deleted when its card went on further down. `failures` counts what Telegram would not take, ever.
    """

    name = "cards"

    def __init__(self, unit: Unit, bot: Bot, look: Look, policy: Policy, *, below: Below, slots: int = 10) -> None:
        self.slots = slots
        self.failures = 0
        self._unit, self._look, self._below, self._policy = unit, look, below, policy
        self._screen = Screen(bot, policy.call.total_seconds())

    async def claim(self, free: int) -> Sequence[Card]:
        """Take cards that owe Telegram something, one a chat."""
        async with self._unit() as services:
            return await services.cards.claim(free)

    async def do(self, item: Card) -> Answer | End:
        """Show the card, then retire what it leaves behind."""
        try:
            return await self._turn(item)
        except UnansweredError as error:
            return error.answer
        except StopError:
            return End.DONE

    async def finish(self, item: Card, result: Answer | End) -> None:
        """Give the claim back; how soon the card is due again depends on what Telegram said."""
        async with self._unit() as services:
            match result:
                case End.DONE:
                    await services.cards.settle(item)
                case End.GONE:
                    await services.cards.forget(item)
                case Answer(Meaning.WAIT, seconds=seconds):
                    await services.cards.bar(item, timedelta(seconds=seconds))
                case Answer(Meaning.UNREACHABLE):
                    await services.cards.park(item, self._claimed_at(item))
                case Answer(Meaning.NOWHERE) if item.place.thread:
                    await services.cards.to_general(item)
                case Answer(Meaning.NOWHERE):
                    await services.cards.to_private(item)
                case Answer(Meaning.MOVED, chat=chat):
                    await services.cards.migrate(item.place.chat, chat)
                case Answer(Meaning.UNSURE):
                    await services.cards.again(item, _pause(item))
                case _:
                    await self._failed(services, item, result)

    async def next_due(self) -> datetime | None:
        """Return when the next card may be shown: pauses, back-offs, leases that run out."""
        async with self._unit.reading() as services:
            return await services.cards.next_due()

    def failed(self, item: Card, error: Exception) -> Answer | End:  # noqa: ARG002 - the loop has logged it
        """An exception nobody foresaw: as if Telegram had refused what we have."""
        return End.BROKEN

    async def _turn(self, item: Card) -> End:
        card, view = await self._draw(item)
        gone = card.wanted > card.shown and view is None
        if gone:
            card = await self._vanish(card)
        elif view is not None:
            card = await self._show(card, view)
        for message in card.retire:
            await self._retire(card, message, gone=gone)
        return End.GONE if gone else End.DONE

    async def _draw(self, item: Card) -> tuple[Card, View | None]:
        # The row first: a look newer than its version makes its buttons outdated, the other way round they would lie.
        async with self._unit.reading() as services:
            card = await services.cards.load(item.id)
            if card is None or card.claim != item.claim:
                raise StopError
            return card, await self._look(services, card) if card.wanted > card.shown else None

    async def _vanish(self, card: Card) -> Card:
        async with self._unit() as services:
            return _still(await services.cards.gone(card))

    async def _show(self, card: Card, view: View) -> Card:
        if card.move == "edit" and card.message_id is not None:
            if _stands(card, view):
                return await self._shown(card, view)
            # A keyboard below the chat, or a reply asked for, belongs to a new message; and what has one cannot be edited.
            if view.contact is None and view.placeholder is None and await self._edit(card, card.message_id, view):
                return await self._shown(card, view)
        self._in_time(card)
        message = await self._screen.send(card, view, loud=card.move == "loud")
        return await self._shown(card, view, message)

    async def _edit(self, card: Card, message: int, view: View) -> bool:
        """Write the card into its message; False where that is gone, or takes no change."""
        if not card.pressed:
            await self._wait_turn(card)
        for once_more in (True, False):
            self._in_time(card)
            try:
                await self._screen.edit(card, message, view)
            except UnansweredError as error:
                match error.answer.meaning:
                    case Meaning.UNCHANGED:
                        return True
                    case Meaning.MISSING | Meaning.FIXED:
                        return False
                    case Meaning.UNSURE if once_more:
                        continue
                raise
            return True
        return False

    async def _wait_turn(self, card: Card) -> None:
        async with self._unit() as services:
            if not await services.cards.take_turn(card.place.chat):
                raise StopError

    async def _shown(self, card: Card, view: View, message: int | None = None) -> Card:
        async with self._unit() as services:
            noted = await services.cards.shown(card, view.digest(), message=message)
            known = noted is not None or await services.cards.overtaken(card, message)
        if message is not None and not known:
            await self._take_off(card, message, gone=True)
        return _still(noted)

    async def _retire(self, card: Card, message: int, *, gone: bool) -> None:
        self._in_time(card)
        try:
            await self._take_off(card, message, gone=gone)
        except UnansweredError as error:
            match error.answer.meaning:
                case Meaning.UNSURE | Meaning.WAIT | Meaning.UNREACHABLE | Meaning.MOVED:
                    raise
                case Meaning.REFUSED:
                    self._count(card, error.answer.text)
        async with self._unit() as services:
            _still(await services.cards.retired(card, message))

    async def _take_off(self, card: Card, message: int, *, gone: bool) -> None:
        """Delete a message where nobody needs it above an answer and Telegram lets us (for 48 hours), else take its buttons."""
        if card.place.chat > 0 or card.subject.kind == PROMPT:
            try:
                return await self._screen.delete(card.place, message)
            except UnansweredError as error:
                if error.answer.meaning is not Meaning.FIXED:
                    raise
        if gone:
            return await self._screen.strip(card.place, message)
        async with self._unit.reading() as services:
            text = await self._below(services, card)
        return await self._screen.shrink(card.place, message, text)

    async def _failed(self, services: Services, item: Card, result: Answer | End) -> None:
        if item.attempts + 1 < _TRIES:
            await services.cards.again(item, _pause(item))
            return
        self._count(item, result.text if isinstance(result, Answer) else str(result))
        await services.cards.give_up(item)

    def _count(self, card: Card, text: str) -> None:
        self.failures += 1
        _log.error("card refused", card=card.id, kind=card.subject.kind, answer=text)

    def _in_time(self, card: Card) -> None:
        """Make no call that might outlive the claim; what an earlier one of this turn did may be open, as after no answer."""
        if card.lease_until is None or self._unit.clock.now() + self._policy.call > card.lease_until:
            raise UnansweredError(Answer(Meaning.UNSURE))

    def _claimed_at(self, card: Card) -> datetime:
        return (card.lease_until or self._unit.clock.now()) - self._policy.lease


def _still(noted: Card | None) -> Card:
    if noted is None:
        raise StopError
    return noted


def _stands(card: Card, view: View) -> bool:
    """Say whether the screen shows exactly this; the buttons carry the version."""
    return view.digest() == card.look and (not view.rows or card.version == card.shown_version)


def _pause(card: Card) -> timedelta:
    return min(timedelta(seconds=2 ** min(card.attempts + 1, 10)), _LONGEST)
