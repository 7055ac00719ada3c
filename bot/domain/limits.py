"""How much one person may send: parts a day, and numbers at once, whatever the command."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which limit stands in the way: what it is set to, what is left of it (never below 0), and what was asked for."""

    limit: Literal["parts", "multicast"]
    most: int
    left: int
    asked: int


class OverLimitError(Exception):
    """A use case would spend more than its person may; nothing has been changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"over the limit: {refusal.limit}")
        self.refusal = refusal


def day_of(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the day began that a moment lies in, in that zone."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def weigh(
    *, parts: int, recipients: int | None, most_parts: int | None, spent: int, largest: int | None
) -> Refusal | None:
    """Return what stands in the way of sending so many parts, to so many recipients at once; None lets it go."""
    if largest is not None and recipients is not None and recipients > largest:
        return Refusal("multicast", largest, largest, recipients)
    if most_parts is not None and spent + parts > most_parts:
        return Refusal("parts", most_parts, max(0, most_parts - spent), parts)
    return None
