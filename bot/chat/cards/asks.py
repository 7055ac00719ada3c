"""What is asked: of the provider, and of one person in a group, once more, so that the answer comes as a reply."""

from typing import Final

from bot.chat.cards.layout import lines
from bot.chat.cards.pen import Pen
from bot.chat.cards.requests import request
from bot.chat.texts import Markup, escaped
from bot.chat.view import View
from bot.domain.cards import AskCard, RequestCard

_NAMED: Final = (
    "clock",
    "history",
    "into",
    "mark",
    "number",
    "phones",
    "picture",
    "refusal",
    "search",
    "sender",
    "subject",
    "text",
    "when",
    "zone",
)
"""What a draft may wait for, and is asked for in words of its own."""


def asked(pen: Pen, card: RequestCard | AskCard) -> View:
    """Draw a question as it stands."""
    return _ask(pen, card) if isinstance(card, AskCard) else request(pen, card)


def _ask(pen: Pen, card: AskCard) -> View:
    # The mention opens the reply on this person's screen alone.
    awaited = card.draft.awaiting if card.draft.awaiting in _NAMED else "other"
    who = Markup(f'<a href="tg://user?id={card.draft.author}">{escaped(card.name)}</a>')
    text = lines(pen(f"ask-title-{awaited}"), pen("ask-line", who=who))
    return View(text, placeholder=pen.words.plain(f"ask-hint-{awaited}"))
