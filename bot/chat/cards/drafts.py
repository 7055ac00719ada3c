"""A draft's card: its questions, one field at a time, what blocks it, and its end."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.chat.cards.fields import (
    FIELDS,
    back_button,
    close_button,
    field_button,
    over_button,
    phones_of,
    repeats_line,
    text_of,
)
from bot.chat.cards.layout import clipped, code, in_rows, keyboard, lines, page, quote
from bot.chat.cards.pen import Pen
from bot.chat.cards.previews import preview, warning
from bot.chat.cards.problems import invalid_lines, marked, problem_lines, refusal_lines, repairable
from bot.chat.texts import Markup
from bot.chat.view import Button, Rows, View
from bot.domain.cards import DraftCard
from gateway.text import MAX_LENGTH

_CANDIDATE: Final = 200
_COPIED: Final = 3000
_SENDERS: Final = 3
_FIELD_OF: Final = {"sender": "sender", "empty": "text", "too_long": "text", "mixed": "text", "no_phones": "phones"}
"""The field to mend, by problem, where no single tap does it."""


def draft(pen: Pen, card: DraftCard) -> View:
    """Draw a draft as it stands at its step."""
    return _STEPS[card.step](pen, card)


def _which(pen: Pen, card: DraftCard) -> View:
    candidate = quote(clipped(str(card.draft.fields.get("candidate") or ""), _CANDIDATE))
    if not card.found:
        yes = pen.button("send-plain-btn-yes", "which", "text")
        return View(page(pen("send-plain-title"), candidate), keyboard((yes,), (close_button(pen),)))
    title = pen.head(pen("send-which-title"), pen("send-which-subject", n=card.found))
    phones = pen.button("send-which-btn-phones", "which", "phones", n=card.found)
    text = pen.button("send-which-btn-text", "which", "text")
    rows = keyboard((phones,), (text,), (close_button(pen),))
    return View(page(lines(title, pen("send-which-line")), candidate), rows)


def _ask_phones(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("send-new-title"), pen("send-ask-phones-subject"))
    asked = lines(title, *refusal_lines(pen, card), pen("send-ask-phones-line"), pen("send-ask-phones-hint"))
    written = text_of(card)
    # A group cannot be asked for one's own contact, so there the number must be known.
    myself = None if pen.reader.group and not card.own_phone else pen.button("send-ask-phones-btn-self", "self")
    rows = keyboard((over_button(pen, card),), (myself, close_button(pen)))
    return View(page(asked, quote(clipped(written, _CANDIDATE)) if written else None), rows)


def _ask_text(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("send-new-title"), pen.recipients(phones_of(card)))
    why = (*invalid_lines(pen, card), repeats_line(pen, card), *refusal_lines(pen, card))
    asked = lines(title, *why, pen("send-ask-text-line", limit=MAX_LENGTH))
    rows = keyboard((over_button(pen, card),), (pen.button("word-btn-to", "edit", "phones"), close_button(pen)))
    return View(asked, rows)


def field(pen: Pen, card: DraftCard) -> View:
    """Draw the question for one field anew."""
    return _FIELDS[str(card.draft.fields["editing"])](pen, card)


def _field_text(pen: Pen, card: DraftCard) -> View:
    before = text_of(card)
    title = lines(_was(pen, pen("send-field-text-title"), before), *refusal_lines(pen, card))
    hint = pen("send-field-text-hint") if before else pen("send-ask-text-line", limit=MAX_LENGTH)
    return View(page(title, code(clipped(before, _COPIED)) if before else None, hint), keyboard((back_button(pen),)))


def _field_phones(pen: Pen, card: DraftCard) -> View:
    before = phones_of(card)
    title = lines(_was(pen, pen("send-field-phones-title"), before), *refusal_lines(pen, card))
    rows = keyboard((pen.button("send-field-btn-add", "add") if before else None,), (back_button(pen),))
    return View(page(title, pen.recipients(before), pen("send-field-phones-hint")), rows)


def _field_sender(pen: Pen, card: DraftCard) -> View:
    now = pen("send-field-sender-was", sender=str(card.draft.fields.get("sender") or ""))
    title = pen.head(pen("send-field-sender-title"), now)
    last = list(card.draft.fields.get("senders") or ())[:_SENDERS]
    picks = in_rows((Button(name, "pick", str(at)) for at, name in enumerate(last)), 2)
    # A refusal names the rule; the hint would name it once more.
    hint = [pen("send-field-sender-hint" if last else "settings-ask-sender-line")]
    return View(lines(title, *(refusal_lines(pen, card) or hint)), keyboard(*picks, (back_button(pen),)))


def _was(pen: Pen, title: Markup, before: object) -> Markup:
    return pen.head(title, pen("send-field-was") if before else None)


def _blocked(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("send-blocked-title"), pen.recipients(phones_of(card)))
    text = text_of(card)
    quoted = marked(text, card.analysis) if text.strip() and card.analysis else None
    return View(
        page(lines(title, *problem_lines(pen, card, card.problems), repeats_line(pen, card)), quoted),
        _repairs(pen, card),
    )


def _repairs(pen: Pen, card: DraftCard) -> Rows:
    """The first button is the repair: one that mends all, else the field that is wrong."""
    codes = [problem.code for problem in card.problems if problem.blocks]
    bad = sum(problem.code == "bad_number" for problem in card.problems)
    fix = pen.button("send-blocked-btn-fix", "fix") if repairable(card) else None
    drop = pen.button("send-blocked-btn-drop", "drop", n=bad) if bad and phones_of(card) else None
    wrong = next((_FIELD_OF[problem] for problem in codes if problem in _FIELD_OF), "phones" if bad else "text")
    first = None if fix or drop else wrong
    rest = (field_button(pen, name) for name in FIELDS if name != first)
    return keyboard((fix,), (drop,), (field_button(pen, first) if first else None,), rest, (close_button(pen),))


def _closed(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("send-closed-title"), pen.recipients(phones_of(card)))
    rows = keyboard((pen.button("send-closed-btn-reopen", "reopen"),))
    return View(lines(title, pen("send-closed-line")), rows)


_FIELDS: Final[Mapping[str, Callable[[Pen, DraftCard], View]]] = {
    "phones": _field_phones,
    "sender": _field_sender,
    "text": _field_text,
}
_STEPS: Final[Mapping[str, Callable[[Pen, DraftCard], View]]] = {
    "ask_phones": _ask_phones,
    "ask_text": _ask_text,
    "blocked": _blocked,
    "closed": _closed,
    "field": field,
    "preview": preview,
    "warn": warning,
    "which": _which,
}
