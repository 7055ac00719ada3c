"""How an admin likes it, and what owners set for everybody: each setting with its question."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.cards.fields import back_button
from bot.chat.cards.layout import facts, in_rows, keyboard, lines
from bot.chat.cards.pen import Pen
from bot.chat.texts import LANGUAGES, Markup, escaped, texts
from bot.chat.view import Button, Rows, View
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


UNDO: Final = (0, 10, 30, 60)
"""Seconds offered as buttons."""
QUIET: Final = ("22-09", "21-10", "00-00")
"""Hours offered as buttons; equal ones are never."""
_NEVER: Final = "00-00"


def settings(pen: Pen, card: NoticeCard) -> View:
    """List the settings of a person, or (page: all) of everybody; or ask for one.

    Args: language, zone, sender, undo (seconds), quiet (22-09), phone, page, shared (names that are as for everybody),
    owner, asking, refused (the value not taken).
    """
    args = card.notice.args
    if args.get("asking") in _QUESTIONS:
        return _QUESTIONS[args["asking"]](pen, args)
    return _of_all(pen, args) if args.get("page") == "all" else _own_page(pen, args)


def default_changed(pen: Pen, card: NoticeCard) -> View:
    """Tell an owner what another has set for everybody; args: name, value, before, by, at."""
    args = card.notice.args
    name = str(args["name"])
    title = pen.head(pen("settings-changed-title"), pen.words.plain(f"settings-name-{name}"))
    now = pen("settings-changed-line", value=_value(pen, name, args["value"]), before=_value(pen, name, args["before"]))
    who = pen("settings-changed-by", who=f"{args['by']}, {pen.moment(str(args['at']))}")
    return View(lines(title, now, who))


def _own_page(pen: Pen, args: Mapping[str, Any]) -> View:
    shared = args.get("shared") or ()
    text = lines(
        pen("settings-title"),
        pen("settings-language", language=_name_of(args["language"])),
        pen("settings-zone", zone=pen.zone(args["zone"])),
        *(_line(pen, name, args[name], shared=name in shared) for name in ("sender", "undo", "quiet")),
        pen("settings-phone", phone=_own(pen, str(args["phone"]))) if args.get("phone") else pen("settings-phone-none"),
    )
    for_all = pen.button("settings-btn-all", "setall") if args.get("owner") else None
    return View(text, keyboard(*in_rows((_ask(pen, name) for name in _QUESTIONS), 2), (for_all,)))


def _of_all(pen: Pen, args: Mapping[str, Any]) -> View:
    text = lines(
        pen("settings-all-title"),
        pen("settings-all-line"),
        pen("settings-all-language", language=_name_of(args["language"])),
        pen("settings-zone", zone=pen.zone(args["zone"])),
        *(_line(pen, name, args[name]) for name in ("sender", "undo", "quiet")),
    )
    names = (name for name in _QUESTIONS if name != "phone")
    return View(text, keyboard(*in_rows((_ask(pen, name) for name in names), 2), (back_button(pen),)))


def _ask(pen: Pen, name: str) -> Button:
    return pen.button(f"settings-btn-{name}", "set", name)


def _line(pen: Pen, name: str, value: Any, *, shared: bool = False) -> Markup:
    line = pen(f"settings-{name}", value=_value(pen, name, value))
    return facts(line, pen("settings-shared")) if shared else line


def _value(pen: Pen, name: str, value: Any) -> Markup:
    match name:
        case "language":
            return _name_of(str(value))
        case "zone":
            return escaped(pen.zone(str(value)))
        case "undo":
            return escaped(pen.formats.duration(timedelta(seconds=int(value)))) if value else pen("settings-undo-none")
        case "quiet":
            return pen("settings-quiet-none") if value == _NEVER else escaped(str(value).replace("-", "–"))
        case _:
            return escaped(str(value))


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
    return View(lines(title, _scope(pen, args), pen("settings-ask-language-line")), rows)


def _ask_zone(pen: Pen, args: Mapping[str, Any]) -> View:
    title = pen.head(pen("settings-ask-zone-title"), pen("settings-now", value=pen.zone(args["zone"])))
    refused = pen("settings-zone-refused") if args.get("refused") else None
    picks = (Button(_label(pen, ZoneInfo(name)), "zone", str(at)) for at, name in enumerate(ZONES))
    text = lines(title, _scope(pen, args), refused, None if refused else pen("settings-ask-zone-line"))
    return View(text, keyboard(*in_rows(picks, 2), (back_button(pen),)))


def _label(pen: Pen, zone: ZoneInfo) -> str:
    return f"{pen.formats.city(zone)} {pen.formats.offset(zone)}"


def _ask_sender(pen: Pen, args: Mapping[str, Any]) -> View:
    now = pen("settings-now", value=escaped(args["sender"])) if args.get("sender") else None
    title = pen.head(pen("settings-ask-sender-title"), now)
    refused = pen("err-sender", sender=str(args["refused"])) if args.get("refused") else None
    text = lines(title, _scope(pen, args), refused, None if refused else pen("settings-ask-sender-line"))
    return View(text, keyboard((_as_everybody(pen, args, "sender"),), (back_button(pen),)))


def _ask_undo(pen: Pen, args: Mapping[str, Any]) -> View:
    never = pen.words.plain("settings-btn-never")
    picks = (_to(pen.words.plain("settings-btn-seconds", n=n) if n else never, "undo", str(n)) for n in UNDO)
    return _ask_value(pen, args, "undo", in_rows(picks, 2))


def _ask_quiet(pen: Pen, args: Mapping[str, Any]) -> View:
    never = pen.words.plain("settings-btn-never")
    picks = (_to(never if one == _NEVER else one.replace("-", "–"), "quiet", one) for one in QUIET)
    return _ask_value(pen, args, "quiet", in_rows(picks, 3))


def _to(label: str, name: str, value: str) -> Button:
    return Button(label, "setto", f"{name}-{value}")


def _ask_value(pen: Pen, args: Mapping[str, Any], name: str, picks: Rows) -> View:
    title = pen.head(pen(f"settings-ask-{name}-title"), pen("settings-now", value=_value(pen, name, args[name])))
    hint = f"settings-{name}-refused" if args.get("refused") else f"settings-ask-{name}-line"
    text = lines(title, _scope(pen, args), pen(hint), None if args.get("refused") else pen(f"settings-ask-{name}-hint"))
    return View(text, keyboard(*picks, (_as_everybody(pen, args, name),), (back_button(pen),)))


def _as_everybody(pen: Pen, args: Mapping[str, Any], name: str) -> Button | None:
    """Make the way back to what holds for everybody, where a person has a value of his own."""
    own = args.get("page") != "all" and name not in (args.get("shared") or ())
    return pen.button("settings-btn-shared", "setto", f"{name}-") if own else None


def _scope(pen: Pen, args: Mapping[str, Any]) -> Markup | None:
    return pen("settings-all-line") if args.get("page") == "all" else None


def _ask_phone(pen: Pen, args: Mapping[str, Any]) -> View:
    now = pen("settings-now", value=pen.phone(args["phone"])) if args.get("phone") else None
    title = pen.head(pen("settings-ask-phone-title"), now)
    return View(lines(title, pen("settings-ask-phone-line")), keyboard((back_button(pen),)))


_QUESTIONS: Final[Mapping[str, Callable[[Pen, Mapping[str, Any]], View]]] = {
    "language": _ask_language,
    "zone": _ask_zone,
    "sender": _ask_sender,
    "undo": _ask_undo,
    "quiet": _ask_quiet,
    "phone": _ask_phone,
}
