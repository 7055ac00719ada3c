"""Subjects as values: what a row means once it has left the database. All instants are aware, in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.access import Role
from bot.domain.states import BatchState, DraftState, MessageState, MulticastState, RequestState


@dataclass(frozen=True, slots=True)
class Admin:
    """A Telegram user in the admins table.

    `undo` (seconds) and `quiet` (hours like 22-09) where they are his own, `parts_a_day` and `largest_multicast` (recipients)
    where he is limited, else None. `seen_at`: None until he first did something here. `removed_at`: he is a stranger since.
    """

    user_id: int
    name: str
    role: Role
    language: str
    zone: str
    sender: str | None
    phone: str | None
    enabled: bool
    undo: int | None = None
    quiet: str | None = None
    parts_a_day: int | None = None
    largest_multicast: int | None = None
    seen_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card lives: a chat and its topic, 0 where there is none."""

    chat: int
    thread: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card shows: the kind of a row and its id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something went as it did: a code, its arguments, and the provider's own words."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Something being composed in a chat; `fields` are its kind's own."""

    id: int
    kind: str
    author: int
    place: Place
    version: int
    state: DraftState
    fields: Mapping[str, Any]
    awaiting: str | None
    listens: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """One confirmation: 1..n messages with one text, sender and flash.

    `counts`: how many of its messages stand in each state; `undo_until`: when it may start; `reason`: why it is paused;
    `draft`: what it came from; `progress_at`: since when nothing could be handed over; `subject`, `picture` (a blob): of an MMS.
    """

    id: int
    kind: str
    origin: str
    author: int
    confirmed_by: int
    place: Place
    state: BatchState
    sender: str
    flash: bool
    text: str
    parts: int
    price: Decimal | None
    total: int
    draft: int | None
    undo_until: datetime
    confirmed_at: datetime
    progress_at: datetime
    paused_at: datetime | None
    reason: Reason | None
    counts: Mapping[MessageState, int]
    subject: str | None = None
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One SMS to one phone."""

    id: int
    batch: int
    phone: str
    state: MessageState
    gateway_id: str | None
    reason: Reason | None
    marked_by: str | None
    sending_at: datetime | None
    sent_at: datetime | None
    final_at: datetime | None
    checked_at: datetime | None
    repeated_by: int | None


@dataclass(frozen=True, slots=True)
class Base:
    """A base of a multicast: our id, its name at the provider, and the count that was confirmed."""

    id: int
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Multicast:
    """A provider-side send to bases: no ids, no outcomes, no cancel once handed over.

    `start_at`: None is at once. `hand_at`: when it becomes the provider's. `passed`: its start time has come since.
    `asking`: an open question of its card: {"kind": drift | gone | cancel | risk, …}, or that a draft was made of one in doubt.
    """

    id: int
    origin: str
    author: int
    confirmed_by: int
    place: Place
    state: MulticastState
    sender: str
    text: str
    parts: int
    price: Decimal | None
    bases: tuple[Base, ...]
    recipients: int
    start_at: datetime | None
    hand_at: datetime
    draft: int | None
    confirmed_at: datetime
    handed_at: datetime | None
    passed: bool
    waiting_since: datetime | None
    reason: Reason | None
    asking: Mapping[str, Any] | None
    marked_by: str | None
    balance_before: Decimal | None


@dataclass(frozen=True, slots=True)
class Request:
    """A free question to the provider: `balance` or `status`, and its answer."""

    id: int
    kind: str
    args: Mapping[str, Any]
    state: RequestState
    result: Mapping[str, Any]
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the bot says once: a kind of its own texts and their arguments."""

    id: int
    kind: str
    args: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """The Telegram message that shows a subject in a place.

    `wanted`, `shown`: counts of what was asked for and done; it owes Telegram something while they differ or `retire`, messages
    that must lose their buttons or go, is not empty. `move`: how what it owes is to be shown, edit where no raise is owed.
    `pressed`: a press is among what it owes. `look`: digest of what is on screen, None where that is not certain.
    """

    id: int
    subject: Subject
    place: Place
    reader: int
    version: int
    wanted: int
    shown: int
    look: str | None
    move: str
    message_id: int | None
    retire: tuple[int, ...]
    shown_version: int
    fresh_until: datetime | None
    pressed: bool
    attempts: int
    claim: str | None
    lease_until: datetime | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a card: everything that changes how the same facts are shown."""

    language: str
    zone: ZoneInfo
    role: Role
    now: datetime
    group: bool = False
