"""What the card of the audit shows: a line for each deed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.domain.audit import BOT, PEOPLE
from bot.domain.history import Person
from bot.domain.models import Notice, Subject

PAGE: Final = 6
EXPORTED: Final = 10_000
"""Deeds in a table, the newest."""
OFFERED: Final = (*PEOPLE[:-1], BOT)
_LETTERS: Final[Mapping[str, str]] = {"batch": "b", "multicast": "c", "message": "m", "import": "i", "base": "p"}
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """What a setting of this name was, and what it has become, as stored; None: there is none of one's own."""

    name: str
    before: Any = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Line:
    """One deed; `about` is what its button opens, if there is a card of it.

    Of what it was done to: `phone`, or `total` recipients, or the names of bases, or a person. `role` that was given.
    """

    id: int
    at: datetime
    actor: str
    name: str
    kind: str
    verb: str
    about: Subject | None = None
    phone: str | None = None
    total: int = 0
    bases: tuple[str, ...] = ()
    person: str = ""
    role: str | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class AuditCard:
    """A page of the audit, or a question (the notice's `step`: who | topic); `name`: of whose deeds are looked for."""

    notice: Notice
    lines: tuple[Line, ...] = ()
    newer: bool = False
    older: bool = False
    people: tuple[Person, ...] = ()
    name: str = ""
    drafting: bool = False


def packed(about: Subject) -> str:
    """Return a subject as a button carries it: b12."""
    return f"{_LETTERS[about.kind]}{about.id}"


def opened(text: str) -> Subject | None:
    """Read what a button carries; None for anything else."""
    kind, number = _KINDS.get(text[:1]), text[1:]
    return Subject(kind, int(number)) if kind and number.isascii() and number.isdecimal() else None


def can_open(kind: str) -> bool:
    """Return whether there is a card for subjects of this kind."""
    return kind in _LETTERS
