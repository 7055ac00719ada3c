"""What each card shows, computed before anything is rendered: the models the chat wing turns into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.domain.approvals import Awaited
from bot.domain.models import Batch, Draft, Message, Notice, Reason, Request
from bot.domain.money import Snapshot
from bot.domain.runway import Reserved, Runway
from bot.domain.states import MessageState
from gateway.text import Analysis


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a draft that a person should know before it leaves.

    `blocks`: it cannot go at all. `asks`: confirming wants one more tap. Neither: a line to read.
    Codes: mixed, unencodable, too_long, empty, no_phones, sender, costly and money (all told from the card's analysis, fields
    and price; one Problem each, without arguments), bad_number {raw, why, digits} (one each), same_text {at: datetime, count},
    night {hours: "22–09", zone: IANA name, later: only its end runs into the night}.
    """

    code: str
    args: Mapping[str, object]
    blocks: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """What a draft would cost: parts in all, roubles, and the balance it was compared with."""

    parts: int
    cost: Decimal | None
    balance: Snapshot | None

    @property
    def remains(self) -> Decimal | None:
        """Return what could still be spent afterwards, where both sides are known."""
        return None if self.cost is None or self.balance is None else self.balance.available - self.cost


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft as its card shows it.

    `step`: which | ask_phones | ask_text | field | blocked | warn | preview | closed.
    `fields`: phones (list of 11 digits), invalid (list of bad_number arguments), text, sender, flash, repeats (count),
    editing (field name), fixed (words), replaced (characters), undone (bool), over (bool: offer to begin anew),
    candidate (text that may be numbers or a text), senders (last used), refused ({code, args} of the last bad input:
    a Problem's code and arguments, or no_numbers, not_text).
    `test`: the last test to oneself of exactly this content, if any. `found`: how many numbers the candidate holds.
    `second`: confirming it asks for a second person's approval.
    """

    draft: Draft
    step: str
    problems: tuple[Problem, ...]
    analysis: Analysis | None
    price: Price | None
    test: Message | None = None
    own_phone: str | None = None
    author_name: str = ""
    found: int = 0
    second: bool = False


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A batch as its card shows it; a batch of one shows its only message.

    `waiting`: since when the provider could not be reached and nothing was handed over; `expires`: when we stop waiting.
    `asking`: the open question of the card (resend | mark | None). `reasons`: how often each cause of failure occurred.
    `before`, `after`: the balance around a call in doubt. `duplicate`: a repeat of it was refused as one.
    `pictured`: the message that shows the picture of an MMS in the card's place. `awaited`: the approval it takes, or took;
    `start`: when it may begin at the earliest, while it waits for that.
    """

    batch: Batch
    messages: tuple[Message, ...]
    counts: Mapping[MessageState, int]
    reasons: Mapping[str, int]
    waiting: datetime | None = None
    expires: datetime | None = None
    waits_for: Reason | None = None
    asking: str | None = None
    listed: bool = False
    retryable: int = 0
    before: Decimal | None = None
    after: Decimal | None = None
    confirmer_name: str = ""
    duplicate: bool = False
    author_name: str = ""
    pictured: int | None = None
    bases: tuple[str, ...] = ()
    left: timedelta | None = None
    awaited: Awaited | None = None
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class MessageCard:
    """One message, opened by itself; the rest as on the card of a batch."""

    message: Message
    batch: Batch
    asking: str | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    confirmer_name: str = ""
    duplicate: bool = False
    author_name: str = ""


@dataclass(frozen=True, slots=True)
class AskCard:
    """What a draft waits for in a group, asked for a reply; `name` is whose draft it is."""

    draft: Draft
    name: str


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A question to the provider; `last` is the last balance known, `drafting` that a draft waits for its author.

    Below a balance: until when it `lasts`, None where nobody can say, and what of it is `reserved`.
    """

    request: Request
    last: Snapshot | None = None
    drafting: bool = False
    lasts: Runway | None = None
    reserved: Reserved | None = None


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One line of the list of latest messages."""

    message: Message
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice with what it needs at the moment it is shown; `drafting`: a draft waits for its author."""

    notice: Notice
    lines: tuple[StatusLine, ...] = ()
    more: bool = False
    drafting: bool = False
