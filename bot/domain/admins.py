"""What the cards of /admins show: people, one person, invites."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.domain.access import Role
from bot.domain.models import Admin

PAGE: Final = 6
STEPS: Final = ("list", "person", "role", "off", "remove", "limits", "parts", "largest", "invite", "invites")
"""Where somebody may stand on the card of /admins."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link: whoever opens it first gets the role. `bot` is the name of the bot that it leads to."""

    id: int
    nonce: str
    hash: str
    bot: str
    role: Role
    created_by: int
    created_at: datetime
    expires_at: datetime
    used_by: int | None
    used_at: datetime | None
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Return whether it still lets somebody in."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What somebody confirmed that is not over: it goes on without him. `edits`: multicasts out of hold for an edit."""

    sends: int = 0
    multicasts: int = 0
    imports: int = 0
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """An invite in the list of open ones, and who made it."""

    invite: Invite
    by: str


@dataclass(frozen=True, slots=True)
class AdminsCard:
    """Where an owner stands on /admins; `step` is one of STEPS.

    `state`: what its notice holds. `people`: a page of the list. `person`: whose card it is, `spent` his parts of today, `last`
    whether no other owner is enabled. `invites`: the open ones.
    """

    step: str
    state: Mapping[str, Any]
    people: tuple[Admin, ...] = ()
    count: int = 0
    page: int = 0
    pages: int = 1
    person: Admin | None = None
    unfinished: Unfinished = Unfinished()
    spent: int = 0
    last: bool = False
    invites: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteCard:
    """An invite on its own card; `link` while it is open, `by` who made it, `guest` who used it."""

    invite: Invite
    by: str
    link: str | None = None
    guest: str | None = None


AdminsModel = AdminsCard | InviteCard
