"""What a card looks like now: its subject as a model, its reader, and the words between them."""

from bot.chat.cards import render
from bot.chat.view import View
from bot.domain.models import Card
from bot.services.unit import Services


async def look(services: Services, card: Card) -> View | None:
    """Draw a card as it is now for its reader; None where its subject is gone."""
    model = await services.views.of(card)
    return None if model is None else render(await services.views.reader(card), model)
