"""Several recipients on one card: how far it is, how it ended, and the list of them all."""

from collections.abc import Sequence
from typing import Final

from bot.chat.cards.causes import cause_in_short, refusal
from bot.chat.cards.layout import LISTED, facts, folded, in_rows, keyboard, lines, page
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.cards.results import new_button, people
from bot.chat.cards.tracked import report_button, retry_button
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, View
from bot.domain.cards import BatchCard
from bot.domain.models import Message
from bot.domain.states import BatchState, MessageState

_WENT: Final = (MessageState.SENT, MessageState.DELIVERED, MessageState.NOT_DELIVERED, MessageState.NO_REPORT)
_OPEN: Final = (MessageState.QUEUED, MessageState.SENDING)
_WORST_FIRST: Final = (
    MessageState.IN_DOUBT,
    MessageState.REJECTED,
    MessageState.NOT_DELIVERED,
    MessageState.NO_REPORT,
    MessageState.CANCELLED,
    MessageState.QUEUED,
    MessageState.SENDING,
    MessageState.SENT,
    MessageState.DELIVERED,
)
_STATE: Final = {state: f"state-{state.value.replace('_', '-')}" for state in MessageState}


def crowd(pen: Pen, card: BatchCard, waiting: Sequence[Markup]) -> View:
    """Draw a batch of several, of which something has left."""
    if card.listed:
        return _list(pen, card)
    if _count(card, *_OPEN, MessageState.SENT) and card.batch.state is not BatchState.STOPPED:
        return _running(pen, card, waiting)
    return _done(pen, card)


def went(pen: Pen, card: BatchCard, *, rest: bool = False) -> Markup:
    """Say how many have really left, refused ones and doubtful ones aside."""
    key = "send-many-went-rest" if rest else "send-many-went"
    return pen(key, n=_count(card, *_WENT), total=card.batch.total)


def _running(pen: Pen, card: BatchCard, waiting: Sequence[Markup]) -> View:
    unpromised = pen("mms-many-line") if card.batch.kind == "mms" else None
    text = lines(_title(pen, card), _counts(pen, card), unpromised, *waiting, people(pen, card))
    stop = pen.button("word-btn-stop", "stop") if _count(card, MessageState.QUEUED) else None
    return View(text, keyboard((pen.button("word-btn-list", "list"), stop)))


def _done(pen: Pen, card: BatchCard) -> View:
    smooth = _count(card, MessageState.DELIVERED) == card.batch.total
    listed = folded(lines(*_entries(pen, card))) if not smooth else None
    text = lines(_title(pen, card), _counts(pen, card), people(pen, card), listed)
    rows = (
        (retry_button(pen, card), pen.button("word-btn-list", "list")),
        (report_button(pen, card),),
        (pen.button("word-btn-again", "again"), new_button(pen, card.batch)),
    )
    return View(text, keyboard(*rows))


def _title(pen: Pen, card: BatchCard) -> Markup:
    total = card.batch.total
    if card.batch.state is BatchState.STOPPED:
        return pen.head(pen("send-stopped-title"), went(pen, card))
    if _count(card, *_OPEN, MessageState.SENT):
        sent = total - _count(card, *_OPEN, MessageState.CANCELLED)
        return pen.head(pen("send-many-sent-title", n=sent, total=total), escaped(card.batch.sender))
    delivered = _count(card, MessageState.DELIVERED)
    key = "send-many-all-title" if delivered == total else "send-many-delivered-title"
    return pen.head(pen(key, n=delivered, total=total), bases_line(pen, card.bases))


def _counts(pen: Pen, card: BatchCard) -> Markup | None:
    """Say how many stand where; refusals by their cause once all is over."""
    running = bool(_count(card, *_OPEN, MessageState.SENT))
    shown = [MessageState.DELIVERED] if running or card.batch.state is BatchState.STOPPED else []
    shown += [MessageState.NOT_DELIVERED, MessageState.NO_REPORT]
    parts = [_number(pen, pen(_STATE[state]), _count(card, state)) for state in shown]
    parts += [_number(pen, what, n) for what, n in _refusals(pen, card, running=running)]
    parts += [_number(pen, pen(_STATE[MessageState.IN_DOUBT]), _count(card, MessageState.IN_DOUBT))]
    waiting = _count(card, MessageState.SENT) if card.batch.kind != "mms" else 0
    parts += [pen("send-many-awaited", n=waiting) if waiting else None]
    parts += [_number(pen, pen(_STATE[MessageState.QUEUED]), _count(card, *_OPEN))]
    parts += [_number(pen, pen(_STATE[MessageState.CANCELLED]), _count(card, MessageState.CANCELLED))]
    line = facts(*parts)
    return Markup(line[:1].upper() + line[1:]) if line else None


def _refusals(pen: Pen, card: BatchCard, *, running: bool) -> list[tuple[Markup, int]]:
    rejected = _count(card, MessageState.REJECTED)
    if running:
        return [(pen(_STATE[MessageState.REJECTED]), rejected)]
    known = {code: n for code, n in card.reasons.items() if refusal(code) != "other"}
    named = [(cause_in_short(pen, code, mms=card.batch.kind == "mms"), n) for code, n in known.items()]
    return [*named, (pen(_STATE[MessageState.REJECTED]), rejected - sum(known.values()))]


def _number(pen: Pen, what: Markup, n: int) -> Markup | None:
    return pen("send-many-count", what=what, n=n) if n > 0 else None


def _entries(pen: Pen, card: BatchCard) -> list[Markup]:
    shown = _sorted(card)[:LISTED]
    rest = card.batch.total - len(shown)
    entries = [_entry(pen, message, mms=card.batch.kind == "mms") for message in shown]
    return [*entries, pen("word-more", n=rest)] if rest > 0 else entries


def _entry(pen: Pen, message: Message, *, mms: bool) -> Markup:
    phone, state = pen.sent_phone(message.phone), pen(_STATE[message.state])
    if message.state is not MessageState.REJECTED:
        return pen("send-many-line", phone=phone, state=state)
    return pen("send-many-line-reason", phone=phone, state=state, reason=cause_in_short(pen, message.reason, mms=mms))


def _list(pen: Pen, card: BatchCard) -> View:
    """Number the entries; a button opens each as a card of its own."""
    shown = _sorted(card)[:LISTED]
    entries = (Markup(f"{at}. {entry}") for at, entry in enumerate(_entries(pen, card)[: len(shown)], 1))
    rest = card.batch.total - len(shown)
    text = page(
        lines(_title(pen, card), _counts(pen, card)), lines(*entries, pen("word-more", n=rest) if rest > 0 else None)
    )
    buttons = (Button(str(at), "open", str(message.id)) for at, message in enumerate(shown, 1))
    return View(text, keyboard(*in_rows(buttons, 3), (pen.button("word-btn-back", "list"),)))


def _sorted(card: BatchCard) -> list[Message]:
    return sorted(card.messages, key=lambda message: _WORST_FIRST.index(message.state))


def _count(card: BatchCard, *states: MessageState) -> int:
    return sum(card.counts.get(state, 0) for state in states)
