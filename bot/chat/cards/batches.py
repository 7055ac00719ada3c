"""A confirmed batch: the undo window, waiting, pauses, stops; one message shows itself, several are counted."""

from datetime import timedelta

from bot.chat.cards.approved import approved_line
from bot.chat.cards.causes import ACCOUNT_WIDE, pause_line, pause_title
from bot.chat.cards.crowds import crowd, went
from bot.chat.cards.kinds import subject_line, told
from bot.chat.cards.layout import facts, keyboard, lines, page, quote, record
from bot.chat.cards.pen import Pen
from bot.chat.cards.results import people, result
from bot.chat.cards.tracked import ready, retry_button, running
from bot.chat.texts import Markup, escaped
from bot.chat.view import View
from bot.domain.cards import BatchCard, MessageCard
from bot.domain.states import BatchState, MessageState

_HELD_UP = {
    "AUTHENTICATION_FAILURE": "login",
    "SERVICE_IS_SWITCHED_OFF": "off",
    "YOUR_CREDIT_IS_NULL": "money",
    "down": "down",
}
_NOT_LEFT = (MessageState.QUEUED, MessageState.CANCELLED)


def batch(pen: Pen, card: BatchCard) -> View:
    """Draw a batch as it stands."""
    if _is_one(card) and card.messages[0].state not in _NOT_LEFT:
        return result(pen, _only(card))
    if card.batch.state is BatchState.CANCELLED:
        return _ended(pen, card, "send-cancelled-title")
    if card.batch.state is BatchState.STOPPED and (_is_one(card) or not _has_left(card)):
        return _ended(pen, card, "send-stopped-title")
    if card.batch.state is BatchState.PAUSED and not card.listed:
        expired = card.batch.reason is not None and card.batch.reason.code == "expired"
        return _expired(pen, card) if expired else _paused(pen, card)
    return _moving(pen, card)


def _moving(pen: Pen, card: BatchCard) -> View:
    if card.batch.kind == "tracked" and not card.listed:
        if card.batch.state is BatchState.READY:
            return ready(pen, card)
        if card.batch.state is BatchState.RUNNING or card.counts.get(MessageState.SENT):
            return running(pen, card, _waiting_lines(pen, card))
    if not _has_left(card) and not card.listed:
        return _to_leave(pen, card)
    return crowd(pen, card, _waiting_lines(pen, card))


def _to_leave(pen: Pen, card: BatchCard) -> View:
    if _waits(card):
        return _waiting(pen, card)
    if card.batch.state is BatchState.READY:
        return _undo(pen, card)
    if _is_one(card):
        return result(pen, _only(card))
    return crowd(pen, card, ())


def _is_one(card: BatchCard) -> bool:
    return card.batch.total == 1 and len(card.messages) == 1


def _only(card: BatchCard) -> MessageCard:
    return MessageCard(
        card.messages[0],
        card.batch,
        asking=card.asking,
        before=card.before,
        after=card.after,
        author_name=card.author_name,
        confirmer_name=card.confirmer_name,
        duplicate=card.duplicate,
    )


def _has_left(card: BatchCard) -> bool:
    return any(number for state, number in card.counts.items() if state not in _NOT_LEFT)


def _waits(card: BatchCard) -> bool:
    return card.waiting is not None or card.waits_for is not None


def _subject(pen: Pen, card: BatchCard, *, final: bool = False) -> Markup:
    if _is_one(card):
        return pen.sent_phone(card.messages[0].phone, final=final)
    return pen("word-recipients", n=card.batch.total)


def _undo(pen: Pen, card: BatchCard) -> View:
    undoable = card.batch.undo_until > card.batch.confirmed_at
    top = lines(
        pen.head(pen("send-undo-title"), _subject(pen, card)),
        pen("send-undo-line", time=pen.formats.second(card.batch.undo_until)) if undoable else None,
        subject_line(pen, card.batch.subject),
        approved_line(pen, card.awaited),
        people(pen, card),
    )
    undo = pen.button("send-undo-btn-undo", "undo") if undoable else None
    return View(page(top, record(card.batch.text)), keyboard((undo,)))


def _waiting(pen: Pen, card: BatchCard) -> View:
    text = lines(pen.head(pen("send-waiting-title"), _subject(pen, card)), *_waiting_lines(pen, card))
    if card.batch.state is BatchState.READY:  # held by the panic switch, and whole
        return View(page(text, record(card.batch.text)), keyboard((pen.button("send-undo-btn-undo", "undo"),)))
    return View(text, keyboard((pen.button("send-waiting-btn-stop", "stop"),)))


def _waiting_lines(pen: Pen, card: BatchCard) -> tuple[Markup, ...]:
    """Why nothing goes, and when we stop waiting."""
    if card.waits_for is not None and card.waits_for.code.lower().replace("_", "-") in ACCOUNT_WIDE:
        why = pause_line(pen, card.waits_for)
    elif card.waiting is not None:
        key = "send-waiting-line-rest" if _has_left(card) else "send-waiting-line"
        why = pen(told(card.batch, key), since=pen.formats.moment(card.waiting))
    elif card.waits_for is not None:
        return (pen("send-waiting-halted"),)
    else:
        return ()
    until = pen("send-waiting-next", until=pen.formats.moment(card.expires)) if card.expires else None
    return (why, until) if until else (why,)


def _ended(pen: Pen, card: BatchCard, title: str) -> View:
    to = facts(_subject(pen, card, final=True), escaped(card.batch.sender))
    again = pen.button("word-btn-again", "again") if _is_one(card) else None
    retry = retry_button(pen, card) if not again else None
    text = lines(pen.head(pen(title), pen("send-stopped-subject")), to)
    return View(text, keyboard((again, retry)))


def _paused(pen: Pen, card: BatchCard) -> View:
    """The text stands here whole: Resume spends."""
    top = lines(
        pen.head(
            pause_title(pen, card.batch.reason), _subject(pen, card) if _is_one(card) else went(pen, card, rest=True)
        ),
        pause_line(pen, card.batch.reason),
        subject_line(pen, card.batch.subject),
    )
    rows = keyboard((pen.button("word-btn-resume", "resume"), pen.button("word-btn-stop", "stop")))
    return View(page(top, quote(card.batch.text)), rows)


def _expired(pen: Pen, card: BatchCard) -> View:
    """The text stands here whole: Send now spends."""
    left = _has_left(card)
    subject = went(pen, card) if left else _subject(pen, card)
    why = _why_expired(pen, card, "-rest" if left else "")
    top = lines(pen.head(pen("send-expired-title"), subject), why, subject_line(pen, card.batch.subject))
    rows = keyboard((pen.button("send-expired-btn-now", "now"), pen.button("word-btn-close", "stop")))
    return View(page(top, quote(card.batch.text)), rows)


def _why_expired(pen: Pen, card: BatchCard, ending: str) -> Markup:
    of = card.batch.reason.args.get("of") if card.batch.reason else None
    if of in _HELD_UP:
        return pen(f"send-expired-{_HELD_UP[of]}{ending}")
    silent = (card.batch.paused_at or pen.reader.now) - (card.waiting or card.batch.progress_at)
    silent -= silent % timedelta(minutes=1)  # the seconds are ours: nobody looks at the very moment
    return pen(f"send-expired-line{ending}", waited=pen.formats.duration(silent))
