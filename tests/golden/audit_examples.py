"""The audit: what people did, page by page, and what is asked for to narrow it down."""

from collections.abc import Iterator
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.audit_cards import AuditCard, Change, Line
from bot.domain.history import Person
from bot.domain.models import Notice, Reader, Subject
from tests.golden.made import AUTHOR, CONFIRMER, PHONE, at, reader

MARIA, IVAN = 1, 2


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    owner, name = reader(language, role=Role.OWNER), CONFIRMER[language]
    people = (Person(MARIA, name), Person(IVAN, AUTHOR[language]))
    yield "audit", (owner, _card({}, lines=_latest(language), older=True))
    yield "audit-group", (reader(language, group=True), _card({}, lines=_latest(language), older=True))
    settings: dict[str, Any] = {"topic": "settings"}
    yield "audit-changes", (owner, _card(settings, lines=_settings(language), older=True))
    yield "audit-changes-more", (owner, _card(settings, lines=_more_settings(language), newer=True))
    filtered: dict[str, Any] = {"topic": "people", "who": MARIA, "before": 40}
    yield "audit-filtered", (owner, _card(filtered, lines=_people(language), newer=True, name=name))
    yield "audit-bot", (owner, _card({"topic": "bot"}, lines=_bot(), drafting=True))
    yield "audit-empty", (owner, _card({"topic": "reveals"}))
    yield "audit-ask-who", (owner, _card({"step": "who", "who": IVAN}, people=people))
    yield "audit-ask-topic", (owner, _card({"step": "topic"}))


def _card(args: dict[str, Any], **more: Any) -> AuditCard:
    return AuditCard(Notice(5, "audit", args, at("12:04")), **more)


def _line(number: int, name: str, kind: str, verb: str, **more: Any) -> Line:
    return Line(number, at("12:04"), "admin:1", name, kind, verb, **more)


def _latest(language: str) -> tuple[Line, ...]:
    maria, ivan = CONFIRMER[language], AUTHOR[language]
    batch, multicast = Subject("batch", 7), Subject("multicast", 3)
    return (
        _line(59, maria, "batch", "confirm", about=batch, phone=PHONE),
        _line(58, ivan, "batch", "stop", about=Subject("batch", 6), total=1860),
        _line(57, ivan, "multicast", "schedule", about=multicast, bases=("VIP", "Клиенты <юг>")),
        _line(56, maria, "approval", "approve", about=multicast, bases=("VIP", "Клиенты <юг>")),
        _line(55, maria, "message", "reveal", about=Subject("message", 9), phone=PHONE),
        _line(54, ivan, "admin", "set"),
    )


def _people(language: str) -> tuple[Line, ...]:
    maria, ivan = CONFIRMER[language], AUTHOR[language]
    return (
        _line(39, maria, "admin", "role", person=ivan, change=Change("role", "viewer", "operator")),
        _line(38, maria, "stranger", "ignore", person="<Пётр>"),
        _line(37, maria, "invite", "invite", role="viewer"),
        _line(36, maria, "base", "add_phones", about=Subject("base", 4), bases=("VIP",)),
        _line(35, maria, "valve", "stop_all"),
        _line(34, maria, "teapot", "boil"),
    )


def _settings(language: str) -> tuple[Line, ...]:
    maria, ivan = CONFIRMER[language], AUTHOR[language]
    return (
        _line(29, ivan, "admin", "set", change=Change("sender", None, "MyShopPromo")),
        _line(28, ivan, "admin", "set", change=Change("zone", "Europe/Moscow", "Asia/Yekaterinburg")),
        _line(27, ivan, "admin", "set", change=Change("phone")),
        _line(26, maria, "admin", "default", change=Change("undo", 10, 0)),
        _line(25, maria, "chat", "set", change=Change("language", None, "en")),
        _line(24, maria, "admin", "limit", person=ivan, change=Change("parts_a_day", None, 1000)),
    )


def _more_settings(language: str) -> tuple[Line, ...]:
    maria = CONFIRMER[language]
    return (
        _line(19, maria, "watcher", "set", change=Change("money", None, "1500.50")),
        _line(18, maria, "watcher", "set", change=Change("days", "3", None)),
        _line(17, maria, "watcher", "set", change=Change("troubles", before=True, value=False)),
        _line(16, maria, "watcher", "set", change=Change("silence", None, "22-09")),
        _line(15, maria, "watcher", "set", change=Change("digest", 9, None)),
        _line(14, maria, "admin", "default", change=Change("quiet", "22-09", "00-00")),
    )


def _bot() -> tuple[Line, ...]:
    return (
        _line(59, "", "batch", "finish", about=Subject("batch", 7), phone=PHONE),
        _line(58, "", "multicast", "handed over", about=Subject("multicast", 3), bases=("VIP",)),
        _line(57, "", "import", "finish", about=Subject("import", 5), bases=("VIP",)),
    )
