"""A multicast that is confirmed: held, with the provider, missed, refused, or nobody knows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.chat.cards.approved import approved_line
from bot.chat.cards.causes import ACCOUNT_WIDE, REWRITES, advice, cause, pause_line, refusal
from bot.chat.cards.fields import FIELDS
from bot.chat.cards.layout import clipped, facts, folded, keyboard, lines, page, quote, record, small
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.chat.view import Rows, View
from bot.domain.countdown import left
from bot.domain.multicast_cards import MulticastCard
from bot.domain.states import MulticastState

_NAMED: Final = 3
_MISSED: Final = {
    "down": "mc-missed-down",
    "silent": "mc-missed-silent",
    "stopped": "mc-missed-stopped",
    "unanswered": "mc-missed-unanswered",
}
_REOPENED: Final = ("edited", "undo", "again")
_DOUBTS: Final = {"cut": "mc-unknown-cut", "unclear": "mc-unknown-unclear"}


def multicast(pen: Pen, card: MulticastCard) -> View:
    """Draw a multicast by its state."""
    return _STATES[card.multicast.state](pen, card)


def bases_line(pen: Pen, names: Sequence[str]) -> Markup | None:
    """Name the bases, the first few where there are many; None where none is chosen."""
    shown = ", ".join(clipped(name, NAME) for name in names[:_NAMED])
    rest = len(names) - _NAMED
    return escaped(f"{shown}, {pen.words.plain('word-more', n=rest)}" if rest > 0 else shown) if names else None


def start_line(pen: Pen, card: MulticastCard) -> Markup | None:
    """Say when it starts, and how long that still is."""
    start = card.multicast.start_at
    if start is None:
        return None
    told = left(start, pen.reader.now)
    written = pen.formats.start(start)
    return (
        pen("mc-start", start=written, left=pen.formats.duration(told)) if told else pen("mc-start-soon", start=written)
    )


def missed_rows(pen: Pen) -> Rows:
    """Make the buttons of what did not start."""
    return keyboard(
        (pen.button("mc-missed-btn-now", "mcnow"),),
        (pen.button("mc-btn-move", "mcmove"), pen.button("mc-btn-cancel", "mcdrop")),
    )


def _head(pen: Pen, card: MulticastCard, title: str) -> Markup:
    return pen.head(pen(title), bases_line(pen, [base.name for base in card.multicast.bases]))


def both(pen: Pen, card: MulticastCard) -> Markup | None:
    """Name who wrote and who confirmed, where several people see the card."""
    if not pen.reader.group or not card.confirmer_name:
        return None
    if card.author_name in ("", card.confirmer_name):
        return pen("send-confirmer", name=card.confirmer_name)
    return facts(pen("send-author", name=card.author_name), pen("send-confirmer-other", name=card.confirmer_name))


def _facts(pen: Pen, card: MulticastCard) -> Markup:
    size = pen("mc-preview-size", n=card.multicast.recipients, parts=card.multicast.parts)
    return facts(size, escaped(card.multicast.sender))


def _due(card: MulticastCard) -> datetime:
    return card.multicast.start_at or card.multicast.hand_at


def _held(pen: Pen, card: MulticastCard) -> View:
    asked = (card.multicast.asking or {}).get("kind")
    if card.leaves_at is not None and not card.stopped:
        return _leaving(pen, card, card.leaves_at)
    if asked in _QUESTIONS:
        return _QUESTIONS[str(asked)](pen, card)
    top = lines(
        _head(pen, card, "mc-held-title"),
        start_line(pen, card),
        _until(pen, card),
        _facts(pen, card),
        approved_line(pen, card.awaited),
        both(pen, card),
    )
    rows = keyboard(
        (pen.button("mc-btn-move", "mcmove"), pen.button("mc-btn-edit", "mcedit")),
        (None if card.stopped or card.multicast.waiting_since else pen.button("mc-held-btn-hand", "mchand"),),
        (pen.button("mc-held-btn-cancel", "mccancel"),),
    )
    return View(page(top, quote(card.multicast.text)), rows)


def _until(pen: Pen, card: MulticastCard) -> Markup:
    """Say until when it is ours to cancel, or why it is ours still."""
    since, reason = card.multicast.waiting_since, card.multicast.reason
    until = pen("mc-held-tries", time=pen.formats.moment(_due(card) + card.late))
    if card.stopped:
        return lines(pen("send-waiting-halted"), until)
    if since is None:
        return pen("mc-held-until", time=beside(pen, card.multicast.hand_at, _due(card)))
    if reason is not None and reason.code.lower().replace("_", "-") in ACCOUNT_WIDE:
        return lines(pause_line(pen, reason), until)
    return lines(pen("mc-held-silent", time=pen.formats.moment(since)), until)


def beside(pen: Pen, instant: datetime, other: datetime) -> str:
    """Write an instant that stands beside another: the time alone where the day is the same."""
    same = instant.astimezone(pen.reader.zone).date() == other.astimezone(pen.reader.zone).date()
    return pen.formats.clock(instant) if same else pen.formats.moment(instant)


def _leaving(pen: Pen, card: MulticastCard, until: datetime) -> View:
    top = lines(
        _head(pen, card, "send-undo-title"),
        pen("send-undo-line", time=pen.formats.second(until)),
        start_line(pen, card),
        _facts(pen, card),
        approved_line(pen, card.awaited),
        both(pen, card),
    )
    return View(page(top, record(card.multicast.text)), keyboard((pen.button("send-undo-btn-undo", "mcundo"),)))


def _cancelling(pen: Pen, card: MulticastCard) -> View:
    top = lines(_head(pen, card, "mc-cancel-title"), start_line(pen, card), _until(pen, card))
    rows = keyboard((pen.button("mc-held-btn-cancel", "mcdrop"),), (pen.button("word-btn-back", "mcback"),))
    return View(top, rows)


def _drift(pen: Pen, card: MulticastCard) -> View:
    """The text stands here whole: the first button spends."""
    asked = card.multicast.asking or {}
    was, now = int(asked["was"]), int(asked["now"])
    change = pen.formats.change(was, now)
    top = lines(
        _head(pen, card, "mc-drift-title"),
        pen("mc-drift-line", was=was, now=now, change=change),
        pen("appr-drift-line") if card.second else None,
        pen("mc-asks-until", time=pen.formats.moment(_due(card) + card.late)),
        start_line(pen, card),
    )
    rows = keyboard(
        (pen.button("appr-btn-ask", "mcstart") if card.second else pen.button("mc-drift-btn-start", "mcstart", n=now),),
        (pen.button("mc-btn-move", "mcmove"), pen.button("mc-btn-cancel", "mcdrop")),
    )
    return View(page(top, quote(card.multicast.text)), rows)


def _gone(pen: Pen, card: MulticastCard) -> View:
    names = [str(name) for name in (card.multicast.asking or {}).get("names") or ()]
    top = lines(
        pen.head(pen("mc-gone-title-many" if len(names) > 1 else "mc-gone-title"), bases_line(pen, names)),
        pen("mc-asks-until", time=pen.formats.moment(_due(card) + card.late)),
        start_line(pen, card),
    )
    rows = keyboard((pen.button("mc-gone-btn-pick", "mcpick"),), (pen.button("mc-btn-cancel", "mcdrop"),))
    return View(page(top, record(card.multicast.text)), rows)


def _handing(pen: Pen, card: MulticastCard) -> View:
    top = lines(_head(pen, card, "mc-handing-title"), pen("mc-handing-line"), start_line(pen, card), both(pen, card))
    return View(page(top, record(card.multicast.text)))


def _handed(pen: Pen, card: MulticastCard) -> View:
    shown = card.multicast
    if shown.passed:
        began = pen.formats.moment(shown.start_at or shown.handed_at or pen.reader.now)
        said = lines(_head(pen, card, "mc-passed-title"), pen("mc-passed-line", time=began))
    else:
        accepted = pen.formats.moment(shown.handed_at or pen.reader.now)
        line = pen("mc-handed-line", time=accepted, start=pen.formats.at(_due(card)))
        said = lines(_head(pen, card, "mc-handed-title"), line, pen("mc-handed-stop"))
    marked = pen("mc-handed-marked", name=shown.marked_by) if shown.marked_by else None
    top = lines(said, _balances(pen, card), facts(_facts(pen, card), marked), both(pen, card))
    again = pen.button("word-btn-again", "mcagain")
    return View(page(top, record(shown.text)), keyboard((again, pen.button("start-btn-balance", "balance"))))


def _balances(pen: Pen, card: MulticastCard) -> Markup | None:
    before = card.multicast.balance_before
    if before is None or card.after is None:
        return None
    return pen("mc-balance", before=pen.formats.money(before), after=pen.formats.money(card.after))


def _missed(pen: Pen, card: MulticastCard) -> View:
    code = card.multicast.reason.code if card.multicast.reason else "down"
    due, now = _due(card), pen.formats.moment(pen.reader.now)
    if _MISSED.get(code, "mc-missed-down") == "mc-missed-down":
        line = pen("mc-missed-down", at=pen.formats.at(due), now=now)
    else:
        line = pen(_MISSED[code], time=pen.formats.moment(due + card.late))
    return View(page(lines(_head(pen, card, "mc-missed-title"), line), record(card.multicast.text)), missed_rows(pen))


def _in_doubt(pen: Pen, card: MulticastCard) -> View:
    shown = card.multicast
    if (shown.asking or {}).get("kind") == "risk":
        return _risk(pen, card)
    anew = (shown.asking or {}).get("at")
    code, raw = (shown.reason.code, shown.reason.raw) if shown.reason else ("", None)
    called = pen.formats.at(shown.handed_at or shown.hand_at)
    bases = bases_line(pen, [base.name for base in shown.bases]) or ""
    if shown.start_at:
        find = pen("mc-unknown-find", time=pen.formats.moment(shown.start_at), bases=bases)
    else:
        find = pen("mc-unknown-find-now", at=called, bases=bases)
    top = lines(
        _head(pen, card, "mc-unknown-title"),
        pen(_DOUBTS.get(code, "mc-unknown-lost"), at=called),
        folded(raw) if raw else None,
        find,
        pen("mc-unknown-anew", at=pen.formats.at(datetime.fromisoformat(anew))) if anew else None,
        small(balances) if (balances := _balances(pen, card)) else None,
        both(pen, card),
    )
    rows = keyboard(
        (pen.button("mc-unknown-btn-there", "mcthere"),), (pen.button("mc-unknown-btn-absent", "mcabsent"),)
    )
    return View(page(top, record(shown.text)), rows)


def _risk(pen: Pen, card: MulticastCard) -> View:
    """The text stands here whole, although what follows is a draft that is confirmed once more."""
    title = pen.head(pen("mc-risk-title"), pen("mc-numbers", n=card.multicast.recipients))
    rows = keyboard((pen.button("mc-risk-btn-anew", "mcanew"),), (pen.button("word-btn-back", "mcback"),))
    return View(page(lines(title, pen("mc-risk-line")), quote(card.multicast.text)), rows)


def _rejected(pen: Pen, card: MulticastCard) -> View:
    reason = card.multicast.reason
    why: tuple[Markup, ...] = cause(pen, reason, card.multicast.sender), advice(pen, reason)
    fix: tuple[str, ...] = REWRITES.get(refusal(reason), ())
    if reason is not None and reason.code == "WRONG_BASE":
        why, fix = (pen("mc-rejected-wrong-base"), pen("mc-rejected-wrong-base-next")), ("bases",)
    top = lines(
        _head(pen, card, "mc-rejected-title"),
        *why,
        both(pen, card),
        folded(pen("send-rejected-raw", raw=reason.raw)) if reason and reason.raw else None,
    )
    labels = {**FIELDS, "bases": "mc-btn-bases"}
    mends = [pen.button(labels[name], "mcfix", name) for name in fix if name != "phones"]
    again = pen.button("mc-cancelled-btn-again", "mcagain")
    return View(page(top, record(card.multicast.text)), keyboard(mends, (again,)))


def _cancelled(pen: Pen, card: MulticastCard) -> View:
    edited = card.multicast.reason is not None and card.multicast.reason.code in _REOPENED
    line = pen("mc-cancelled-edited" if edited else "mc-cancelled-line")
    top = lines(_head(pen, card, "mc-cancelled-title"), line, both(pen, card))
    return View(page(top, record(card.multicast.text)), keyboard((pen.button("mc-cancelled-btn-again", "mcagain"),)))


_QUESTIONS: Final[Mapping[str, Callable[[Pen, MulticastCard], View]]] = {
    "cancel": _cancelling,
    "drift": _drift,
    "gone": _gone,
}
_STATES: Final[Mapping[MulticastState, Callable[[Pen, MulticastCard], View]]] = {
    MulticastState.HELD: _held,
    MulticastState.HANDING_OVER: _handing,
    MulticastState.HANDED_OVER: _handed,
    MulticastState.REJECTED: _rejected,
    MulticastState.IN_DOUBT: _in_doubt,
    MulticastState.MISSED: _missed,
    MulticastState.CANCELLED: _cancelled,
}
