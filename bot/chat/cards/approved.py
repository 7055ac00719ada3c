"""Who approved it: a line on the cards of what had to be."""

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.domain.approvals import Awaited
from bot.domain.states import ApprovalState


def approved_line(pen: Pen, awaited: Awaited | None) -> Markup | None:
    """Name who approved it, where somebody had to."""
    if awaited is None or awaited.state is not ApprovalState.APPROVED or awaited.decided_at is None:
        return None
    key = "appr-approved-solo" if awaited.solo else "appr-approved-line"
    return pen(key, by=awaited.decided_by, time=pen.formats.moment(awaited.decided_at))


def waits(awaited: Awaited) -> bool:
    """Return whether a card is its request's: what it shows waits for approval, or never got it."""
    return awaited.state is not ApprovalState.APPROVED
