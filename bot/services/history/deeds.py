"""Deeds with all that a line about one says: several topics are walked side by side, by id."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.audit import PEOPLE
from bot.domain.audit_cards import PAGE, AuditCard, Change, Line, can_open
from bot.domain.history import Person
from bot.domain.models import Notice, Subject
from bot.storage import events as storage
from bot.storage import history, people
from bot.storage.engine import Tx
from bot.storage.events import Event
from gateway.phones import mask

_CHUNK: Final = 400
_PERSONS: Final = ("admin", "stranger")
_CHANGING: Final = ("default", "limit", "set")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose deeds, under which topic; without one, of all topics but what the bot did by itself."""

    who: int | None = None
    topic: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Wanted":
        """Read it from a notice's arguments."""
        return cls(args.get("who"), args.get("topic"))


async def card(tx: Tx, notice: Notice, *, drafting: bool) -> AuditCard:
    """Return a page of the audit, or one of its questions."""
    if notice.args.get("step") == "who":
        return AuditCard(notice, people=tuple(Person(row.user_id, row.name) for row in await history.people(tx)))
    wanted, before = Wanted.of(notice.args), notice.args.get("before")
    name = await people.name(tx, wanted.who) if wanted.who is not None else ""
    if notice.args.get("step"):
        return AuditCard(notice, name=name)
    found = await events(tx, wanted, PAGE + 1, before=before)
    newest = found[0].id if found else before
    newer = before is not None and bool(await events(tx, wanted, 1, after=newest if found else before - 1))
    shown = tuple(await _told(tx, found[:PAGE]))
    return AuditCard(notice, shown, newer, len(found) > PAGE, name=name, drafting=drafting)


async def events(
    tx: Tx, wanted: Wanted, limit: int, *, before: int | None = None, after: int | None = None
) -> list[Event]:
    """Return events beyond an id, the nearest to it first."""
    actor = f"admin:{wanted.who}" if wanted.who is not None else None
    topics = (wanted.topic,) if wanted.topic else PEOPLE
    pages = [await storage.page(tx, topic, limit, actor=actor, before=before, after=after) for topic in topics]
    found = sorted((one for page in pages for one in page), key=lambda one: one.id, reverse=after is None)
    return found[:limit]


async def lines(tx: Tx, wanted: Wanted, limit: int) -> list[Line]:
    """Return the newest deeds as lines."""
    found = await events(tx, wanted, limit)
    return [line for at in range(0, len(found), _CHUNK) for line in await _told(tx, found[at : at + _CHUNK])]


def columns(line: Line, *, masked: bool) -> list[Any]:
    """Return a line as a table keeps it: name, actor, kind, verb, role, what it was done to, and the change or None."""
    phone = mask(line.phone) if masked and line.phone else line.phone
    about = phone or ", ".join(line.bases) or line.person or (str(line.total) if line.total else "")
    return [line.name, line.actor, line.kind, line.verb, line.role or "", about, line.change and astuple(line.change)]


async def _told(tx: Tx, found: Sequence[Event]) -> list[Line]:
    """Say of each event by whom and to what."""
    approved = await storage.asked_about(tx, _ids(found, "approval"))
    about = {
        one.id: approved.get(one.about.id, one.about) if one.about.kind == "approval" else one.about for one in found
    }
    subjects = list(about.values())

    def ids(kind: str) -> list[int]:
        return [subject.id for subject in subjects if subject.kind == kind]

    sends, phones = await storage.sends(tx, ids("batch")), await storage.phones(tx, ids("message"))
    bases: dict[Subject, tuple[str, ...]] = {
        **{
            Subject("multicast", id_): names
            for id_, names in (await storage.bases_of_multicasts(tx, ids("multicast"))).items()
        },
        **{Subject("base", id_): (name,) for id_, name in (await storage.base_names(tx, ids("base"))).items()},
        **{
            Subject("import", id_): (name,) for id_, name in (await storage.bases_of_imports(tx, ids("import"))).items()
        },
    }
    people_ = [number for one in found if (number := _number(one.actor)) is not None]
    names = await storage.names(tx, [*people_, *ids("admin"), *ids("stranger")])
    told = []
    for one in found:
        subject, number = about[one.id], _number(one.actor)
        send = sends.get(subject.id) if subject.kind == "batch" else None
        told.append(
            Line(
                one.id,
                one.at,
                one.actor,
                names.get(number, str(number)) if number is not None else "",
                one.about.kind,
                one.verb,
                about=subject if can_open(subject.kind) else None,
                phone=send.phone if send else phones.get(subject.id) if subject.kind == "message" else None,
                total=send.total if send else 0,
                bases=bases.get(subject, ()),
                person=names.get(subject.id, "") if subject.kind in _PERSONS and subject.id != number else "",
                role=one.target if one.target in tuple(Role) and one.source is None else None,
                change=_change(one),
            )
        )
    return told


def _change(one: Event) -> Change | None:
    if one.source in tuple(Role):
        return Change("role", one.source, one.target)
    name = one.data.get("name") if one.verb in _CHANGING else None
    return Change(str(name), one.data.get("before"), one.data.get("value")) if name else None


def _ids(found: Sequence[Event], kind: str) -> list[int]:
    return [one.about.id for one in found if one.about.kind == kind]


def _number(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "admin" and number.isdecimal() else None
