"""Who has access: the list, one person, limits, invites, and what people are told of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.admins import AdminsCard, Invite, InviteCard, Listed, Unfinished
from bot.domain.cards import Problem
from bot.domain.models import Admin, Reader
from tests.golden.made import PHONE, TEXTS, at, draft, notice, reader

LINK = "https://t.me/myshop_bot?start=Zm9yIGFuIGV4YW1wbGUgaW4gYSB0"
NAMES = {"ru": ("Мария", "Иван", "Анна", "Пётр <3"), "en": ("Maria", "Ivan", "Anna", "Peter <3")}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    owner, operator = reader(language, role=Role.OWNER), reader(language)
    for name, model in (*_people(language), *_one(language), *_invites(language)):
        yield name, (owner, model)
    for name, model in (*_told(language), *_limited(language)):
        yield name, (operator, model)
    yield "limit-multicast-group", (reader(language, group=True), _over(language, "multicast", 1_000, 1_000, 1_860))


def person(language: str, number: int = 1, role: Role = Role.OPERATOR, **more: object) -> Admin:
    """Return an admin."""
    known = Admin(
        1001 + number, NAMES[language][number], role, language, "Europe/Moscow", None, None, enabled=True, seen_at=None
    )
    return replace(known, **{"seen_at": at("11:58"), **more})  # type: ignore[arg-type]


def invite(**more: object) -> Invite:
    """Return an invite of 12:04 for an operator."""
    made = at("12:04")
    it = Invite(7, "n", "h", "myshop_bot", Role.OPERATOR, 1001, made, made + timedelta(hours=24), None, None, None)
    return replace(it, **more)  # type: ignore[arg-type]


def _people(language: str) -> Iterator[tuple[str, Model]]:
    everyone = (
        person(language, 0, Role.OWNER),
        person(language, 1, seen_at=at("18:02", day=23)),
        person(language, 2, Role.VIEWER, seen_at=None),
        person(language, 3, enabled=False),
    )
    yield "admins-list", AdminsCard("list", {}, everyone, 4)
    open_ = (Listed(invite(), ""), Listed(invite(), ""))
    yield "admins-list-page", AdminsCard("list", {}, everyone[:2], 8, 1, 2, invites=open_)


def _one(language: str) -> Iterator[tuple[str, Model]]:
    ivan, busy = person(language), Unfinished(2, 1, 0, 1)
    yield "admins-person", AdminsCard("person", {}, person=ivan, spent=120)
    limited = replace(ivan, parts_a_day=500, largest_multicast=1_000)
    yield "admins-person-limited", AdminsCard("person", {}, person=limited, spent=480, unfinished=busy)
    yield "admins-person-unseen", AdminsCard("person", {}, person=replace(ivan, seen_at=None))
    yield "admins-person-off", AdminsCard("person", {}, person=replace(ivan, enabled=False))
    yield "admins-person-last", AdminsCard("person", {}, person=person(language, 0, Role.OWNER), last=True)
    yield "admins-role", AdminsCard("role", {}, person=ivan)
    yield "admins-off", AdminsCard("off", {}, person=ivan, unfinished=busy)
    yield "admins-off-idle", AdminsCard("off", {}, person=ivan)
    yield "admins-remove", AdminsCard("remove", {}, person=person(language, 3), unfinished=Unfinished(0, 0, 1))
    yield "admins-limits", AdminsCard("limits", {}, person=limited, spent=480)
    yield "admins-parts", AdminsCard("parts", {}, person=limited)
    yield "admins-parts-refused", AdminsCard("parts", {"refused": "<много>"}, person=limited)
    yield "admins-largest", AdminsCard("largest", {}, person=ivan)


def _invites(language: str) -> Iterator[tuple[str, Model]]:
    by, guest = NAMES[language][0], NAMES[language][3]
    yield "admins-invite-role", AdminsCard("invite", {})
    listed = (Listed(invite(id=8, role=Role.OWNER), by), Listed(invite(), by))
    yield "admins-invites", AdminsCard("invites", {}, count=2, invites=listed)
    yield "admins-invites-none", AdminsCard("invites", {})
    yield "admins-invite", InviteCard(invite(), by, LINK)
    yield "admins-invite-no-link", InviteCard(invite(), by)
    used = invite(used_by=1004, used_at=at("12:05"))
    yield "admins-invite-used", InviteCard(used, by, guest=guest)
    yield "admins-invite-revoked", InviteCard(invite(revoked_at=at("12:05")), by)
    yield "admins-invite-expired", InviteCard(invite(expires_at=at("12:05")), by)
    who = {"user_id": 412345678, "name": guest, "role": "operator", "by": by}
    yield "admins-invited", notice("invited", **who, username="username")
    yield "admins-invited-nameless", notice("invited", **who, username=None)
    yield "admins-in-private", notice("in_private")


def _told(language: str) -> Iterator[tuple[str, Model]]:
    decided = {"by": NAMES[language][0], "at": at("12:06").isoformat()}
    yield "access-role", notice("access", change="role", role="viewer", **decided)
    yield "access-disable", notice("access", change="disable", **decided)
    yield "access-remove", notice("access", change="remove", **decided)
    yield "access-enable", notice("access", change="enable", role="operator", **decided)
    yield "access-limits", notice("access", change="limits", parts_a_day=500, largest_multicast=None, **decided)
    yield "invite-kept", notice("invite_kept", role="operator")


def _limited(language: str) -> Iterator[tuple[str, Model]]:
    yield "limit-parts", _over(language, "parts", 500, 20, 21)


def _over(language: str, limit: str, most: int, left: int, asked: int) -> Model:
    problem = Problem("limit", {"limit": limit, "most": most, "left": left, "asked": asked})
    return draft("preview", {"text": TEXTS[language], "phones": [PHONE]}, problem)
