"""Who has access: the list, one person, what is decided of him; invites; and what people are told of it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.chat.cards.bases import turning
from bot.chat.cards.layout import clipped, code, facts, in_rows, keyboard, lines, page
from bot.chat.cards.pen import Pen
from bot.chat.texts import Markup, escaped
from bot.chat.view import Button, View
from bot.domain.access import Role
from bot.domain.admins import PAGE, AdminsCard, AdminsModel, InviteCard, Unfinished
from bot.domain.cards import NoticeCard
from bot.domain.models import Admin

_NAME: Final = 40
_OFFERED: Final = (100, 500, 1_000, 5_000, 10_000, 50_000)
"""Limits offered as buttons; any other is typed."""


def who_has_access(pen: Pen, card: AdminsModel) -> View:
    """Draw where an owner stands on /admins, or one invite."""
    return admins(pen, card) if isinstance(card, AdminsCard) else invite(pen, card)


def admins(pen: Pen, card: AdminsCard) -> View:
    """Draw where an owner stands on /admins."""
    if card.person is not None:
        return _OF_ONE.get(card.step, _person)(pen, card, card.person)
    return {"invite": _invite, "invites": _invites}.get(card.step, _list)(pen, card)


def invite(pen: Pen, card: InviteCard) -> View:
    """Draw one invite: its link while it is open, and what became of it."""
    it, role = card.invite, pen.role(card.invite.role)
    if it.used_at is not None:
        told = pen(
            "admins-invite-guest", id=code(str(it.used_by)), name=card.guest or "", time=pen.formats.moment(it.used_at)
        )
        return View(lines(pen.head(pen("admins-invite-used-title"), role), told))
    if not it.is_open(pen.reader.now):
        title = "admins-invite-revoked-title" if it.revoked_at is not None else "admins-invite-expired-title"
        return View(lines(pen.head(pen(title), role), pen("admins-invite-over-line")))
    head = lines(
        pen.head(pen("admins-invite-title"), role),
        pen("admins-invite-line", time=pen.formats.moment(it.expires_at)),
        pen("admins-invite-hint"),
    )
    rows = keyboard((pen.button("admins-btn-revoke", "adrevoke", str(it.id)),))
    return View(page(head, code(card.link) if card.link else pen("admins-invite-no-link")), rows)


def invited(pen: Pen, card: NoticeCard) -> View:
    """Tell owners who came in by an invite; args: user_id, name, username, role, by."""
    args = card.notice.args
    who, role = code(str(args["user_id"])), pen.role(str(args["role"]))
    named = args.get("username")
    line = pen("admins-invited-named", id=who, username=str(named), role=role) if named else None
    return View(
        lines(
            pen.head(pen("admins-invited-title"), escaped(clipped(str(args["name"]), _NAME))),
            line or pen("admins-invited-line", id=who, role=role),
            pen("admins-invited-by", by=str(args["by"])),
            pen("admins-invited-next"),
        )
    )


def invite_kept(pen: Pen, card: NoticeCard) -> View:
    """Tell an admin that he needs no invite; args: role."""
    title = pen.head(pen("admins-kept-title"), pen.role(str(card.notice.args["role"])))
    return View(lines(title, pen("admins-kept-line"), pen("admins-kept-next")))


def in_private(pen: Pen, card: NoticeCard) -> View:  # noqa: ARG001
    """Say in a group where the answer is."""
    return View(pen("admins-in-private"))


def access(pen: Pen, card: NoticeCard) -> View:
    """Tell somebody what was decided of him; args: change (role | disable | remove | enable | limits), by, at.

    And what it is now: role; parts_a_day, largest_multicast.
    """
    args = card.notice.args
    change, role = str(args["change"]), args.get("role")
    told = (
        lines(_parts(pen, args["parts_a_day"], None), _largest(pen, args["largest_multicast"]))
        if change == "limits"
        else None
    )
    return View(
        lines(
            pen.head(pen(f"admins-told-{change}-title"), pen.role(str(role)) if role else None),
            told,
            pen("admins-told-line", by=str(args["by"]), time=pen.moment(str(args["at"]))),
        )
    )


def _list(pen: Pen, card: AdminsCard) -> View:
    first = card.page * PAGE
    entries = (_entry(pen, first + at, person) for at, person in enumerate(card.people, 1))
    numbers = (Button(str(first + at), "adopen", str(one.user_id)) for at, one in enumerate(card.people, 1))
    invites = pen.button("admins-btn-invites", "adgo", "invites", n=len(card.invites)) if card.invites else None
    rows = keyboard(
        *in_rows(numbers, 3),
        turning(pen, card.page, card.pages, "adpage"),
        (pen.button("admins-btn-invite", "adgo", "invite"), invites),
    )
    return View(lines(pen.head(pen("admins-list-title"), pen("admins-people", n=card.count)), *entries), rows)


def _entry(pen: Pen, number: int, person: Admin) -> Markup:
    if not person.enabled:
        last = pen("admins-off")
    elif person.seen_at is None:
        last = pen("admins-unseen")
    else:
        last = Markup(pen.formats.moment(person.seen_at))
    return facts(f"{number}. {_name(person)}", pen.role(person.role), last)


def _person(pen: Pen, card: AdminsCard, person: Admin) -> View:
    role = pen.role(person.role)
    title = pen.head(pen("admins-person-title", title=_name(person)), role)
    who = code(str(person.user_id))
    seen = pen("admins-person-unseen", id=who)
    if person.seen_at is not None:
        seen = pen("admins-person-seen", id=who, time=pen.formats.moment(person.seen_at))
    text = lines(
        title if person.enabled else pen.head(pen("admins-person-off-title"), facts(_name(person), role)),
        seen,
        _parts(pen, person.parts_a_day, card.spent),
        _largest(pen, person.largest_multicast),
        pen("admins-unfinished", what=left) if (left := _left(pen, card.unfinished)) else None,
        pen("admins-person-last") if card.last else None,
    )
    access_ = pen.button("admins-btn-off", "adgo", "off") if person.enabled else pen.button("admins-btn-on", "adon")
    rows = keyboard(
        (
            None if card.last else pen.button("admins-btn-role", "adgo", "role"),
            pen.button("admins-btn-limits", "adgo", "limits"),
        ),
        () if card.last else (access_, pen.button("admins-btn-remove", "adgo", "remove")),
        (pen.button("admins-btn-list", "adgo", "list"),),
    )
    return View(text, rows)


def _role(pen: Pen, card: AdminsCard, person: Admin) -> View:  # noqa: ARG001
    now = pen("admins-now", value=pen.role(person.role))
    return View(
        lines(pen.head(pen("admins-role-title"), _name(person)), now, pen("admins-roles")),
        _roles(pen, "adrole", "person"),
    )


def _off(pen: Pen, card: AdminsCard, person: Admin) -> View:
    return _shut(pen, card, person, "off")


def _remove(pen: Pen, card: AdminsCard, person: Admin) -> View:
    return _shut(pen, card, person, "remove")


def _shut(pen: Pen, card: AdminsCard, person: Admin, how: str) -> View:
    left, edits = _left(pen, card.unfinished), card.unfinished.edits
    text = lines(
        pen.head(pen(f"admins-{how}-title"), _name(person)),
        pen("admins-shut-line"),
        pen("admins-shut-left", what=left) if left else None,
        pen("admins-shut-edits", n=edits) if edits else None,
        pen(f"admins-{how}-next"),
    )
    sure = pen.button(f"admins-btn-{how}", "adoff" if how == "off" else "adgone")
    return View(text, keyboard((sure,), (_back(pen, "person"),)))


def _limits(pen: Pen, card: AdminsCard, person: Admin) -> View:
    text = lines(
        pen.head(pen("admins-limits-title"), _name(person)),
        _parts(pen, person.parts_a_day, card.spent),
        _largest(pen, person.largest_multicast),
    )
    rows = keyboard(
        (pen.button("admins-btn-parts", "adgo", "parts"), pen.button("admins-btn-largest", "adgo", "largest")),
        (_back(pen, "person"),),
    )
    return View(text, rows)


def _limit(pen: Pen, card: AdminsCard, person: Admin) -> View:
    refused, step = card.state.get("refused"), card.step
    now = person.parts_a_day if step == "parts" else person.largest_multicast
    value = pen("admins-no-limit") if now is None else Markup(pen.formats.count(now))
    hint = pen("admins-limit-refused", typed=str(refused)) if refused else pen("admins-limit-hint")
    text = lines(pen.head(pen(f"admins-{step}-title"), _name(person)), hint, pen("admins-now", value=value))
    offered = (Button(pen.formats.count(most), "adset", f"{step}/{most}") for most in _OFFERED)
    free = pen.button("admins-btn-no-limit", "adset", f"{step}/none")
    return View(text, keyboard(*in_rows(offered, 3), (free,), (_back(pen, "limits"),)))


def _invite(pen: Pen, card: AdminsCard) -> View:  # noqa: ARG001
    title = pen.head(pen("admins-new-title"), pen("admins-new-which"))
    return View(lines(title, pen("admins-new-line"), pen("admins-roles")), _roles(pen, "adinvite", "list"))


def _invites(pen: Pen, card: AdminsCard) -> View:
    entries = [
        pen(
            "admins-invites-line",
            n=at,
            role=pen.role(one.invite.role),
            time=pen.formats.moment(one.invite.expires_at),
            by=one.by,
        )
        for at, one in enumerate(card.invites, 1)
    ]
    more = card.count - len(entries)
    ends = (
        pen.button("admins-btn-revoke-one", "adrevoke", str(one.invite.id), n=at)
        for at, one in enumerate(card.invites, 1)
    )
    text = lines(
        pen.head(pen("admins-invites-title"), pen.formats.count(card.count) if card.count else None),
        *(entries or [pen("admins-invites-none")]),
        pen("word-more", n=more) if more > 0 else None,
    )
    return View(text, keyboard(*in_rows(ends, 2), (pen.button("admins-btn-list", "adgo", "list"),)))


def _roles(pen: Pen, verb: str, back: str) -> tuple[tuple[Button, ...], ...]:
    roles = {role: pen.button(f"stranger-btn-{role}", verb, role) for role in Role}
    return keyboard((roles[Role.VIEWER], roles[Role.OPERATOR]), (roles[Role.OWNER], _back(pen, back)))


def _back(pen: Pen, step: str) -> Button:
    return pen.button("word-btn-back", "adgo", step)


def _name(person: Admin) -> Markup:
    return escaped(clipped(person.name or str(person.user_id), _NAME))


def _left(pen: Pen, left: Unfinished) -> Markup:
    counts: Mapping[str, int] = {"sends": left.sends, "multicasts": left.multicasts, "imports": left.imports}
    return Markup(", ".join(pen(f"admins-left-{what}", n=n) for what, n in counts.items() if n))


def _parts(pen: Pen, most: Any, spent: int | None) -> Markup:
    limit = pen("admins-parts-free") if most is None else pen("admins-parts", n=int(most))
    return limit if spent is None else facts(limit, pen("admins-spent", n=spent))


def _largest(pen: Pen, most: Any) -> Markup:
    return pen("admins-largest-free") if most is None else pen("admins-largest", n=int(most))


_OF_ONE: Final[Mapping[str, Callable[[Pen, AdminsCard, Admin], View]]] = {
    "role": _role,
    "off": _off,
    "remove": _remove,
    "limits": _limits,
    "parts": _limit,
    "largest": _limit,
}
