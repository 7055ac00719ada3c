"""An MMS that is composed: its questions, its preview below the picture, and the second tap."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.chat.cards.drafts import draft, field
from bot.chat.cards.fields import back_button, close_button, over_button, phones_of, repeats_line, text_of
from bot.chat.cards.kinds import subject_line
from bot.chat.cards.layout import clipped, code, facts, keyboard, lines, page, quote
from bot.chat.cards.pen import Pen
from bot.chat.cards.previews import ask_button, numbers_list, second_line, warn_title
from bot.chat.cards.problems import invalid_lines, problem_lines, refusal_lines
from bot.chat.texts import Markup
from bot.chat.view import Button, Rows, View
from bot.domain.cards import DraftCard
from bot.domain.mms_drafts import MOST_SUBJECT, MOST_TEXT, picture, size
from gateway.checks import MMS_LIMIT

FIELDS: Final = {
    "text": "word-btn-text",
    "subject": "mms-btn-subject",
    "phones": "word-btn-to",
    "picture": "mms-btn-picture",
}
_OMITS: Final = {"subject": "mms-btn-no-subject", "text": "mms-btn-no-text", "picture": "mms-btn-no-picture"}
_COPIED: Final = 3000
_TOO_LONG: Final = 600
"""Characters shown of a text that is too long to be sent anyway."""
_KILO: Final = 1024


def mms(pen: Pen, card: DraftCard) -> View:
    """Draw a draft as it stands at its step; a new message of it replies to its picture."""
    view, shown = _STEPS[card.step](pen, card), picture(card.draft.fields)
    return replace(view, reply_to=shown.message) if shown else view


def _ask_phones(pen: Pen, card: DraftCard) -> View:
    on_its_way = pen("mms-wait-line") if card.draft.fields.get("coming") else None
    title = pen.head(pen("mms-new-title"), pen("send-ask-phones-subject"))
    asked = (pen("send-ask-phones-line"), pen("send-ask-phones-hint"), on_its_way)
    text = lines(title, *refusal_lines(pen, card), *asked)
    myself = None if pen.reader.group and not card.own_phone else pen.button("send-ask-phones-btn-self", "self")
    written = text_of(card)
    rows = keyboard((over_button(pen, card),), (myself, close_button(pen)))
    return View(page(text, quote(clipped(written, _TOO_LONG)) if written else None), rows)


def _content(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("mms-new-title"), pen.recipients(phones_of(card)))
    why = (*invalid_lines(pen, card), repeats_line(pen, card), *refusal_lines(pen, card))
    text = lines(title, *why, pen("mms-content-line", limit=MOST_TEXT))
    rows = keyboard((over_button(pen, card),), (_button(pen, "phones"), close_button(pen)))
    return View(text, rows)


def _wait(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("mms-wait-title"), pen.recipients(phones_of(card)))
    why = (*invalid_lines(pen, card), repeats_line(pen, card), *refusal_lines(pen, card))
    text = lines(title, pen("mms-wait-next"), subject_line(pen, card.draft.fields.get("subject")), *why)
    written = text_of(card)
    rows = keyboard(_buttons(pen, "text", "subject", "phones"), (over_button(pen, card),), (close_button(pen),))
    return View(page(text, quote(clipped(written, _TOO_LONG)) if written else None), rows)


def _field(pen: Pen, card: DraftCard) -> View:
    editing = str(card.draft.fields["editing"])
    return field(pen, card) if editing == "phones" else _FIELDS[editing](pen, card)


def _field_text(pen: Pen, card: DraftCard) -> View:
    before = text_of(card)
    hint = pen("send-field-text-hint") if before else pen("send-ask-text-line", limit=MOST_TEXT)
    return _asked(pen, card, "send-field-text-title", before, hint)


def _field_subject(pen: Pen, card: DraftCard) -> View:
    before = str(card.draft.fields.get("subject") or "")
    return _asked(pen, card, "mms-field-subject-title", before, pen("mms-field-subject-hint", limit=MOST_SUBJECT))


def _field_picture(pen: Pen, card: DraftCard) -> View:
    return _asked(pen, card, "mms-field-picture-title", "", pen("mms-field-picture-hint"))


def _asked(pen: Pen, card: DraftCard, title: str, before: str, hint: Markup) -> View:
    head = lines(pen.head(pen(title), pen("send-field-was") if before else None), *refusal_lines(pen, card))
    editing = str(card.draft.fields["editing"])
    omit = pen.button(_OMITS[editing], "omit", editing) if card.draft.fields.get(editing) else None
    shown = code(clipped(before, _COPIED)) if before else None
    return View(page(head, shown, hint), keyboard((omit,), (back_button(pen),)))


def _preview(pen: Pen, card: DraftCard) -> View:
    to, fields = phones_of(card), card.draft.fields
    standing = pen("send-preview-undone" if fields.get("undone") else "send-preview-line")
    head = lines(
        pen.head(pen("mms-preview-title"), pen.recipients(to)),
        Markup(f"{standing} {_size(pen, card)}"),
        subject_line(pen, fields.get("subject")),
        *refusal_lines(pen, card),
        repeats_line(pen, card),
        *problem_lines(pen, card, card.problems),
        second_line(pen, card),
        pen("send-author", name=card.author_name) if pen.reader.group and card.author_name else None,
    )
    return View(page(head, _quoted(card), numbers_list(pen, to) if len(to) > 1 else None), _keyboard(pen, card))


def _size(pen: Pen, card: DraftCard) -> Markup:
    used = pen("mms-preview-size", used=math.ceil(size(card.draft.fields) / _KILO), limit=MMS_LIMIT // _KILO)
    shown = picture(card.draft.fields)
    if shown is None:
        return pen("mms-preview-bare", size=used)
    return pen("mms-preview-picture", size=used, width=str(shown.width), height=str(shown.height))


def _quoted(card: DraftCard) -> Markup | None:
    return quote(text_of(card)) if text_of(card).strip() else None


def _keyboard(pen: Pen, card: DraftCard) -> Rows:
    many = len(phones_of(card))
    send = pen.button("mms-btn-confirm", "ok") if many == 1 else pen.button("mms-btn-confirm-many", "ok", n=many)
    confirm = ask_button(pen, card, "ok") or send
    fields = _buttons(pen, "text", "subject", "phones")
    return keyboard((confirm,), fields, (over_button(pen, card),), (_button(pen, "picture"), close_button(pen)))


def _warn(pen: Pen, card: DraftCard) -> View:
    asking = problem_lines(pen, card, [problem for problem in card.problems if problem.asks])
    head = lines(
        pen.head(warn_title(pen, card, "mms-warn-title"), pen.recipients(phones_of(card))),
        *(pen("send-warn-item", line=line) for line in asking),
        facts(subject_line(pen, card.draft.fields.get("subject")), _size(pen, card)),
    )
    rows = keyboard((ask_button(pen, card, "yes") or pen.button("send-warn-btn-yes", "yes"),), (back_button(pen),))
    return View(page(head, _quoted(card)), rows)


def _blocked(pen: Pen, card: DraftCard) -> View:
    title = pen.head(pen("send-blocked-title"), pen.recipients(phones_of(card)))
    head = lines(title, *problem_lines(pen, card, card.problems), repeats_line(pen, card))
    bad = sum(problem.code == "bad_number" for problem in card.problems)
    drop = pen.button("send-blocked-btn-drop", "drop", n=bad) if bad and phones_of(card) else None
    written = text_of(card)
    shown = quote(clipped(written, _TOO_LONG)) if written.strip() else None
    fields = _buttons(pen, "text", "subject", "phones")
    return View(page(head, shown), keyboard((drop,), fields, (_button(pen, "picture"), close_button(pen))))


def _buttons(pen: Pen, *names: str) -> Iterable[Button]:
    return (_button(pen, name) for name in names)


def _button(pen: Pen, name: str) -> Button:
    return pen.button(FIELDS[name], "edit", name)


_FIELDS: Final[Mapping[str, Callable[[Pen, DraftCard], View]]] = {
    "picture": _field_picture,
    "subject": _field_subject,
    "text": _field_text,
}
_STEPS: Final[Mapping[str, Callable[[Pen, DraftCard], View]]] = {
    "ask_phones": _ask_phones,
    "blocked": _blocked,
    "closed": draft,
    "field": _field,
    "mms_content": _content,
    "mms_wait": _wait,
    "preview": _preview,
    "warn": _warn,
}
