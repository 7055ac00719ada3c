"""/status: finds a message among ours first, then asks the provider, and says that both were tried."""

import re

from bot.domain.models import Card, Message, Place, Subject
from bot.domain.states import MessageState
from bot.services.cards import Cards
from bot.services.requests import Requests
from bot.services.sending.sends import Sends
from bot.storage.engine import Tx
from bot.storage.moves import append
from gateway import phones

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_NEWS = (MessageState.SENT, MessageState.NO_REPORT)


def is_message_id(text: str) -> bool:
    """Return whether a text can be an id of the provider's."""
    return _ID.fullmatch(text) is not None


class Status:
    """Use cases of asking what became of a message."""

    def __init__(self, tx: Tx, cards: Cards, sends: Sends, requests: Requests) -> None:
        self._tx, self._cards, self._sends, self._requests = tx, cards, sends, requests

    async def of(self, query: str, place: Place, reader: int) -> None:
        """Show our messages to a phone or with an id; else ask the provider for the id."""
        phone = phones.parse(query)
        found = await self._sends.find(gateway_id=query)
        if not isinstance(phone, phones.Refusal):
            found = found or await self._sends.find(phone=phone)
        if found:
            for message in reversed(found):
                await self.show(message, place, reader)
        elif is_message_id(query) or not isinstance(phone, phones.Refusal):
            gateway_id = query if is_message_id(query) else str(phone)  # eleven digits may be either
            await self._requests.ask("status", {"gateway_id": gateway_id}, place, reader)
        else:
            await self._cards.notify("unknown_status", {"query": query[:64]}, place, reader)

    async def of_card(self, card: Card, place: Place, reader: int) -> None:
        """Show what a replied-to card is about, as it is now."""
        message = await self.under(card)
        if message is not None:
            await self.show(message, place, reader)
        elif card.subject.kind == "batch":
            await self._cards.post(card.subject, place, reader)
        else:
            await self._cards.notify("status_list", {"offset": 0}, place, reader)

    async def show(self, message: Message, place: Place, reader: int) -> None:
        """Bring a message's card below, and ask the provider where it may know more."""
        only = await self._sends.only_message(message.batch)
        subject = Subject("batch", message.batch) if only else Subject("message", message.id)
        await self._cards.post(subject, place, reader)
        await self.check(message)

    async def check(self, message: Message) -> bool:
        """Ask the provider now, where an answer could be news."""
        if message.state in _NEWS and message.gateway_id:
            await self._requests.check(message)
            return True
        return False

    async def revealed(self, message: Message, by: int) -> None:
        """Note that somebody had a masked number shown."""
        await append(self._tx, f"admin:{by}", "reveal", "message", [message.id])

    async def under(self, card: Card) -> Message | None:
        """Return the one message that a card is about."""
        if card.subject.kind == "message":
            return await self._sends.message(card.subject.id)
        return await self._sends.only_message(card.subject.id) if card.subject.kind == "batch" else None
