"""The draft of a multicast: bases, text, sender, and when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.cards import Price, Problem
from bot.domain.drafts import Fields, Given, Kind, Refused, accept_sender, accept_text, settled, text_problems
from bot.domain.policy import Policy
from bot.domain.tracked import frozen
from bot.domain.when import AskHour, At, Now, Past, When, at, parse
from gateway import text as sms

NEIGHBOUR: Final = timedelta(hours=2)
EDITABLE: Final = ("text", "sender")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A base as it was chosen: our id, its name, and how many numbers it held when the card was shown."""

    id: int
    name: str
    total: int


def chosen(fields: Fields) -> tuple[Chosen, ...]:
    """Return the bases of a draft."""
    return tuple(Chosen(int(base["id"]), str(base["name"]), int(base["total"])) for base in fields.get("bases") or ())


def recipients(fields: Fields) -> int:
    """Return how many numbers a draft goes to: those of its frozen list, or of its bases as the provider counts them."""
    found = frozen(fields)
    return found.total if found is not None else sum(base.total for base in chosen(fields))


def starts(fields: Fields) -> datetime | None:
    """Return the absolute start of a draft; None is at once."""
    at = (fields.get("when") or {}).get("at")
    return datetime.fromisoformat(at) if at else None


def ticked(fields: Fields, base: Chosen, *, on: bool) -> dict[str, Any]:
    """Return the fields with a base chosen, or chosen no more."""
    kept = [one for one in chosen(fields) if one.id != base.id]
    bases = [*kept, base] if on else kept
    return settled(fields, bases=[as_json(one) for one in bases], choosing=True, tracked=None)


def as_json(base: Chosen) -> dict[str, Any]:
    """Return a base as a draft keeps it."""
    return {"id": base.id, "name": base.name, "total": base.total}


def accept_filter(given: Given, fields: Fields) -> Fields | Refused:
    """Take a part of a name, by which the list of bases is narrowed."""
    return settled(fields, filter=(given.text or "").strip() or None, page=None)


def accept_when(given: Given, fields: Fields) -> Fields | Refused:
    """Take a time in words; a bare date asks for the hour, and what follows is then that day's."""
    if given.text is None or given.now is None or given.zone is None:
        return Refused("time_unreadable")
    day = fields.get("day")
    return _timed(fields, parse(given.text, given.now, given.zone, date.fromisoformat(day) if day else None))


def at_hour(fields: Fields, hour: int, now: datetime, zone: ZoneInfo) -> Fields | Refused:
    """Take a whole hour of the day that was chosen before."""
    taken = at(date.fromisoformat(fields["day"]), hour, 0, zone)
    return _timed(fields, taken if taken.moment > now else Past(taken.moment))


def in_an_hour(fields: Fields, now: datetime) -> Fields:
    """Take the same minute of the next hour."""
    return starting(fields, (now + timedelta(hours=1)).replace(second=0, microsecond=0))


def starting(fields: Fields, start: datetime | None) -> Mapping[str, Any]:
    """Take a moment that is known already; None is at once."""
    when = {"at": start.astimezone(UTC).isoformat()} if start else {"now": True}
    return settled(fields, when=when, day=None, editing=None)


def _timed(fields: Fields, when: When) -> Fields | Refused:
    match when:
        case Now():
            return starting(fields, None)
        case At(moment=moment, shift=None):
            return starting(fields, moment)
        case At(moment=moment, shift=shift):
            return settled(fields, when={"at": moment.isoformat(), "shift": shift}, day=None, editing=None)
        case AskHour(day=day):
            return settled(fields, day=day.isoformat())
        case Past():
            return Refused("time_past")
        case _:
            return Refused("time_unreadable")


def after_night(start: datetime, policy: Policy) -> datetime:
    """Return the end of the quiet hours that a moment lies in."""
    day, hour = start.astimezone(policy.zone).date(), policy.quiet.end
    ends = (at(day + timedelta(days=ahead), hour, 0, policy.zone).moment for ahead in range(3))
    return next(end for end in ends if end > start)


def _twice_at_the_provider(start: datetime, zone: ZoneInfo) -> bool:
    wall = start.astimezone(zone)
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def step(fields: Fields) -> str:
    """Return where an open draft stands, as far as its fields alone tell."""
    editing = fields.get("editing")
    if editing in EDITABLE:
        return "field"
    if not fields.get("bases") or fields.get("choosing"):
        return "mc_bases"
    if fields.get("text") is None:
        return "ask_text"
    if fields.get("day"):
        return "mc_hour"
    if fields.get("when") is None or editing == "when":
        return "mc_when"
    return "mc_gather" if fields.get("tracked") and frozen(fields) is None else "preview"


def awaited(fields: Fields) -> str | None:
    """Return the field that the next typed message is for."""
    asked = {"mc_bases": "filter", "ask_text": "text", "mc_when": "when", "mc_hour": "when"}
    asked["field"] = str(fields.get("editing"))
    return asked.get(step(fields))


@dataclass(frozen=True, slots=True)
class Around:
    """What a multicast is weighed against: time, money, and what else goes to its bases.

    `same_text`: base name → when it last got this text. `neighbours`: base name → when another multicast to it starts.
    `gone`: names that the provider lists no more.
    """

    now: datetime
    price: Price
    same_text: Mapping[str, datetime] = field(default_factory=dict)
    neighbours: Mapping[str, datetime] = field(default_factory=dict)
    gone: Sequence[str] = ()


def problems(fields: Fields, analysis: sms.Analysis, around: Around, policy: Policy) -> tuple[Problem, ...]:
    """Return all that a person should know before this is scheduled, what blocks it first."""
    bases, start = chosen(fields), starts(fields)
    found = text_problems(fields, analysis)
    found += [Problem("comma", {"base": base.name}, blocks=True) for base in bases if "," in base.name]
    if around.gone:
        found.append(Problem("base_gone", {"names": tuple(around.gone)}, blocks=True))
    if start is not None and start <= around.now:
        found.append(Problem("start_passed", {"at": start}, blocks=True))
    if start is not None and _twice_at_the_provider(start, policy.provider_zone):
        found.append(Problem("provider_hour", {"zone": policy.provider_zone.key}, blocks=True))
    if policy.quiet.holds(start or around.now, policy.zone):
        moment = start or around.now
        args = {"at": moment, "hours": str(policy.quiet), "zone": policy.zone.key, "until": after_night(moment, policy)}
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


def parted(names: Sequence[str], listed: Sequence[str]) -> str | None:
    """Return the base whose own comma has made several of these typed names out of one; None where there is none."""
    typed = "," + ",".join(name.casefold() for name in names) + ","
    whole = {name: ",".join(part.strip() for part in name.casefold().split(",")) for name in listed if "," in name}
    return next((name for name, parts in whole.items() if f",{parts}," in typed), None)


MULTICAST: Final = Kind(
    "multicast",
    Role.OPERATOR,
    {"filter": accept_filter, "text": accept_text, "sender": accept_sender, "when": accept_when},
    step,
    awaited,
)
