"""What the cards of multicasts show, computed before anything is rendered."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.approvals import Awaited
from bot.domain.cards import DraftCard
from bot.domain.models import Multicast, Notice


@dataclass(frozen=True, slots=True)
class Offered:
    """A base on the list to choose from: our id, its name at the provider, how many numbers, whether it is chosen."""

    id: int
    name: str
    total: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class MulticastDraftCard(DraftCard):
    """A draft of a multicast as its card shows it.

    `step`: mc_bases | ask_text | mc_when | mc_hour | mc_gather | field | blocked | warn | preview | closed.
    `fields`: bases ([{id, name, total}]), text, sender, when ({now} or {at, shift}), day (whose hour is asked for),
    tracked ({list} and {total, repeats, invalid} once it is frozen, or {refused: {code, base}}),
    source ({id, start} of the held one that it edits), filter (part of a name), page, wanted (names still to be found).
    `offered`: the bases that the filter lets through. `asking`: the provider has not given its list yet; `silent`: it did not
    answer; `listed_at`: when it last did. `trackable`: no chosen base is known to be closed to reading.
    """

    offered: tuple[Offered, ...] = ()
    asking: bool = False
    silent: bool = False
    listed_at: datetime | None = None
    provider_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Moscow"))
    trackable: bool = True


@dataclass(frozen=True, slots=True)
class MulticastCard:
    """A multicast as its card shows it.

    `leaves_at`: until when a press takes it back. `late`: how long after its time it may still start.
    `after`: the balance since it was handed over, or since its start. `awaited`: the approval it takes, or took.
    `second`: starting for the number there is now asks for another one.
    """

    multicast: Multicast
    handover: timedelta
    late: timedelta
    leaves_at: datetime | None = None
    after: Decimal | None = None
    author_name: str = ""
    confirmer_name: str = ""
    awaited: Awaited | None = None
    second: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class MulticastListCard:
    """A page of multicasts; `held` counts all that wait, `close` names the bases that get two within two hours."""

    notice: Notice
    lines: tuple[Multicast, ...]
    held: int
    more: bool
    close: tuple[str, ...] = ()
    drafting: bool = False
