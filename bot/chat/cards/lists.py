"""Lists that a notice gathers anew each time it is shown."""

from bot.chat.cards.audit import audit
from bot.chat.cards.history import history
from bot.chat.cards.multicast_list import listing
from bot.chat.cards.pen import Pen
from bot.chat.view import View
from bot.domain.audit_cards import AuditCard
from bot.domain.history import HistoryCard
from bot.domain.multicast_cards import MulticastListCard


def listed(pen: Pen, card: MulticastListCard | HistoryCard | AuditCard) -> View:
    """Draw a page of a list."""
    match card:
        case MulticastListCard():
            return listing(pen, card)
        case HistoryCard():
            return history(pen, card)
        case AuditCard():
            return audit(pen, card)
