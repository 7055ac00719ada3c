"""The draft of a multicast: bases, text, sender, and when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.cards import Price, Problem
from bot.domain.drafts import Fields, Given, Kind, Refused, accept_sender, accept_text, settled, text_problems
from bot.domain.policy import Policy
from bot.domain.when import AskHour, At, Now, Past, parse
from gateway import text as sms

NEIGHBOUR: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A base as it was chosen: our id, its name, and how many numbers it held when the card was shown."""

    id: int
    name: str
    total: int


def chosen(fields: Fields) -> tuple[Chosen, ...]:
    """Return the bases of a draft."""
    return tuple(Chosen(int(base["id"]), str(base["name"]), int(base["total"])) for base in fields.get("bases") or ())


def starts(fields: Fields) -> datetime | None:
    """Return the absolute start of a draft; None is at once."""
    at = (fields.get("when") or {}).get("at")
    return datetime.fromisoformat(at) if at else None


def toggled(fields: Fields, base: Chosen) -> dict[str, Any]:
    """Return the fields with a base chosen, or chosen no more."""
    kept = [one for one in chosen(fields) if one.id != base.id]
    bases = kept if len(kept) < len(chosen(fields)) else [*kept, base]
    return settled(fields, bases=[as_json(one) for one in bases], choosing=True)


def as_json(base: Chosen) -> dict[str, Any]:
    """Return a base as a draft keeps it."""
    return {"id": base.id, "name": base.name, "total": base.total}


def accept_filter(given: Given, fields: Fields) -> Fields | Refused:
    """Take a part of a name, by which the list of bases is narrowed."""
    return settled(fields, filter=(given.text or "").strip() or None, page=None)


def accept_when(given: Given, fields: Fields) -> Fields | Refused:
    """Take a time in words; a bare date asks for the hour."""
    if given.text is None or given.now is None or given.zone is None:
        return Refused("time_unreadable")
    match parse(given.text, given.now, given.zone):
        case Now():
            return settled(fields, when={"now": True}, day=None)
        case At(moment=moment, shift=shift):
            return settled(fields, when={"at": moment.isoformat(), "shift": shift}, day=None)
        case AskHour(day=day):
            return settled(fields, day=day.isoformat())
        case Past():
            return Refused("time_past")
        case _:
            return Refused("time_unreadable", {"typed": given.text[:40]})


def step(fields: Fields) -> str:
    """Return where an open draft stands, as far as its fields alone tell."""
    editing = fields.get("editing")
    if editing in ("text", "sender"):
        return "field"
    if not fields.get("bases") or fields.get("choosing"):
        return "mc_bases"
    if fields.get("text") is None:
        return "ask_text"
    if fields.get("when") is None or editing == "when":
        return "mc_hour" if fields.get("day") else "mc_when"
    return "preview"


def awaited(fields: Fields) -> str | None:
    """Return the field that the next typed message is for."""
    asked = {"mc_bases": "filter", "ask_text": "text", "mc_when": "when", "mc_hour": "when"}
    asked["field"] = str(fields.get("editing"))
    return asked.get(step(fields))


@dataclass(frozen=True, slots=True)
class Around:
    """What a multicast is weighed against: time, money, and what else goes to its bases.

    `same_text`: base name → when it last got this text. `neighbours`: base name → when another multicast to it starts.
    """

    now: datetime
    price: Price
    same_text: Mapping[str, datetime]
    neighbours: Mapping[str, datetime]


def problems(fields: Fields, analysis: sms.Analysis, around: Around, policy: Policy) -> tuple[Problem, ...]:
    """Return all that a person should know before this is scheduled, what blocks it first."""
    bases, start = chosen(fields), starts(fields)
    found = text_problems(fields, analysis)
    found += [Problem("comma", {"base": base.name}, blocks=True) for base in bases if "," in base.name]
    if start is not None and start <= around.now:
        found.append(Problem("start_passed", {"at": start}, blocks=True))
    if policy.quiet.holds(start or around.now, policy.zone):
        args = {"at": start or around.now, "hours": str(policy.quiet), "zone": policy.zone.key}
        found.append(Problem("night_start", args, asks=True))
    if around.price.remains is not None and around.price.remains < 0:
        found.append(Problem("short", {"by": -around.price.remains}, asks=True))
    found += [Problem("same_base", {"base": name, "at": at}, asks=True) for name, at in around.same_text.items()]
    found += [Problem("empty_base", {"base": base.name}, asks=True) for base in bases if base.total == 0]
    found += [Problem("neighbour", {"base": name, "at": at}, asks=True) for name, at in around.neighbours.items()]
    if analysis.costly:
        found.append(Problem("costly", {}))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OneShot:
    """A whole multicast typed at once: base names, what should be a time, and the text."""

    names: Sequence[str]
    time: str | None
    text: str | None


def read(rest: str) -> OneShot:
    """Read what stands behind `/multicast`, one line each: bases, time, then the text."""
    lines = rest.strip().splitlines()
    names = tuple(filter(None, (name.strip() for name in (lines[0] if lines else "").split(","))))
    time = lines[1].strip() if len(lines) > 1 else None
    text = "\n".join(lines[2:]).strip() if len(lines) > 2 else None  # noqa: PLR2004 - bases and time come first
    return OneShot(names, time or None, text or None)


MULTICAST: Final = Kind(
    "multicast",
    Role.OPERATOR,
    {"filter": accept_filter, "text": accept_text, "sender": accept_sender, "when": accept_when},
    step,
    awaited,
)
