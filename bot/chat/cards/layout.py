"""The shape of a card: lines, facts in a line, blocks apart, quotes; and what fits on it."""

from collections.abc import Iterable
from typing import Final

from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, Rows

BUDGET: Final = 3500
"""Characters of a card, markup included: well under Telegram's 4096."""
LISTED: Final = 20
"""Entries a list shows before it says how many more there are."""
_FOLDED_FROM: Final = 120
_NBSP: Final = "\u00a0"
_WHOLE_UP_TO: Final = 12


def facts(*parts: str | None) -> Markup:
    """Join what belongs in one line by a middle dot, which begins no line; None and "" are left out."""
    return Markup(f"{_NBSP}· ".join(_whole(part) for part in parts if part))


def lines(*parts: str | None) -> Markup:
    """Put each on a line of its own; None and "" are left out."""
    return Markup("\n".join(part for part in parts if part))


def page(*blocks: str | None) -> str:
    """Put a blank line between blocks; None and "" are left out."""
    return "\n\n".join(block for block in blocks if block)


def quote(text: str) -> Markup:
    """Quote a text whole: what is to be confirmed is what is shown; no text is nothing to quote."""
    return Markup(f"<blockquote>{escaped(text)}</blockquote>" if text else "")


def record(text: str) -> Markup:
    """Quote a text that has been confirmed: a long one folds."""
    return folded(escaped(text)) if len(text) > _FOLDED_FROM else quote(text)


def folded(text: str) -> Markup:
    """Quote what only the curious unfold: lists, raw answers, examples."""
    return Markup(f"<blockquote expandable>{escaped(text)}</blockquote>")


def code(text: str) -> Markup:
    """Show a text that a tap copies."""
    return Markup(f"<code>{escaped(text)}</code>")


def small(text: str) -> Markup:
    """Show a side note."""
    return Markup(f"<i>{escaped(text)}</i>")


def clipped(text: str, limit: int) -> str:
    """Cut a foreign text at so many characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Set buttons in rows of `width`."""
    left = tuple(buttons)
    return tuple(left[start : start + width] for start in range(0, len(left), width))


def keyboard(*rows: Iterable[Button | None]) -> Rows:
    """Set rows of buttons; a missing button and an empty row are left out."""
    kept = (tuple(button for button in row if button is not None) for row in rows)
    return tuple(row for row in kept if row)


def _whole(part: str) -> str:
    """Keep a short fact in one line: «не flash» is read at a glance, not at two."""
    return part.replace(" ", _NBSP) if len(part) <= _WHOLE_UP_TO and "<" not in part else part
