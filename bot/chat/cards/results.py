"""What became of one message: sent, delivered, refused, or nobody knows."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.chat.cards.causes import REWRITES, advice, cause, refusal
from bot.chat.cards.fields import FIELDS, back_button
from bot.chat.cards.kinds import has_no_status, mms_sent_line, subject_line, told, unpromised_line
from bot.chat.cards.layout import code, facts, folded, keyboard, lines, page, quote, record, small
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, Rows, View
from bot.domain.access import Role
from bot.domain.cards import BatchCard, MessageCard
from bot.domain.models import Batch
from bot.domain.money import cost
from bot.domain.states import BatchState, MessageState

FINAL: Final = frozenset(MessageState) - {MessageState.QUEUED, MessageState.SENDING, MessageState.SENT}


def result(pen: Pen, card: MessageCard) -> View:
    """Draw one message by its state."""
    return _STATES[card.message.state](pen, card)


def head(pen: Pen, card: MessageCard, title: str) -> Markup:
    """Write the first line: the state and the number."""
    final = card.message.state in FINAL
    return pen.head(pen(title), pen.sent_phone(card.message.phone, final=final))


def people(pen: Pen, card: BatchCard | MessageCard) -> Markup | None:
    """Name who wrote and who confirmed, where several people see the card."""
    if not pen.reader.group or not card.confirmer_name:
        return None
    if card.author_name in ("", card.confirmer_name):
        return pen("send-confirmer", name=card.confirmer_name)
    return facts(pen("send-author", name=card.author_name), pen("send-confirmer-other", name=card.confirmer_name))


def new_button(pen: Pen, batch: Batch) -> Button:
    """Make the button that begins another one of the kind."""
    return pen.button("mms-btn-new", "new", "mms") if batch.kind == "mms" else pen.button("word-btn-new", "new")


def _facts(pen: Pen, batch: Batch, gateway_id: str | None) -> Markup:
    price = cost(batch.parts, batch.price)
    return facts(
        pen("word-id", id=code(gateway_id)) if gateway_id else None,
        escaped(batch.sender),
        subject_line(pen, batch.subject),
        pen("send-preview-flash") if batch.flash else None,
        pen.formats.money(price) if price is not None else None,
    )


def _ended(pen: Pen, *rows: tuple[Button, ...]) -> Rows:
    """Add to a final card what a group and a viewer need, whose numbers are masked."""
    masked = pen.reader.group or pen.reader.role is Role.VIEWER
    return keyboard(*rows, (pen.button("word-btn-reveal", "show") if masked else None,))


def _again_or_new(pen: Pen, batch: Batch) -> tuple[Button, ...]:
    return pen.button("word-btn-again", "again"), new_button(pen, batch)


def _queued(pen: Pen, card: MessageCard) -> View:
    if card.batch.state is BatchState.AWAITING_APPROVAL:
        return View(lines(head(pen, card, "appr-author-title"), pen("appr-queued-line")))
    return View(lines(head(pen, card, "send-queued-title"), pen("send-queued-line")))


def _sending(pen: Pen, card: MessageCard) -> View:
    return View(lines(head(pen, card, "send-sending-title"), pen("send-sending-line")))


def _sent(pen: Pen, card: MessageCard) -> View:
    message = card.message
    sent = message.sent_at or message.sending_at
    time = pen.formats.moment(sent) if sent else ""
    if not message.gateway_id:
        line = pen("send-sent-untracked", time=time)
    elif card.batch.kind == "mms":
        line = mms_sent_line(pen, message, time)
    elif message.checked_at:
        line = pen("send-sent-checked", time=time, checked=pen.formats.moment(message.checked_at))
    else:
        line = pen("send-sent-line", time=time)
    marked = pen("send-sent-marked", name=message.marked_by) if message.marked_by else None
    known = facts(_facts(pen, card.batch, message.gateway_id), marked)
    top = lines(head(pen, card, "send-sent-title"), line, known, people(pen, card))
    check = pen.button("word-btn-check", "check") if message.gateway_id and not has_no_status(message) else None
    return View(page(top, record(card.batch.text)), keyboard((check, new_button(pen, card.batch))))


def _delivered(pen: Pen, card: MessageCard) -> View:
    message = card.message
    time = pen.formats.moment(message.final_at) if message.final_at else ""
    if message.sent_at and message.final_at:
        duration = pen.formats.duration(message.final_at - message.sent_at)
        line = pen("send-delivered-line-after", time=time, duration=duration)
    else:
        line = pen("send-delivered-line", time=time)
    text = lines(
        head(pen, card, "send-delivered-title"),
        line,
        unpromised_line(pen, card.batch),
        _facts(pen, card.batch, message.gateway_id),
        people(pen, card),
    )
    return View(text, _ended(pen, _again_or_new(pen, card.batch)))


def _not_delivered(pen: Pen, card: MessageCard) -> View:
    title = head(pen, card, "send-not-delivered-title")
    why = pen(told(card.batch, "send-not-delivered-line"))
    text = lines(title, why, unpromised_line(pen, card.batch), pen("send-not-delivered-next"))
    return View(text, _ended(pen, _again_or_new(pen, card.batch)))


def _no_report(pen: Pen, card: MessageCard) -> View:
    message = card.message
    sent, ended = message.sent_at, message.final_at or pen.reader.now
    time = pen.formats.moment(sent) if sent else ""
    waited = pen.formats.hours(ended - sent) if sent else ""
    line = pen("send-no-report-line", time=time, waited=waited)
    text = lines(head(pen, card, "send-no-report-title"), line, pen(told(card.batch, "send-no-report-next")))
    return View(text, _ended(pen, (pen.button("word-btn-check", "check"), new_button(pen, card.batch))))


def _rejected(pen: Pen, card: MessageCard) -> View:
    reason, mms = card.message.reason, card.batch.kind == "mms"
    text = lines(
        head(pen, card, "send-rejected-title"),
        cause(pen, reason, card.batch.sender, mms=mms),
        advice(pen, reason, mms=mms),
        people(pen, card),
        folded(pen("send-rejected-raw", raw=reason.raw)) if reason and reason.raw else None,
    )
    fields = [field for field in REWRITES.get(refusal(reason), ()) if field != "sender" or card.batch.sender]
    mend = tuple(pen.button(FIELDS[field], "rewrite", field) for field in fields)
    return View(text, _ended(pen, mend or (pen.button("word-btn-again", "again"),), (new_button(pen, card.batch),)))


def _in_doubt(pen: Pen, card: MessageCard) -> View:
    if card.asking == "resend":
        return _risk(pen, card)
    raw = card.message.reason.raw if card.message.reason else None
    text = lines(
        head(pen, card, "send-unknown-title"),
        _doubt(pen, card),
        folded(raw) if raw and not card.duplicate else None,
        pen("send-mark-line") if card.asking == "mark" else pen("send-unknown-next"),
        _balances(pen, card),
        pen("send-unknown-repeated") if card.message.repeated_by else None,
        people(pen, card),
    )
    if card.asking == "mark":
        return View(text, keyboard((pen.button("send-mark-btn-noid", "noid"),), (back_button(pen),)))
    went = pen.button("send-unknown-btn-went", "went")
    if card.message.repeated_by:
        return View(text, _ended(pen, (went,)))
    return View(text, _ended(pen, (went,), (pen.button("send-unknown-btn-resend", "resend"),)))


def _doubt(pen: Pen, card: MessageCard) -> Markup:
    if card.duplicate:
        return pen(told(card.batch, "send-unknown-duplicate"))
    at = pen.formats.at(card.message.sending_at or pen.reader.now)
    key = _DOUBTS.get(card.message.reason.code if card.message.reason else "", "send-unknown-broken")
    return pen(told(card.batch, key), at=at)


def _balances(pen: Pen, card: MessageCard) -> Markup | None:
    if card.before is None or card.after is None:
        return None
    before, after = pen.formats.amount(card.before), pen.formats.money(card.after)
    return small(pen("send-unknown-balance", before=before, after=after))


def _risk(pen: Pen, card: MessageCard) -> View:
    """The whole text stands here: the next press is paid for."""
    title = head(pen, card, told(card.batch, "send-resend-title"))
    top = lines(title, pen("send-resend-line"), subject_line(pen, card.batch.subject))
    rows = keyboard((pen.button("send-resend-btn-anyway", "anyway"),), (back_button(pen),))
    return View(page(top, quote(card.batch.text)), rows)


def _cancelled(pen: Pen, card: MessageCard) -> View:
    title = head(pen, card, "send-cancelled-title")
    return View(lines(title, pen("send-closed-line")), _ended(pen, _again_or_new(pen, card.batch)))


_DOUBTS: Final = {"cut": "send-unknown-cut", "unclear": "send-unknown-unclear"}
_STATES: Final[Mapping[MessageState, Callable[[Pen, MessageCard], View]]] = {
    MessageState.QUEUED: _queued,
    MessageState.SENDING: _sending,
    MessageState.SENT: _sent,
    MessageState.DELIVERED: _delivered,
    MessageState.NOT_DELIVERED: _not_delivered,
    MessageState.NO_REPORT: _no_report,
    MessageState.REJECTED: _rejected,
    MessageState.IN_DOUBT: _in_doubt,
    MessageState.CANCELLED: _cancelled,
}
