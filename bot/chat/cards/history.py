"""The history: a page of all that was sent, and the questions that narrow it down."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.chat.cards.layout import clipped, in_rows, keyboard, lines, small
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.multicasts import bases_line
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import to_draft
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, View
from bot.domain.history import PERIODS, STATUSES, Entry, HistoryCard

VIEWED: Final = frozenset({"histopen", "histpage", "histask", "histset", "histback", "histall"})
"""What a viewer may press: all of it only looks."""
_PEOPLE: Final = 12
_LABEL: Final = 18


def history(pen: Pen, card: HistoryCard) -> View:
    """Draw a page, or a question."""
    step = card.notice.args.get("step")
    if step is not None:
        return _question(pen, card, str(step))
    refused = card.notice.args.get("refused")
    entries = [_entry(pen, at, one) for at, one in enumerate(card.entries, 1)]
    text = lines(
        _title(pen, card),
        pen("hist-who", name=clipped(card.name, NAME)) if card.name else None,
        pen("hist-refused", said=clipped(str(refused), NAME)) if refused else None,
        *(entries or [pen("hist-empty")]),
        small(pen("hist-phone-line")) if card.sought.phone else None,
    )
    filtered = card.notice.args.keys() - {"before", "refused"}
    numbers = (Button(str(at), "histopen", one.key.pack()) for at, one in enumerate(card.entries, 1))
    rows = keyboard(
        *in_rows(numbers, 3),
        [pen.button(f"hist-btn-{name}", "histask", name) for name in ("status", "period", "who")],
        _turns(pen, card),
        (pen.button("hist-btn-clear", "histall") if filtered else None,),
        (to_draft(pen, drafting=card.drafting),),
    )
    return View(text, rows)


def _title(pen: Pen, card: HistoryCard) -> Markup:
    sought = card.sought
    status = pen(f"hist-status-{_key(sought.status)}") if sought.status else None
    status = status or (pen("hist-all") if sought.phone is None and sought.who is None else None)
    to = pen("hist-phone", phone=pen.sent_phone(sought.phone)) if sought.phone else None
    told = ", ".join(filter(None, (_period(pen, sought.period), to, status)))
    return pen.head(pen("hist-title"), Markup(told))


def _period(pen: Pen, period: str | None) -> Markup:
    if period is None or period in PERIODS:
        return pen(f"hist-period-{period or 'all'}")
    first, _, last = period.partition("/")
    days = [pen.formats.brief_day(date.fromisoformat(day)) for day in (first, last)]
    return escaped(days[0]) if first == last else pen("hist-period-days", first=days[0], last=days[1])


def _turns(pen: Pen, card: HistoryCard) -> Iterable[Button | None]:
    if not card.entries:
        before = card.notice.args.get("before")
        yield pen.button("hist-btn-newer", "histpage", f"new/{before}") if before else None
        return
    first, last = card.entries[0].key.pack(), card.entries[-1].key.pack()
    yield pen.button("hist-btn-newer", "histpage", f"new/{first}") if card.newer else None
    yield pen.button("hist-btn-older", "histpage", f"old/{last}") if card.older else None


def _entry(pen: Pen, number: int, one: Entry) -> Markup:
    """Write a line: when, to whom, what became of it, under which sender."""
    told = ", ".join(
        filter(
            None,
            (
                pen(f"{one.words}-state-{_key(one.state)}" if one.words != "state" else f"state-{_key(one.state)}"),
                escaped(one.sender) if one.sender else pen("hist-mms"),
                pen(f"hist-{one.of}") if one.of in ("test", "tracked") else None,
            ),
        )
    )
    return pen("hist-line", n=number, time=pen.formats.moment(one.at), to=_to(pen, one), told=Markup(told))


def _to(pen: Pen, one: Entry) -> Markup:
    if one.phone is not None:
        return pen.sent_phone(one.phone)
    if one.bases:
        return bases_line(pen, one.bases) or Markup()
    return pen("word-recipients", n=one.total)


def _question(pen: Pen, card: HistoryCard, step: str) -> View:
    refused = card.notice.args.get("refused")
    text = lines(
        pen.head(pen("hist-title"), pen(f"hist-ask-{step}-subject")),
        pen("hist-refused", said=clipped(str(refused), NAME)) if refused else None,
        pen(f"hist-ask-{step}-line"),
    )
    choices = {"status": _statuses, "period": _periods, "who": _people}[step](pen, card)
    return View(text, keyboard(*in_rows(choices, 2), (pen.button("word-btn-back", "histback"),)))


def _statuses(pen: Pen, card: HistoryCard) -> list[Button]:
    chosen = card.sought.status
    offered = [(pen.words.plain(f"hist-status-{_key(name)}"), name) for name in STATUSES]
    return choices("status", [(pen.words.plain("hist-btn-all"), None), *offered], chosen)


def _periods(pen: Pen, card: HistoryCard) -> list[Button]:
    offered = [(pen.words.plain(f"hist-period-{name}"), name) for name in PERIODS]
    return choices("period", [*offered, (pen.words.plain("hist-btn-always"), None)], card.sought.period)


def _people(pen: Pen, card: HistoryCard) -> list[Button]:
    offered = [(one.name or str(one.id), str(one.id)) for one in card.people[:_PEOPLE]]
    chosen = str(card.sought.who) if card.sought.who is not None else None
    return choices("who", [(pen.words.plain("hist-btn-all"), None), *offered], chosen)


def choices(
    step: str, offered: Iterable[tuple[str, str | None]], chosen: str | None, verb: str = "histset"
) -> list[Button]:
    """Make a button for each value of a filter; the one that counts now is marked."""
    return [
        Button(clipped(_marked(label, chosen=value == chosen), _LABEL), verb, f"{step}/{value or 'all'}")
        for label, value in offered
    ]


def _marked(label: str, *, chosen: bool) -> str:
    written = label[:1].upper() + label[1:]
    return f"● {written}" if chosen else written


def _key(name: str) -> str:
    return name.replace("_", "-")
