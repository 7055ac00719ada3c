"""A second person's word on what is large: who needs one, who may give it, until when, and on exactly what. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Final

from bot.domain.access import Role
from bot.domain.models import Admin, Place, Reason, Subject
from bot.domain.money import cost
from bot.domain.policy import Policy
from bot.domain.states import ApprovalState

PATIENCE: Final = timedelta(hours=24)
"""How long an approval is waited for where nothing else sets an end."""
REASONS: Final = ("text", "time", "base", "phones")
"""What a refusal may name at a press; anything else is typed."""
MOST_WORDS: Final = 200
"""Characters kept of a typed reason."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A request for a second person's word.

    `asked`: whose private chats were sent a card. `asking`: person → open question of the cards (reason | alone).
    """

    id: int
    subject: Subject
    author: int
    state: ApprovalState
    digest: str
    recipients: int
    cost: Decimal | None
    asked: tuple[int, ...]
    asking: Mapping[str, str]
    decided_by: int | None
    decided_at: datetime | None
    reason: Reason | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """All that leaves, costs or says when, as the rows hold it.

    `kind`: multicast, or the batch's. `bases`: (our id, name, count). `phones`: where they are not those of a `frozen` list.
    """

    kind: str
    text: str
    sender: str
    flash: bool
    parts: int
    price: Decimal | None
    recipients: int
    start: datetime | None
    subject: str | None = None
    picture: int | None = None
    bases: tuple[tuple[int, str, int], ...] = ()
    phones: tuple[str, ...] = ()
    frozen: int | None = None

    @property
    def cost(self) -> Decimal | None:
        """Return what all of it costs; None where that is not known."""
        return cost(self.parts * self.recipients, self.price)

    @property
    def digest(self) -> str:
        """Return what tells this content from any other."""
        return sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """A subject that may wait for approval: its content, whose it is, and where its card lives."""

    sealed: Sealed
    author: int
    confirmed_by: int
    place: Place
    waits: bool
    draft: int | None

    @property
    def people(self) -> frozenset[int]:
        """Return whose own it is: they cannot be the second person."""
        return frozenset((self.author, self.confirmed_by))


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a subject's own card shows of its approval.

    `asked`: names of those whom the request can reach; `others`: how many may approve at all. `alone`: an owner without others
    may do it himself; `asking`: he is asked whether he means it. `decided_by`: a name; `solo`: nobody else has seen it.
    """

    state: ApprovalState
    expires_at: datetime
    asked: tuple[str, ...] = ()
    others: int = 0
    alone: bool = False
    asking: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: Reason | None = None
    solo: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """A request as one who may approve sees it; `asking`: he is asked for his reason; `stopped`: sending is, by a person."""

    approval: Approval
    sealed: Sealed
    author_name: str
    decided_by: str = ""
    asking: bool = False
    stopped: bool = False


def needed(policy: Policy, recipients: int, price: Decimal | None) -> bool:
    """Return whether so many recipients, or what they cost, take a second person."""
    many = 0 < policy.approve_recipients < recipients
    return many or (policy.approve_cost is not None and price is not None and price > policy.approve_cost)


def expires_at(start: datetime | None, now: datetime, policy: Policy) -> datetime:
    """Return until when it must be decided: before the provider gets it, or for a day."""
    return now + PATIENCE if start is None else start - policy.handover


def may_approve(admin: Admin) -> bool:
    """Return whether a person may be the second one."""
    return admin.enabled and admin.role.may(Role.OPERATOR)


def is_alone(admin: Admin, everyone: Sequence[Admin]) -> bool:
    """Return whether an owner is the only one who may approve anything."""
    return admin.role is Role.OWNER and [one.user_id for one in everyone if may_approve(one)] == [admin.user_id]


def approvers(everyone: Iterable[Admin], own: Iterable[int]) -> list[Admin]:
    """Return who may be the second person for something of these people's own."""
    return [one for one in everyone if may_approve(one) and one.user_id not in set(own)]
