"""A multicast that is composed: its bases, its time, the preview, and the second tap."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.chat.cards import tracked
from bot.chat.cards.drafts import field
from bot.chat.cards.fields import back_button, close_button, field_button, over_button, text_of
from bot.chat.cards.layout import clipped, in_rows, keyboard, lines, page, quote, small
from bot.chat.cards.multicast_problems import NAME
from bot.chat.cards.multicasts import bases_line, missed_rows
from bot.chat.cards.pen import Pen
from bot.chat.cards.previews import (
    ask_button,
    cheap_button,
    done_line,
    second_line,
    test_button,
    test_line,
    warn_title,
)
from bot.chat.cards.problems import marked, problem_lines, refusal_lines, repairable
from bot.chat.texts import Markup
from bot.chat.view import Button, Rows, View
from bot.domain.cards import DraftCard
from bot.domain.multicast_cards import MulticastDraftCard, Offered
from bot.domain.multicast_drafts import chosen, recipients, starts
from bot.domain.states import DraftState
from bot.domain.when import days
from gateway.text import MAX_LENGTH

_PAGE: Final = 6
_LABEL: Final = 30
_DAYS: Final = 6
_MINUTE: Final = timedelta(minutes=1)
HOURS: Final = range(8, 23)
"""The hours offered of a day; any other can be written."""


def multicast_draft(pen: Pen, card: MulticastDraftCard) -> View:
    """Draw a draft as it stands at its step."""
    return _STEPS[card.step](pen, card)


def _names(pen: Pen, card: DraftCard) -> Markup | None:
    return bases_line(pen, [base.name for base in chosen(card.draft.fields)])


def _bases(pen: Pen, card: MulticastDraftCard) -> View:
    fields = card.draft.fields
    bases = chosen(fields)
    size = _PAGE - 1 if fields.get("filter") or card.silent else _PAGE
    pages = max(1, -(-len(card.offered) // size))
    at = min(int(fields.get("page") or 0), pages - 1)
    total = pen.formats.count(sum(base.total for base in bases))
    text = lines(
        pen.head(pen("mc-new-title"), pen("mc-bases-subject")),
        *refusal_lines(pen, card),
        pen("mc-bases-chosen", n=len(bases), total=total) if bases else _hint(pen, card),
        _names(pen, card),
        *_listing(pen, card),
        pen("mc-bases-page", n=at + 1, all=pages) if pages > 1 else None,
    )
    rows = keyboard(
        (pen.button("mc-bases-btn-next", "mcnext") if bases else None,),
        *((_choice(pen, base),) for base in card.offered[at * size : (at + 1) * size]),
        (pen.button("mc-bases-btn-all", "mcall") if fields.get("filter") else None, _refresh(pen, card)),
        (
            pen.button("mc-bases-btn-prev", "mcpage", str(at - 1)) if at else None,
            pen.button("mc-bases-btn-more", "mcpage", str(at + 1)) if at + 1 < pages else None,
            close_button(pen),
        ),
    )
    return View(text, rows)


def _nothing_found(card: MulticastDraftCard) -> bool:
    return bool(card.draft.fields.get("filter")) and card.listed_at is not None and not card.offered


def _hint(pen: Pen, card: MulticastDraftCard) -> Markup | None:
    return None if _nothing_found(card) else pen("mc-bases-line")


def _listing(pen: Pen, card: MulticastDraftCard) -> Sequence[Markup | None]:
    """Say what the list is: narrowed, still asked for, old, or empty."""
    part = card.draft.fields.get("filter")
    known = card.listed_at is not None
    return (
        pen("mc-bases-filter", part=clipped(str(part), NAME), n=len(card.offered)) if part and card.offered else None,
        pen("base-list-none", query=clipped(str(part), NAME)) if _nothing_found(card) else None,
        pen("mc-bases-asking") if card.asking and (not known or card.draft.fields.get("wanted")) else None,
        _silent(pen, card) if card.silent else None,
        pen("mc-bases-none") if known and not card.offered and not part and not card.silent else None,
    )


def _silent(pen: Pen, card: MulticastDraftCard) -> Markup:
    if card.listed_at is None:
        return pen("mc-bases-silent-never")
    return pen("mc-bases-silent", time=pen.formats.moment(card.listed_at))


def _refresh(pen: Pen, card: MulticastDraftCard) -> Button | None:
    return pen.button("mc-bases-btn-refresh", "mclook") if card.silent else None


def _choice(pen: Pen, base: Offered) -> Button:
    mark, rest = "☑" if base.chosen else "☐", f" · {pen.formats.count(base.total)}"
    rest += f" · {pen.words.plain('base-mark-comma')}" if "," in base.name else ""
    label = f"{mark} {clipped(base.name, _LABEL - len(mark + rest) - 1)}{rest}"
    return Button(label, "mcbase", f"{base.id}/{'off' if base.chosen else 'on'}")


def _ask_text(pen: Pen, card: MulticastDraftCard) -> View:
    title = pen.head(pen("mc-new-title"), _names(pen, card))
    asked = lines(title, *refusal_lines(pen, card), pen("send-ask-text-line", limit=MAX_LENGTH))
    return View(asked, keyboard((over_button(pen, card),), (pen.button("mc-btn-bases", "mcbases"), close_button(pen))))


def _when(pen: Pen, card: MulticastDraftCard) -> View:
    now = pen.reader.now.astimezone(pen.reader.zone)
    today, tomorrow, *later = days(pen.reader.now, pen.reader.zone, _DAYS)
    offered = [
        pen.button("mc-when-btn-today", "mcday", today.isoformat()) if now.hour < HOURS[-1] else None,
        pen.button("mc-when-btn-tomorrow", "mcday", tomorrow.isoformat()),
        *(Button(pen.formats.short_day(day), "mcday", day.isoformat()) for day in later),
    ]
    text = lines(pen.head(pen("mc-when-title"), _names(pen, card)), *_asked(pen, card, "mc-when-line"))
    # With a time already, the way out is the preview: who only asks for another must not drop what was held by a slip.
    close = None if card.draft.fields.get("when") else close_button(pen)
    rows = keyboard(
        (pen.button("mc-when-btn-now", "mcwhen", "now"), pen.button("mc-when-btn-hour", "mcwhen", "hour")),
        *in_rows([button for button in offered if button], 3),
        (_step_back(pen), close),
    )
    return View(text, rows)


def _hour(pen: Pen, card: MulticastDraftCard) -> View:
    day = date.fromisoformat(str(card.draft.fields["day"]))
    now = pen.reader.now.astimezone(pen.reader.zone)
    left = (hour for hour in HOURS if day > now.date() or hour > now.hour)
    text = lines(pen.head(pen("mc-hour-title"), pen.formats.day(day)), *_asked(pen, card, "mc-hour-line"))
    hours = in_rows((Button(f"{hour}:00", "mchour", str(hour)) for hour in left), 3)
    return View(text, keyboard(*hours, (_step_back(pen),)))


def _asked(pen: Pen, card: MulticastDraftCard, key: str) -> Sequence[Markup]:
    """Ask for a time; a refusal that gives an example of its own asks anew."""
    refused = refusal_lines(pen, card)
    again = (card.draft.fields.get("refused") or {}).get("code") in ("time_past", "time_unreadable")
    return refused if again else (*refused, pen(key))


def _step_back(pen: Pen) -> Button:
    return pen.button("word-btn-back", "mcback")


def _preview(pen: Pen, card: MulticastDraftCard) -> View:
    head = lines(
        pen.head(pen("mc-preview-title"), _names(pen, card)),
        *refusal_lines(pen, card),
        _standing(pen, card),
        _size(pen, card),
        tracked.list_line(pen, card),
        *_times(pen, card),
        pen("send-preview-sender", sender=str(card.draft.fields.get("sender") or "")),
        test_line(pen, card.test),
        *problem_lines(pen, card, card.problems),
        second_line(pen, card),
        pen("send-author", name=card.author_name) if pen.reader.group and card.author_name else None,
    )
    return View(page(head, quote(text_of(card)), _note(pen, card)), _preview_rows(pen, card))


def _standing(pen: Pen, card: MulticastDraftCard) -> Markup:
    source = card.draft.fields.get("source")
    if source:
        standing = pen("mc-preview-edited", was=pen.formats.dated(datetime.fromisoformat(source["start"])))
    else:
        standing = pen("mc-preview-line")
    return Markup(" ".join(filter(None, (done_line(pen, card), standing))))


def _size(pen: Pen, card: MulticastDraftCard) -> Markup | None:
    if card.analysis is None or card.price is None:
        return None
    numbers = recipients(card.draft.fields)
    size = pen("mc-preview-size", n=numbers, parts=card.analysis.parts)
    if card.analysis.parts > 1:
        size = pen("mc-preview-size-all", size=size, all=pen.formats.count(card.price.parts))
    return pen("mc-preview-cost", size=size, cost=pen.formats.money(card.price.cost)) if card.price.cost else size


def _times(pen: Pen, card: MulticastDraftCard) -> Sequence[Markup | None]:
    """The start by the reader's clock, by the provider's where that differs, and what a clock change did to it."""
    start = starts(card.draft.fields)
    if start is None:
        return (pen("appr-start-now" if card.second else "mc-preview-now"),)
    ours, theirs = start.astimezone(pen.reader.zone), start.astimezone(card.provider_zone)
    shift = card.draft.fields["when"].get("shift")
    shown = pen.formats.clock(start, card.provider_zone)
    if ours.date() != theirs.date():
        shown = f"{pen.formats.day(theirs.date())}, {shown}"
    place = pen.formats.place(card.provider_zone, start)
    # In whole minutes, up: who has typed "in 2 hours" reads 2 hours, and not all but some seconds.
    left = pen.formats.duration(-(-(start - pen.reader.now) // _MINUTE) * _MINUTE)
    return (
        pen("mc-start", start=pen.formats.start(start), left=left),
        pen("mc-preview-provider", time=shown, place=place) if ours.utcoffset() != theirs.utcoffset() else None,
        pen(f"mc-preview-{shift}") if shift else None,
    )


def _note(pen: Pen, card: MulticastDraftCard) -> Markup | None:
    several = len(chosen(card.draft.fields)) > 1 and not card.draft.fields.get("tracked")
    overlap = pen("mc-preview-overlap") if several else None
    price, money = card.price, pen.formats.money
    remains = None
    if price is not None and price.balance is not None and price.remains is not None and price.remains >= 0:
        remains = pen("mc-preview-remains", available=money(price.balance.available), remains=money(price.remains))
    said = " ".join(filter(None, (overlap, remains)))
    return small(Markup(said)) if said else None


def _preview_rows(pen: Pen, card: MulticastDraftCard) -> Rows:
    fields = card.draft.fields
    numbers = pen.formats.count(recipients(fields))
    now = starts(fields) is None
    start = pen.button("mc-btn-start", "ok", n=numbers) if now else pen.button("mc-btn-schedule", "ok")
    return keyboard(
        (ask_button(pen, card, "ok") or start,),
        (cheap_button(pen, card),),
        _field_buttons(pen),
        (field_button(pen, "sender"), test_button(pen, card)),
        (tracked.track_button(pen, card),),
        (pen.button("mc-btn-keep", "mckeep") if fields.get("source") else None,),
        (over_button(pen, card),),
        (close_button(pen),),
    )


def _field_buttons(pen: Pen) -> tuple[Button, ...]:
    return field_button(pen, "text"), pen.button("mc-btn-bases", "mcbases"), pen.button("mc-btn-time", "mctime")


def _warning(pen: Pen, card: MulticastDraftCard) -> View:
    asking = [problem for problem in card.problems if problem.asks]
    now = starts(card.draft.fields) is None
    head = lines(
        pen.head(warn_title(pen, card, "mc-warn-now-title" if now else "mc-warn-title"), _names(pen, card)),
        *(pen("send-warn-item", line=line) for line in problem_lines(pen, card, asking)),
        _size(pen, card),
        *_times(pen, card),
    )
    until = next((problem.args["until"] for problem in asking if problem.code == "night_start"), None)
    morning = pen.formats.clock(until) if isinstance(until, datetime) else None
    rows = keyboard(
        (ask_button(pen, card, "yes") or pen.button("mc-warn-btn-yes-now" if now else "mc-warn-btn-yes", "yes"),),
        (pen.button("mc-warn-btn-morning", "mcmorning", time=morning) if morning else None,),
        (back_button(pen),),
    )
    return View(page(head, quote(text_of(card))), rows)


def _blocked(pen: Pen, card: MulticastDraftCard) -> View:
    text = text_of(card)
    quoted = marked(text, card.analysis) if text.strip() and card.analysis else None
    title = pen.head(pen("send-blocked-title"), _names(pen, card))
    codes = {problem.code for problem in card.problems if problem.blocks}
    first = next((_MENDS[code](pen) for code in _MENDS if code in codes), None)
    rest = (*_field_buttons(pen), field_button(pen, "sender"))
    rows = keyboard(
        (pen.button("send-blocked-btn-fix", "fix") if repairable(card) else None,),
        (first,),
        *in_rows((button for button in rest if button != first), 2),
        (close_button(pen),),
    )
    return View(page(lines(title, *problem_lines(pen, card, card.problems)), quoted), rows)


def _closed(pen: Pen, card: MulticastDraftCard) -> View:
    if card.draft.state is DraftState.LAPSED:
        return _lapsed(pen, card)
    title, source = pen.head(pen("send-closed-title"), _names(pen, card)), card.draft.fields.get("source")
    was = pen.formats.dated(datetime.fromisoformat(source["start"])) if source else None
    left = pen("mc-closed-edit", was=was) if was else pen("send-closed-line")
    return View(lines(title, left), keyboard((pen.button("send-closed-btn-reopen", "reopen"),)))


def _lapsed(pen: Pen, card: MulticastDraftCard) -> View:
    """An edit that its start has overtaken: not sending can be mended, sending cannot."""
    start = datetime.fromisoformat(str(card.draft.fields["source"]["start"]))
    title = pen.head(pen("mc-missed-title"), _names(pen, card))
    return View(lines(title, pen("mc-missed-edit", time=pen.formats.moment(start))), missed_rows(pen))


_MENDS: Final[Mapping[str, Callable[[Pen], Button]]] = {
    "base_gone": lambda pen: pen.button("mc-btn-bases", "mcbases"),
    "comma": lambda pen: pen.button("mc-btn-bases", "mcbases"),
    "approval_late": lambda pen: pen.button("mc-btn-time", "mctime"),
    "start_passed": lambda pen: pen.button("mc-btn-time", "mctime"),
    "provider_hour": lambda pen: pen.button("mc-btn-time", "mctime"),
    "sender": lambda pen: field_button(pen, "sender"),
    "empty": lambda pen: field_button(pen, "text"),
    "too_long": lambda pen: field_button(pen, "text"),
    "mixed": lambda pen: field_button(pen, "text"),
}
_STEPS: Final[Mapping[str, Callable[[Pen, MulticastDraftCard], View]]] = {
    "ask_text": _ask_text,
    "blocked": _blocked,
    "closed": _closed,
    "field": field,
    "mc_bases": _bases,
    "mc_gather": tracked.gather,
    "mc_hour": _hour,
    "mc_when": _when,
    "preview": _preview,
    "warn": _warning,
}
