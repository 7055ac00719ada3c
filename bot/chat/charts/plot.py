"""What a picture of the balance consists of, said in numbers and a reader's words: all that its drawing process is told."""

from dataclasses import asdict, dataclass
from typing import Any

Ticks = tuple[tuple[float, str], ...]
"""Places on an axis, and what stands there."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture to draw; moments are seconds of the epoch, money is roubles.

    `runs`: points (moment, balance, limit), a run for each stretch of news; `holds`: until when the last point does.
    `limit`: what stands at the limit's line, None where the line is off the scale; `note` says it then.
    """

    title: str
    span: tuple[float, float]
    heights: tuple[float, float]
    moments: Ticks
    levels: Ticks
    runs: tuple[tuple[tuple[float, float, float], ...], ...]
    holds: float
    now: str
    limit: str | None
    note: str | None

    def as_json(self) -> dict[str, Any]:
        """Return what travels to the process."""
        return asdict(self)
