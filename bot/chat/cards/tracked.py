"""A multicast that is sent one by one: its list is gathered, then it leaves with a bar that grows."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.chat.cards.approved import approved_line
from bot.chat.cards.fields import close_button
from bot.chat.cards.layout import LISTED, clipped, facts, keyboard, lines, page, record
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.cards.results import people
from bot.chat.texts import Markup
from bot.chat.view import Button, View
from bot.domain.cards import BatchCard
from bot.domain.multicast_cards import MulticastDraftCard
from bot.domain.multicast_drafts import chosen
from bot.domain.states import MessageState

RETRIED_AS_SMS: Final = 1_000
"""Phones that a draft of an SMS still takes; more are tried again one by one."""
_BAR: Final = 10
_SOON: Final = timedelta(minutes=2)
_REFUSED: Final[Mapping[str, str]] = {
    "BASE_IS_PROTECTED": "track-refused-protected",
    "WRONG_BASE": "track-refused-gone",
    "silent": "track-refused-silent",
    "too_many": "track-refused-many",
}


def gather(pen: Pen, card: MulticastDraftCard) -> View:
    """Draw a draft whose list is not there yet, or cannot be had."""
    names = bases_line(pen, [base.name for base in chosen(card.draft.fields)])
    refused = card.draft.fields["tracked"].get("refused")
    plain = pen.button("track-btn-plain", "mcplain")
    if refused is None:
        text = lines(pen.head(pen("track-gather-title"), names), pen("track-gather-line"))
        return View(text, keyboard((plain,), (close_button(pen),)))
    if refused["code"] == "expired":
        text = lines(pen.head(pen("track-expired-title"), names), pen("track-expired-line"))
        return View(text, keyboard((pen.button("track-btn-anew", "mctrack"),), (plain, close_button(pen))))
    key, base = _REFUSED.get(refused["code"], "track-refused-other"), clipped(str(refused["base"]), NAME)
    why = pen(key, base=base) if key in ("track-refused-protected", "track-refused-gone") else pen(key)
    again = pen.button("word-btn-again", "mctrack") if key in ("track-refused-silent", "track-refused-other") else None
    title = pen.head(pen("track-refused-title"), names)
    return View(lines(title, why), keyboard((plain, again), (pen.button("mc-btn-bases", "mcbases"), close_button(pen))))


def list_line(pen: Pen, card: MulticastDraftCard) -> Markup | None:
    """Say what was left out of a frozen list, and that each number is told of."""
    tracked = card.draft.fields.get("tracked")
    if not tracked:
        return None
    return facts(
        pen("track-preview-line"),
        pen("track-preview-repeats", n=tracked["repeats"]) if tracked.get("repeats") else None,
        pen("track-preview-invalid", n=tracked["invalid"]) if tracked.get("invalid") else None,
    )


def track_button(pen: Pen, card: MulticastDraftCard) -> Button | None:
    """Offer to send one by one where the bases may be read, and to leave that again."""
    if card.draft.fields.get("tracked"):
        return pen.button("track-btn-plain", "mcplain")
    if card.draft.fields.get("source") or not card.trackable:
        return None
    return pen.button("track-btn-one-by-one", "mctrack")


def ready(pen: Pen, card: BatchCard) -> View:
    """Draw what has not begun: it waits for its time, its list becomes messages, or it can still be taken back."""
    batch, made = card.batch, sum(card.counts.values())
    names, undo = bases_line(pen, card.bases), pen.button("send-undo-btn-undo", "undo")
    at_once = made == batch.total and batch.undo_until <= batch.confirmed_at and card.waits_for is None
    if batch.undo_until - batch.confirmed_at > _SOON:
        title, line = pen("track-held-title"), pen("track-held-line", start=pen.formats.start(batch.undo_until))
        undo = pen.button("track-held-btn-undo", "undo")
    elif batch.undo_until > pen.reader.now or made == batch.total:
        title = pen("send-undo-title")
        line = pen("send-undo-line", time=pen.formats.second(batch.undo_until))
    else:
        title = pen("track-fill-title")
        line = pen("track-fill-line", done=pen.formats.count(made), total=pen.formats.count(batch.total))
    who = approved_line(pen, card.awaited), people(pen, card)
    top = lines(pen.head(title, names), pen("track-numbers", n=batch.total), None if at_once else line, *who)
    return View(page(top, record(batch.text)), keyboard((None if at_once else undo,)))


def running(pen: Pen, card: BatchCard, waiting: Sequence[Markup]) -> View:
    """Draw how far it is."""
    batch, queued = card.batch, _count(card, MessageState.QUEUED)
    sent = batch.total - queued - _count(card, MessageState.SENDING)
    full = _BAR * sent // max(1, batch.total)
    refused = _count(card, MessageState.REJECTED, MessageState.NOT_DELIVERED)
    doubts, awaited = _count(card, MessageState.IN_DOUBT), _count(card, MessageState.SENT) if not queued else 0
    count = pen.formats.count
    told = facts(
        pen("track-delivered", n=count(_count(card, MessageState.DELIVERED))),
        pen("track-refused", n=count(refused)) if refused else None,
        pen("track-doubts", n=count(doubts)) if doubts else None,
        pen("track-awaited", n=count(awaited)) if awaited else None,
        pen("track-left", left=pen.formats.duration(_rounded(card.left))) if card.left and not waiting else None,
    )
    bar = pen("track-bar", bar="▰" * full + "▱" * (_BAR - full), told=told)
    title = pen("track-sent-title", n=count(sent), total=count(batch.total))
    text = lines(pen.head(title, bases_line(pen, card.bases)), bar, *waiting, people(pen, card))
    rows = keyboard(
        (pen.button("track-btn-pause", "pause"), pen.button("word-btn-stop", "stop")) if queued else (),
        (pen.button("word-btn-list", "list"),),
    )
    return View(text, rows)


def retry_button(pen: Pen, card: BatchCard) -> Button | None:
    """Offer to try those again who may be; where they are too many for a draft of an SMS, one by one again."""
    if not card.retryable:
        return None
    verb = "trretry" if card.batch.kind == "tracked" and card.retryable > RETRIED_AS_SMS else "retry"
    return pen.button("send-many-btn-retry", verb, n=card.retryable)


def report_button(pen: Pen, card: BatchCard) -> Button | None:
    """Offer a document of those who did not get it, where a list on the card cannot hold them all."""
    failed = card.batch.total - _count(card, MessageState.DELIVERED)
    long = card.batch.kind == "tracked" or failed > LISTED
    return pen.button("track-btn-report", "trfile") if long and failed else None


def _count(card: BatchCard, *states: MessageState) -> int:
    return sum(card.counts.get(state, 0) for state in states)


def _rounded(left: timedelta) -> timedelta:
    """Round up to what is worth telling: nobody counts the seconds of an hour."""
    step = timedelta(minutes=1) if left > timedelta(minutes=1) else timedelta(seconds=10)
    return -(-left // step) * step
