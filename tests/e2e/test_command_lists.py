"""The commands of a role: what /help names, what Telegram lists and what the docs say are one, in both languages."""

import re
from pathlib import Path

import pytest

from bot.domain.access import Role
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

pytestmark = ON_ONE_DATABASE
_DOCS = Path(__file__).parents[2] / "docs/commands.md"
_ROW = re.compile(r"^\| `/(\w+)` \| (\w+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
Named = list[tuple[str, str]]


def in_docs(role: Role, language: str) -> Named:
    rows = _ROW.findall(_DOCS.read_text(encoding="utf-8"))
    return [
        (name, english if language == "en" else russian)
        for name, least, english, russian in rows
        if role.may(Role(least))
    ]


def in_help(person: Person) -> Named:
    listed, _, _examples = person.card.text.partition("\n\n")
    lines = (line.removeprefix("/").partition(" ") for line in listed.split("\n")[1:])
    return [(name, about) for name, _, about in lines]


def in_telegram(house: House, person: Person) -> Named:
    return [(one["command"], one["description"]) for one in house.world.menus.shown(person.id, person.id)]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("role", Role)
async def test_help_telegram_and_the_docs_name_the_same_commands(
    house: House, ivan: Person, role: Role, language: str
) -> None:
    """Each with the same words, in the same order."""
    await ivan.say("/start")  # from now on the language is his own choice, not Telegram's
    await house.change(ivan, role=role, language=language)
    await house.go(seconds=1)
    await ivan.say("/help")
    assert in_docs(role, language)
    assert in_help(ivan) == in_docs(role, language)
    assert in_telegram(house, ivan) == in_docs(role, language)
