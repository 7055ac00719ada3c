"""What groups alone see: questions asked for a reply, and their own language and zone."""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.cards import AskCard
from bot.domain.models import Place, Reader
from tests.golden.made import AUTHOR, draft, notice, reader

ASKED = ("phones", "text", "sender", "when", "subject", "picture", "mark", "search", "number", "refusal", "reason")


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language, group=True)
    for awaiting in ASKED:
        row = replace(draft("ask_phones", {}).draft, place=Place(-1), awaiting=awaiting)
        yield f"ask-{awaiting}", (here, AskCard(row, AUTHOR[language]))
    owner = reader(language, role=Role.OWNER, group=True)
    yield "room", (owner, notice("room"))
    yield "room-first", (owner, notice("room", first=True))
    yield "room-clock", (owner, notice("room", asking=True))
    yield "room-clock-refused", (owner, notice("room", asking=True, refused="Тьмутаракань"))
    told = {"title": "Склад" if language == "ru" else "Store", "by": AUTHOR[language]}
    yield "room-joined", (reader(language), notice("joined", **told))
    yield "room-left", (reader(language), notice("left_group", **told))
    yield "room-closed", (reader(language), notice("closed_group"))
