"""Tracked multicasts: a frozen list of phones that becomes messages of our own, one for each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

MOST: Final = 1_000_000
"""Phones that one tracked send may hold."""
CHUNK: Final = 1_000
"""Phones that are stored together."""


@dataclass(frozen=True, slots=True)
class PhoneList:
    """A list of phones on its way to a tracked send.

    `bases`: names of those it is gathered from. `source`: the batch whose failed messages it is made of instead.
    `total`: None until it is frozen.
    """

    id: int
    draft: int
    bases: tuple[str, ...]
    source: int | None
    total: int | None
    attempts: int
    claim: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """A list that will not change any more: its id, how many phones it holds, and when they may be written to at the earliest."""

    list: int
    total: int
    start: datetime | None = None


def gathering(list_: int, source: int | None = None) -> dict[str, Any]:
    """Return what a draft says of a list that is still gathered; `source` as in a PhoneList."""
    return {"list": list_} if source is None else {"list": list_, "source": source}


def gathered(begun: Mapping[str, Any], total: int, repeats: int, invalid: int) -> dict[str, Any]:
    """Return what a draft says of a frozen list: numbers kept, repeats left out, and what was no number."""
    return {**_of(begun), "total": total, "repeats": repeats, "invalid": invalid}


def refused(begun: Mapping[str, Any], code: str, base: str) -> dict[str, Any]:
    """Return what a draft says of a list that cannot be had."""
    return {**_of(begun), "refused": {"code": code, "base": base}}


def expired(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a draft says of a list that was cleared away; None where it says already that there is none."""
    tracked = fields["tracked"]
    return None if tracked.get("refused") else refused(tracked, "expired", "")


def frozen(fields: Mapping[str, Any], start: datetime | None = None) -> Frozen | None:
    """Return the frozen list of a draft; None where it is not tracked, or not gathered yet."""
    tracked = fields.get("tracked")
    if not tracked or tracked.get("total") is None:
        return None
    return Frozen(int(tracked["list"]), int(tracked["total"]), start)


def _of(tracked: Mapping[str, Any]) -> dict[str, Any]:
    return gathering(int(tracked["list"]), tracked.get("source"))
