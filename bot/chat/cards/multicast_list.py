"""The list of multicasts: those to come, or those past."""

from typing import Final

from bot.chat.cards.layout import clipped, in_rows, keyboard, lines, small
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import to_draft
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.models import Multicast
from bot.domain.multicast_cards import MulticastListCard
from bot.services.multicasts.views import PAGE

_CLOSE: Final = 3


def listing(pen: Pen, card: MulticastListCard) -> View:
    """List multicasts; args: past, offset (of the first line). A number brings that one's card."""
    past, first = bool(card.notice.args.get("past")), int(card.notice.args.get("offset") or 0)
    if past:
        title, empty = pen("mc-list-past-title"), "mc-list-past-empty"
    else:
        waiting = pen("mc-list-held", n=card.held) if card.held else None
        title, empty = pen.head(pen("mc-list-title"), waiting), "mc-list-empty"
    entries = [_entry(pen, first + at, one) for at, one in enumerate(card.lines, 1)]
    close = [small(pen("mc-list-close", base=clipped(name, NAME))) for name in card.close[:_CLOSE]]
    numbers = in_rows((Button(str(first + at), "mcopen", str(one.id)) for at, one in enumerate(card.lines, 1)), 3)
    kind = "past" if past else "coming"
    rows = keyboard(
        *numbers,
        (
            pen.button("mc-bases-btn-prev", "mclist", f"{kind}/{max(0, first - PAGE)}") if first else None,
            pen.button("word-btn-more", "mclist", f"{kind}/{first + len(card.lines)}") if card.more else None,
        ),
        (
            pen.button(
                "mc-list-btn-coming" if past else "mc-list-btn-past", "mclist", "coming/0" if past else "past/0"
            ),
            None if past or not card.lines else pen.button("mc-list-btn-ics", "mcics"),
        ),
        (to_draft(pen, drafting=card.drafting),),
    )
    return View(lines(title, *(entries or [pen(empty)]), *close), rows)


def _entry(pen: Pen, number: int, one: Multicast) -> Markup:
    state = "passed" if one.passed else one.state.value.replace("_", "-")
    bases = bases_line(pen, [base.name for base in one.bases]) or ""
    time = pen.formats.dated(one.start_at or one.hand_at)
    return pen("mc-list-line", n=number, time=time, bases=bases, state=pen(f"mc-state-{state}"))
