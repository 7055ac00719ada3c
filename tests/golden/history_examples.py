"""The history: pages, what they are narrowed down by, and what is asked for that."""

from collections.abc import Iterator
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.history import Entry, HistoryCard, Key, Person, Sought
from bot.domain.models import Notice, Reader
from tests.golden.made import AUTHOR, CONFIRMER, PHONE, at, reader

MARIA, IVAN = 1, 2


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    for name, card in _pages(language):
        yield name, (here, card)
    for name, card in _questions(language):
        yield name, (here, card)
    everything = _card({}, entries=_latest(), older=True)
    yield "hist-viewer", (reader(language, role=Role.VIEWER), everything)
    yield "hist-group", (reader(language, group=True), everything)


def _pages(language: str) -> Iterator[tuple[str, HistoryCard]]:
    name = CONFIRMER[language]
    failed: dict[str, Any] = {"status": "failed", "who": MARIA, "period": "2026-11-01/2026-11-15"}
    yield "hist", _card({}, entries=_latest(), older=True)
    yield "hist-drafting", _card({}, entries=_latest()[:1], drafting=True)
    yield "hist-later", _card({"before": "b12"}, entries=_latest()[:2], newer=True, older=True)
    yield "hist-today", _card({"period": "today"}, entries=_latest()[:2])
    yield "hist-filtered", _card(failed, entries=_crowds(), name=name)
    yield "hist-day", _card({"period": "2025-11-24/2025-11-24", "status": "going"}, entries=_going())
    yield "hist-phone", _card({"phone": PHONE}, entries=_to_phone())
    yield "hist-empty", _card({"status": "in_doubt", "period": "week"})
    yield "hist-never", _card({})
    yield "hist-beyond", _card({"before": "b12", "period": "today"}, newer=True)
    yield "hist-refused", _card({"refused": "позавчера <утром>"}, entries=_latest()[:1])


def _questions(language: str) -> Iterator[tuple[str, HistoryCard]]:
    people = (
        Person(MARIA, CONFIRMER[language]),
        Person(IVAN, AUTHOR[language]),
        Person(3, "Александра <Отдел> Семёнова"),
    )
    yield "hist-ask-status", _card({"step": "status", "status": "in_doubt"})
    yield "hist-ask-period", _card({"step": "period"})
    yield "hist-ask-period-refused", _card({"step": "period", "period": "week", "refused": "35.11"})
    yield "hist-ask-who", _card({"step": "who", "who": IVAN}, people=people)


def _card(args: dict[str, Any], **more: Any) -> HistoryCard:
    return HistoryCard(Notice(5, "history", args, at("12:04")), Sought.of(args), **more)


def _entry(number: int, clock: str, state: str, *, day: int = 24, kind: str = "batch", **more: Any) -> Entry:
    values: dict[str, Any] = {"words": "state", "of": "sms", "total": 1, "phone": PHONE, "sender": "MyShop"}
    return Entry(Key(kind, number), at(clock, day=day), state=state, **{**values, **more})


def _latest() -> tuple[Entry, ...]:
    several: dict[str, Any] = {"phone": None, "words": "hist"}
    return (
        _entry(16, "12:05", "delivered"),
        _entry(15, "12:01", "failed", **several, total=5),
        _entry(
            4, "11:50", "held", kind="multicast", words="mc", of="multicast", phone=None, total=1860, bases=("VIP",)
        ),
        _entry(14, "11:40", "in_doubt", of="mms", sender=""),
        _entry(13, "11:30", "sent", of="test"),
        _entry(12, "18:00", "going", day=23, **several, of="tracked", total=1860, bases=("VIP", "Ж" * 60)),
    )


def _crowds() -> tuple[Entry, ...]:
    several: dict[str, Any] = {"phone": None, "words": "hist", "day": 12}
    states = ("delivered", "no_report", "in_doubt", "cancelled", "sent", "failed")
    return tuple(_entry(9 - at_, "10:00", state, **several, total=at_ + 2) for at_, state in enumerate(states))


def _going() -> tuple[Entry, ...]:
    still = ("awaiting_approval", "ready", "paused")
    return tuple(_entry(9 - at_, "10:00", state, words="hist") for at_, state in enumerate(still))


def _to_phone() -> tuple[Entry, ...]:
    return (_entry(44, "12:05", "delivered", kind="message"), _entry(40, "11:05", "rejected", kind="message", day=23))
