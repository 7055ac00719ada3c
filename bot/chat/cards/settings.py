"""How an admin likes it: language, zone, sender, own phone; each with its question."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.cards.fields import back_button
from bot.chat.cards.layout import in_rows, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.texts import LANGUAGES, Markup, escaped, texts
from bot.chat.view import Button, View
from bot.domain.cards import NoticeCard
from gateway.phones import mask

ZONES: Final = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Anadyr",
)
"""Zones offered as buttons, one for each offset in Russia; a press carries the index."""


def settings(pen: Pen, card: NoticeCard) -> View:
    """List the settings or ask for one; args: language, zone, sender, phone, asking, refused (the value not taken)."""
    args = card.notice.args
    if args.get("asking"):
        return _QUESTIONS[args["asking"]](pen, args)
    text = lines(
        pen("settings-title"),
        pen("settings-language", language=_name_of(args["language"])),
        pen("settings-zone", zone=pen.zone(args["zone"])),
        pen("settings-sender", sender=args["sender"]) if args.get("sender") else pen("settings-sender-none"),
        pen("settings-phone", phone=_own(pen, str(args["phone"]))) if args.get("phone") else pen("settings-phone-none"),
    )
    return View(text, in_rows((pen.button(f"settings-btn-{name}", "set", name) for name in _QUESTIONS), 2))


def _own(pen: Pen, phone: str) -> Markup:
    """In a group the own number is nobody else's business."""
    return Markup(mask(phone)) if pen.reader.group else pen.phone(phone)


def language(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Offer the languages."""
    title = pen.head(pen("language-title"), _name_of(pen.reader.language))
    return View(lines(title, pen("language-line")), keyboard(map(language_button, LANGUAGES)))


def own_phone(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Ask for the own contact, by a keyboard of its own."""
    text = lines(pen("settings-own-title"), pen("settings-own-line"))
    return View(text, contact=pen.words.plain("settings-own-contact"))


def own_phone_saved(pen: Pen, card: NoticeCard) -> View:
    """Say that the own phone is known now, and take the keyboard away; args: phone."""
    return View(pen.head(pen("settings-own-saved-title"), pen.phone(card.notice.args["phone"])), contact="")


def own_phone_left(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Take the keyboard away that nobody needs any more."""
    return View(pen("settings-own-left"), contact="")


def own_phone_refused(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Refuse somebody else's contact; the keyboard stays."""
    text = lines(pen("settings-own-refused-title"), pen("settings-own-refused-line"))
    return View(text, contact=pen.words.plain("settings-own-contact"))


def language_button(language: str) -> Button:
    """Make the button that switches to a language, named in that language."""
    return Button(texts(language).plain("word-btn-language"), "lang", language)


def _name_of(language: str) -> Markup:
    return texts(language)("word-language")


def _ask_language(pen: Pen, args: Mapping[str, Any]) -> View:
    title = pen.head(pen("settings-ask-language-title"), pen("settings-now", value=_name_of(args["language"])))
    rows = keyboard(map(language_button, LANGUAGES), (back_button(pen),))
    return View(lines(title, pen("settings-ask-language-line")), rows)


def _ask_zone(pen: Pen, args: Mapping[str, Any]) -> View:
    title = pen.head(pen("settings-ask-zone-title"), pen("settings-now", value=pen.zone(args["zone"])))
    refused = pen("settings-zone-refused") if args.get("refused") else None
    picks = (Button(_label(pen, ZoneInfo(name)), "zone", str(at)) for at, name in enumerate(ZONES))
    text = lines(title, refused, None if refused else pen("settings-ask-zone-line"))
    return View(text, keyboard(*in_rows(picks, 2), (back_button(pen),)))


def _label(pen: Pen, zone: ZoneInfo) -> str:
    return f"{pen.formats.city(zone)} {pen.formats.offset(zone)}"


def _ask_sender(pen: Pen, args: Mapping[str, Any]) -> View:
    now = pen("settings-now", value=escaped(args["sender"])) if args.get("sender") else None
    title = pen.head(pen("settings-ask-sender-title"), now)
    refused = pen("err-sender", sender=str(args["refused"])) if args.get("refused") else None
    text = lines(title, refused, None if refused else pen("settings-ask-sender-line"))
    return View(text, keyboard((back_button(pen),)))


def _ask_phone(pen: Pen, args: Mapping[str, Any]) -> View:
    now = pen("settings-now", value=pen.phone(args["phone"])) if args.get("phone") else None
    title = pen.head(pen("settings-ask-phone-title"), now)
    return View(lines(title, pen("settings-ask-phone-line")), keyboard((back_button(pen),)))


_QUESTIONS: Final[Mapping[str, Callable[[Pen, Mapping[str, Any]], View]]] = {
    "language": _ask_language,
    "zone": _ask_zone,
    "sender": _ask_sender,
    "phone": _ask_phone,
}
