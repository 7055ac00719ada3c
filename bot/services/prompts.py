"""Questions in groups go out a second time, as messages that ask for a reply: privacy mode hides plain texts from bots.

Such a message can neither hold buttons nor be edited. It is a card of its own, of whoever is asked: it stands below what it is
about while his draft listens, is sent anew when that asks for something else, and is deleted when it is answered or dropped.
"""

from typing import Final

from bot.domain.cards import AskCard
from bot.domain.models import Card, Draft, Place, Subject
from bot.domain.states import DraftState
from bot.storage import cards, drafts, people
from bot.storage.engine import Tx

KIND: Final = "ask"
"""The kind of the cards; their subjects are drafts and small questions."""
_BY_BUTTON: Final = ("filter",)
"""What is chosen by buttons; that typing narrows the list is a convenience, and worth no keyboard over it."""


class Prompts:
    """What the chat wing does with them."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def again(self, place: Place, author: int) -> None:
        """Ask once more, below: a reply that was not taken has closed the question on its sender's screen."""
        if place.chat < 0:
            for card in await cards.read_by(self._tx, KIND, place, author):
                await cards.touch_one(self._tx, card.id, move="silent", pressed=True)

    async def author(self, chat: int, message_id: int) -> int | None:
        """Return who is asked by a message, or whose draft it shows."""
        card = await cards.under(self._tx, chat, message_id)
        draft = await drafts.peek(self._tx, card.subject.id) if card and card.subject.kind in (KIND, "draft") else None
        return draft.author if draft is not None and draft.state is DraftState.OPEN else None


async def settle(tx: Tx, place: Place, author: int) -> None:
    """Ask for what this person's draft listens to here, and no more for what it listened to before."""
    if place.chat > 0:
        return
    listening = await drafts.listening(tx, place, author)
    for card in await cards.read_by(tx, KIND, place, author):
        await cards.touch_one(tx, card.id, pressed=True)
    if listening is not None and _needs_asking(listening):
        asked = Subject(KIND, listening.id)
        if not await cards.showing(tx, asked):
            await cards.post(tx, asked, place, author, move="silent")


async def retract(tx: Tx, author: int) -> None:
    """Ask this person nothing any more."""
    await cards.touch_reader(tx, KIND, author)


async def view(tx: Tx, card: Card) -> AskCard | None:
    """Return what a prompt shows; None where nothing is asked any more."""
    draft = await drafts.peek(tx, card.subject.id)
    if draft is None or draft.state is not DraftState.OPEN or not draft.listens or not _needs_asking(draft):
        return None
    return AskCard(draft, await people.name(tx, draft.author))


def _needs_asking(draft: Draft) -> bool:
    return draft.place.chat < 0 and draft.awaiting is not None and draft.awaiting not in _BY_BUTTON
