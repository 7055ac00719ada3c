"""What all cards of a draft share: its fields and the buttons that lead to them."""

from typing import Final

from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup
from bot.chat.view import Button
from bot.domain.cards import DraftCard

FIELDS: Final = {"text": "word-btn-text", "phones": "word-btn-to", "sender": "word-btn-sender"}


def phones_of(card: DraftCard) -> tuple[str, ...]:
    """Return the recipients named so far."""
    return tuple(card.draft.fields.get("phones") or ())


def text_of(card: DraftCard) -> str:
    """Return the text written so far."""
    return str(card.draft.fields.get("text") or "")


def repeats_line(pen: Pen, card: DraftCard) -> Markup | None:
    """Say how many numbers were named more than once."""
    repeats = int(card.draft.fields.get("repeats") or 0)
    return pen("send-preview-repeats", n=repeats) if repeats else None


def field_button(pen: Pen, field: str) -> Button:
    """Make the button that edits a field."""
    return pen.button(FIELDS[field], "edit", field)


def over_button(pen: Pen, card: DraftCard) -> Button | None:
    """Make the button that begins anew, where a draft was raised instead of a new one begun."""
    return pen.button("send-btn-over", "over") if card.draft.fields.get("over") else None


def close_button(pen: Pen) -> Button:
    """Make the way out."""
    return pen.button("word-btn-close", "close")


def back_button(pen: Pen) -> Button:
    """Make the way one step up."""
    return pen.button("word-btn-back", "back")
