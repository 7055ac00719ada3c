"""The draft of an SMS: recipients, text, sender, flash. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.cards import Price, Problem
from bot.domain.drafts import Fields, Given, Kind, Refused, accept_sender, accept_text, settled, shared, text_problems
from bot.domain.policy import Policy
from gateway import phones as numbers
from gateway import text as sms

TOGETHER: Final = timedelta(minutes=1)
"""Between two contacts that are meant for the same list; by Telegram's clock, which goes on while we are down."""
_AT_ONCE: Final = timedelta(seconds=2)


def accept_phones(given: Given, fields: Fields) -> Fields | Refused:
    """Take every number in what was given; failed attempts stay beside them, to be named."""
    found = numbers.extract("\n".join((*given.contacts, given.text or "")))
    kept = fields if fields.get("adding") else {}
    unread = _just_refused(fields, given)
    beside = unread or (given.contacts and (kept.get("phones") or kept.get("invalid")))  # each contact comes alone
    if not found.valid and not (beside and found.invalid):
        if not found.invalid:
            return Refused("no_numbers")
        return Refused("bad_number", _refusal(found.invalid[0]))
    every = [*(kept.get("phones") or ()), *found.valid]
    unique = list(dict.fromkeys(every))
    repeats = int(kept.get("repeats") or 0) + len(every) - len(unique) + len(found.duplicates)
    invalid = [*(kept.get("invalid") or ()), *unread, *(_refusal(one) for one in found.invalid)]
    taken = {"phones": unique, "invalid": invalid or None, "repeats": repeats or None, "adding": None}
    return settled(fields, **taken, shared=shared(given))


def are_together(fields: Fields, given: Given, within: timedelta = TOGETHER) -> bool:
    """Say whether contacts belong to those that a draft has just been given."""
    before = fields.get("shared")
    return bool(before and given.contacts and given.now and given.now - datetime.fromisoformat(before) <= within)


def _just_refused(fields: Fields, given: Given) -> list[dict[str, Any]]:
    """Return the bad number of a contact sent at once with these: nobody has read yet why it was refused."""
    refused = fields.get("refused") or {}
    at_once = refused.get("code") == "bad_number" and are_together(fields, given, _AT_ONCE)
    return [dict(refused["args"])] if at_once else []


def _refusal(one: numbers.Refusal) -> dict[str, Any]:
    return {"raw": one.raw, "why": str(one.why), "digits": one.digits}


def begun(text: str, *, sender: str) -> dict[str, Any]:
    """Return the fields that the rest of a `/send` line gives: its leading numbers, and the text behind them."""
    return {"sender": sender, **addressed(text)}


def addressed(text: str) -> dict[str, Any]:
    """Return the fields that a line gives which begins with whom it is for."""
    found, rest = numbers.leading(text)
    fields: dict[str, Any] = {}
    if found.valid or found.invalid:
        fields |= {"phones": list(found.valid), "invalid": [_refusal(one) for one in found.invalid] or None}
        fields["repeats"] = len(found.duplicates) or None
    if rest.strip():
        fields["text"] = rest.strip()
    return settled(fields)


def step(fields: Fields) -> str:
    """Return where an open draft stands, as far as its fields alone tell."""
    if fields.get("candidate") is not None:
        return "which"
    if fields.get("editing"):
        return "field"
    if not fields.get("phones") and not fields.get("invalid"):
        return "ask_phones"
    if fields.get("text") is None:
        return "ask_text"
    return "preview"


def awaited(fields: Fields) -> str | None:
    """Return the field that the next typed message is for."""
    asked = {"ask_phones": "phones", "ask_text": "text", "field": fields.get("editing")}
    return asked.get(step(fields))


@dataclass(frozen=True, slots=True)
class Around:
    """What a draft is weighed against besides itself; `same_text` is when its text last went to `repeats` of its phones."""

    now: datetime
    price: Price
    same_text: datetime | None = None
    repeats: int = 1


def problems(fields: Fields, analysis: sms.Analysis, around: Around, policy: Policy) -> tuple[Problem, ...]:
    """Return all that a person should know before this leaves, what blocks it first."""
    return (*_blocking(fields, analysis), *_warning(fields, analysis, around, policy))


def _blocking(fields: Fields, analysis: sms.Analysis) -> list[Problem]:
    found = text_problems(fields, analysis)
    found += [Problem("bad_number", one, blocks=True) for one in fields.get("invalid") or ()]
    if not fields.get("phones") and not fields.get("invalid"):
        found.append(Problem("no_phones", {}, blocks=True))
    return found


def _warning(fields: Fields, analysis: sms.Analysis, around: Around, policy: Policy) -> list[Problem]:
    found = []
    if analysis.costly:
        found.append(Problem("costly", {}))
    if around.price.remains is not None and around.price.remains < 0:
        found.append(Problem("money", {}, asks=True))
    if around.same_text is not None:
        found.append(Problem("same_text", {"at": around.same_text, "count": around.repeats}, asks=True))
    return [*found, *night(fields, around, policy)]


def night(fields: Fields, around: Around, policy: Policy) -> list[Problem]:
    """Warn of what would reach people in their sleep; of several it wants one more tap."""
    many = len(fields.get("phones") or ()) > 1
    lasting = timedelta(seconds=around.price.parts / policy.send_rate)
    if not policy.quiet.touches(around.now, lasting, policy.zone):
        return []
    later = not policy.quiet.holds(around.now, policy.zone)
    args = {"hours": str(policy.quiet), "zone": policy.zone.key, "later": later}
    return [Problem("night", args, asks=many)]


SMS: Final = Kind(
    "sms",
    Role.OPERATOR,
    {"phones": accept_phones, "text": accept_text, "sender": accept_sender},
    step,
    awaited,
)
