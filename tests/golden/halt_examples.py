"""The panic switch: stopped, the list of what waits, and let go on."""

from collections.abc import Iterator
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.models import Reader
from tests.golden.made import AUTHOR, CONFIRMER, OTHERS, PHONE, at, notice, reader

NONE: dict[str, Any] = {"sends": 0, "multicasts": 0, "flying": 0, "gone": [], "rest": 0, "importing": False}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    owner, group = reader(language, role=Role.OWNER), reader(language, role=Role.VIEWER, group=True)
    viewer = reader(language, role=Role.VIEWER)
    by = {"by": AUTHOR[language], "at": at("12:04").isoformat()}
    gone = {"bases": ["VIP"], "at": at("13:00").isoformat(), "how": "waits"}
    runs = {"bases": ["Клиенты", "VIP"], "at": at("11:30").isoformat(), "how": "runs"}
    doubt = {"bases": ["Опт"], "at": at("11:50").isoformat(), "how": "doubt"}
    found = {**NONE, **by, "sends": 2, "multicasts": 1, "gone": [gone]}
    resumed = {"resumed_by": CONFIRMER[language], "resumed_at": at("12:40").isoformat(), "going": 2}
    yield "halt", (here, notice("halt", **found))
    yield "halt-owner", (owner, notice("halt", **found))
    yield "halt-viewer", (viewer, notice("halt", **found))
    yield "halt-group", (group, notice("halt", **found))
    much = {**found, "sends": 21, "flying": 3, "gone": [gone, doubt, runs], "rest": 2, "importing": True}
    yield "halt-much", (owner, notice("halt", **much))
    yield "halt-nothing", (owner, notice("halt", **NONE, **by))
    yield "halt-over", (reader(language, now=at("12:40")), notice("halt", **found, **resumed))
    idle = {**NONE, **by, **resumed, "going": 0}
    yield "halt-over-nothing", (reader(language, now=at("12:40")), notice("halt", **idle))
    sends = [
        {"phone": PHONE, "total": 1, "queued": 1, "sender": "MyShop"},
        {"phone": None, "total": len(OTHERS) + 1, "queued": len(OTHERS) + 1, "sender": "MyShop"},
        {"phone": None, "total": 1860, "queued": 620, "sender": "MyShop"},
    ]
    listed = {"sends": sends, "multicasts": [{"bases": ["VIP", "Клиенты"], "at": at("18:00").isoformat()}], "rest": 4}
    yield "halted-list", (here, notice("halt_list", **listed))
    yield "halted-list-viewer", (viewer, notice("halt_list", **listed))
    yield "halted-list-empty", (here, notice("halt_list", sends=[], multicasts=[], more=0))
    yield "halted-off", (owner, notice("halt_off"))
