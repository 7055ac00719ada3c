"""What every draft is: fields, what each accepts, and where it stands. Pure.

One engine (`bot.services.drafts`) drives every kind; a kind says what it is made of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.cards import Price, Problem
from gateway import text as sms

Fields = Mapping[str, Any]

# What is said of a draft once, by the step that has just been taken: gone with the next one.
_PASSING: Final = ("refused", "fixed", "replaced", "undone", "over", "asking")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person has just given: a text, or the phones of shared contacts as they were written; when, by which clock."""

    text: str | None = None
    contacts: tuple[str, ...] = ()
    now: datetime | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it is not taken; the old value stays."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of draft: who may confirm it, what each field makes of what it is given, and how far its fields take it.

    `step` names where the fields alone stand ("preview" when nothing is missing); `awaited` the field that typing is for.
    """

    name: str
    role: Role
    accepts: Mapping[str, Callable[[Given, Fields], Fields | Refused]]
    step: Callable[[Fields], str]
    awaited: Callable[[Fields], str | None]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A complete draft held against the world: what its text is as SMS, what it costs, and what is wrong with it."""

    analysis: sms.Analysis | None
    price: Price
    problems: tuple[Problem, ...]

    @property
    def blocks(self) -> bool:
        """Return whether it cannot go as it is."""
        return any(problem.blocks for problem in self.problems)

    @property
    def asks(self) -> bool:
        """Return whether confirming it wants one more tap."""
        return any(problem.asks for problem in self.problems)


def shared(given: Given) -> str | None:
    """Return when contacts were shared, as a draft keeps it; None for what was typed."""
    return given.now.isoformat() if given.contacts and given.now else None


def settled(fields: Fields, **changes: Any) -> dict[str, Any]:
    """Return the fields after a step: changed, and with what was said in passing gone."""
    kept = {name: value for name, value in fields.items() if name not in _PASSING}
    return {name: value for name, value in (kept | changes).items() if value is not None}


def text_problems(fields: Fields, analysis: sms.Analysis) -> list[Problem]:
    """Return what of a text or sender the provider would refuse."""
    found = []
    if analysis.is_empty:
        found.append(Problem("empty", {}, blocks=True))
    if analysis.mixed:
        found.append(Problem("mixed", {}, blocks=True))
    if analysis.unencodable:
        found.append(Problem("unencodable", {}, blocks=True))
    if analysis.excess:
        found.append(Problem("too_long", {}, blocks=True))
    if sms.check_sender(str(fields.get("sender") or "")) is not None:
        found.append(Problem("sender", {"sender": fields.get("sender")}, blocks=True))
    return found


def accept_text(given: Given, fields: Fields) -> Fields | Refused:
    """Take a text whole, whatever is in it."""
    if given.text is None:
        return Refused("not_text")
    return settled(fields, text=given.text, shared=None)


def accept_sender(given: Given, fields: Fields) -> Fields | Refused:
    """Take a sender that keeps the provider's rule."""
    sender = (given.text or "").strip()
    if sms.check_sender(sender) is not None:
        return Refused("sender", {"sender": sender})
    return settled(fields, sender=sender)


def repaired(fields: Fields) -> dict[str, Any]:
    """Return the fields with every safe repair of the text made; what it says is never cut."""
    done = sms.repair(str(fields.get("text") or ""))
    return settled(fields, text=done.text, fixed=done.words or None, replaced=done.characters or None)


def cheaper(fields: Fields) -> dict[str, Any]:
    """Return the fields with the signs replaced that alone make the text longer."""
    return settled(fields, text=sms.replace_costly(str(fields.get("text") or "")))
