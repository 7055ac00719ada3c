"""The cards lane between a real database and a model of Telegram, with time kept by the test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot

from bot.chat.posting import CardsLane
from bot.chat.view import Button, View
from bot.domain.bell import Bell
from bot.domain.models import Place, Subject
from bot.domain.policy import Policy
from bot.lanes import Loop
from bot.services.cards import Card
from bot.services.unit import Services, Unit
from tests.bot.chat.model import ModelTelegram, Shown
from tests.times import ManualClock

MARIA = Place(1001)
GROUP = Place(-100123, 7)
BATCH = Subject("batch", 1)
OTHER = Subject("batch", 2)


def says(text: str) -> View:
    """A card with one button."""
    return View(text, ((Button("Go", "go"),),))


@dataclass
class Desk:
    """What cards there are, how they look, and what people see of them."""

    unit: Unit
    time: ManualClock
    telegram: ModelTelegram
    policy: Policy
    bell: Bell
    views: dict[Subject, View | None] = field(default_factory=dict)

    def lane(self, bot: Bot | None = None) -> CardsLane:
        bot = bot or Bot("100:model", request=self.telegram, get_updates_request=self.telegram)
        return CardsLane(self.unit, bot, self.look, self.policy, below=self.below)

    def loop(self, bot: Bot | None = None) -> Loop[Any, Any]:
        return Loop(self.lane(bot), self.time, self.bell)

    async def look(self, _services: Services, card: Card) -> View | None:
        return self.views.get(card.subject, says("New"))

    async def below(self, _services: Services, card: Card) -> str:
        return "↓ Card below"

    async def work(self) -> int:
        """Do all that is due; return how many turns that took."""
        return await self.loop().drain()

    async def post(self, subject: Subject = BATCH, place: Place = MARIA, move: str = "loud") -> int:
        async with self.unit() as services:
            return await services.cards.post(subject, place, 1001, move=move)

    async def shown(self, subject: Subject = BATCH, place: Place = MARIA, text: str = "New") -> int:
        """Have a card on screen, its pause over; return its id."""
        self.views[subject] = says(text)
        card = await self.post(subject, place)
        await self.work()
        self.time.go(10)
        return card

    async def change(self, text: str, subject: Subject = BATCH, **how: bool) -> None:
        self.views[subject] = says(text)
        async with self.unit() as services:
            await services.cards.touch(subject, **how)

    async def lift(self, subject: Subject = BATCH) -> None:
        async with self.unit() as services:
            await services.cards.lift(subject)

    async def drop(self, place: Place = MARIA) -> None:
        async with self.unit() as services:
            await services.cards.drop(BATCH, place)

    async def acted(self, chat: int = MARIA.chat) -> None:
        async with self.unit() as services:
            await services.cards.acted(chat)

    async def card(self, card: int) -> Card:
        found = await self.find(card)
        assert found is not None
        return found

    async def find(self, card: int) -> Card | None:
        async with self.unit.reading() as services:
            return await services.cards.load(card)

    async def due_in(self) -> float | None:
        """Seconds until there is something to claim."""
        due = await self.lane().next_due()
        return None if due is None else (due - self.time.now()).total_seconds()

    def seen(self, place: Place = MARIA) -> list[str]:
        """The texts in the chat, oldest first."""
        return [message.text for message in self.telegram.visible(place.chat)]

    def last(self, place: Place = MARIA) -> Shown:
        return self.telegram.visible(place.chat)[-1]

    def calls(self) -> list[str]:
        """The methods called since the last time of asking."""
        names = self.telegram.names()
        self.telegram.calls.clear()
        return names

    def sent(self) -> Mapping[str, Any]:
        """The parameters of the last call."""
        return self.telegram.calls[-1][1]


@pytest.fixture
def desk(unit: Unit, time: ManualClock, policy: Policy, bell: Bell) -> Desk:
    return Desk(unit, time, ModelTelegram(), policy, bell)
