"""A group's own language and clock."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.cards.layout import in_rows, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.cards.settings import ZONES
from bot.chat.texts import LANGUAGES, escaped, texts
from bot.chat.view import Button, View
from bot.domain.cards import NoticeCard


def room(pen: Pen, card: NoticeCard) -> View:
    """Show both, or ask for the zone; args: first (nobody has said), asking, refused (the value not taken).

    The reader of a card of a group is the group: what is in force is what it is drawn by.
    """
    args = card.notice.args
    if args.get("asking"):
        return _clock(pen, args)
    text = lines(
        pen("room-first-title") if args.get("first") else pen("room-title"),
        pen("room-first-line") if args.get("first") else None,
        pen("room-language", language=pen("word-language")),
        pen("room-zone", zone=pen.zone(pen.reader.zone.key)),
        pen("room-line"),
    )
    languages = (Button(texts(name).plain("word-btn-language"), "rmlang", name) for name in LANGUAGES)
    return View(text, keyboard(languages, (pen.button("room-btn-zone", "rmask"),)))


def joined(pen: Pen, card: NoticeCard) -> View:
    """Tell owners of a group that the bot was taken into; args: title, by."""
    return _membership(pen, "joined", card.notice.args)


def left_group(pen: Pen, card: NoticeCard) -> View:
    """Tell owners of a group that the bot was taken out of; args: title, by."""
    return _membership(pen, "left", card.notice.args)


def closed_group(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Say why a card of a group stands here."""
    return View(lines(pen("room-closed-title"), pen("room-closed-line")))


def _membership(pen: Pen, change: str, args: Mapping[str, Any]) -> View:
    title = pen.head(pen(f"room-{change}-title"), escaped(str(args["title"])))
    return View(lines(title, pen(f"room-{change}-line", by=str(args["by"]))))


def _clock(pen: Pen, args: Mapping[str, Any]) -> View:
    title = pen.head(pen("room-ask-title"), pen("settings-now", value=pen.zone(pen.reader.zone.key)))
    refused = pen("settings-zone-refused") if args.get("refused") else None
    zones = ((at, ZoneInfo(name)) for at, name in enumerate(ZONES))
    picks = (Button(f"{pen.formats.city(it)} {pen.formats.offset(it)}", "rmzone", str(at)) for at, it in zones)
    text = lines(title, refused or pen("settings-ask-zone-line"))
    return View(text, keyboard(*in_rows(picks, 2), (pen.button("word-btn-back", "rmback"),)))
