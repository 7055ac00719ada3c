"""Lists that a notice gathers anew each time it is shown."""

from bot.chat.cards.history import history
from bot.chat.cards.multicast_list import listing
from bot.chat.cards.pen import Pen
from bot.chat.view import View
from bot.domain.history import HistoryCard
from bot.domain.multicast_cards import MulticastListCard


def listed(pen: Pen, card: MulticastListCard | HistoryCard) -> View:
    """Draw a page of a list."""
    return listing(pen, card) if isinstance(card, MulticastListCard) else history(pen, card)
