"""Who judges a send: the provider's journal of calls, and what we tell people – never what our rows say was called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_PAID = frozenset({"/sms.cgi", "/api.php"})


class Verdict(StrEnum):
    """What became of one confirmed message; the first two are honest."""

    SENT = "sent once, and known to be"
    DOUBT = "sent at most once, and a person is asked"
    TWICE = "sent twice"
    CROWDED = "several cards on the screen"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Told:
    """What a person can see: the message's state, whether a card shows it or is about to, and how many others stand there."""

    state: str | None
    card: bool
    others: int = 0


def judge(calls: Iterable[Mapping[str, Any]], phone: str, told: Told) -> Verdict:
    """Judge one message by the sandbox's journal (`calls.journal`) and by what people are told.

    A call that the provider refused as a duplicate counts, too: that it was not charged is no merit of ours.
    """
    asked = sum(call["executed"] and call["path"] in _PAID and call["params"].get("phone") == phone for call in calls)
    if asked > 1:
        return Verdict.TWICE
    if told.others:
        return Verdict.CROWDED
    if told.state == "in_doubt" and told.card:
        return Verdict.DOUBT
    if asked == 1 and told.state in {"sent", "delivered", "not_delivered", "no_report"}:
        return Verdict.SENT
    return Verdict.LOST
