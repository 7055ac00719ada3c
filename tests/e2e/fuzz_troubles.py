"""What the provider may do to a crowd, drawn at random: lose answers, fall silent, refuse the login, be away.

And somebody who sends in earnest all the while: a random crowd hardly ever comes as far as a paid call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from tests.e2e.fuzz_deeds import DEEDS, Deed, weighted
from tests.e2e.house import PASSWORD, House

__all__ = ["AWAY", "TROUBLED_DEEDS", "Trouble", "mend", "send"]

AWAY: Final = "away"
"""Connections are refused for as long as what else happens just then."""
_OWNER: Final = 1001
_SMS: Final = "/send 7911987650{nth} Заказ {more} готов"
_SEVERAL: Final = "/send 79119876511, 79119876512, 7911987652{nth} Скидка {more} %"
_MULTICAST: Final = "/multicast VIP\nсейчас\nСобрание {nth}{more}"
_CALLS: Final = ("sms.cgi", "sms.cgi", "sms.cgi", "start_multicast", "sms_status2.cgi", "*")
_KINDS: Final = (
    *("cut_before", "cut_after", "cut_after", "error500_before", "error500_after"),
    *("html", "empty", "hang", "trickle", "delay"),
)
_BRIEF: Final = 0.002
"""Real seconds that a slow answer takes: whoever waits for the test has no more of them."""
_MOST: Final = 3


@dataclass(frozen=True, slots=True, repr=False)
class Trouble(Deed):
    """One thing that the provider does, or that is sent to it; `text`: the call that fails, the password, what is written."""

    async def act(self, house: House, crowd: Sequence[int]) -> None:
        """Let it happen; sending takes steps of its own, see `send`."""
        if self.kind == "fault":
            kind = _KINDS[self.more % len(_KINDS)]
            house.faults.set("sms2", self.text, kind, times=1 + self.nth % _MOST, seconds=_BRIEF)
        elif self.kind == "login":
            house.account(password=self.text)


async def send(house: House, deeds: Sequence[Deed]) -> bool:
    """Write and confirm what is among these to be sent; return whether there was any."""
    sent = [deed for deed in deeds if deed.kind == "send"]
    for deed in sent:
        owner = house.person(_OWNER)
        await owner.say(deed.text.format(nth=deed.nth, more=deed.more))
        if owner.card.labels:
            await owner.press(owner.card.labels[0])
    return bool(sent)


def mend(house: House) -> None:
    """Let the provider be as it should be; it is there again already."""
    house.faults.clear("sms2")
    house.account(password=PASSWORD)


def _trouble(kind: str, *texts: str) -> st.SearchStrategy[Deed]:
    few, many = st.integers(0, 5), st.integers(0, 60)
    return st.builds(Trouble, st.just(kind), st.just(0), text=st.sampled_from(texts), nth=few, more=many)


TROUBLED_DEEDS: Final = weighted(
    (16, DEEDS),
    (6, _trouble("send", _SMS, _SMS, _SEVERAL, _MULTICAST)),
    (4, _trouble("fault", *_CALLS)),
    (1, _trouble("login", PASSWORD, PASSWORD, "another")),
    (1, _trouble(AWAY, "")),
)
