"""Results that come in together are stored together, and one that cannot be stored holds up no other."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.outcomes import Accepted, InDoubt, Rejected
from bot.domain.states import MessageState
from bot.worker.together import Together
from tests.bot.worker.conftest import World


class Shelf:
    """Keeps what it is given, group by group; what is on its `fault` list it refuses, with all that comes with it."""

    def __init__(self, *fault: str) -> None:
        self.groups: list[list[str]] = []
        self._fault = fault

    async def store(self, some: Sequence[str]) -> None:
        await asyncio.sleep(0)
        if set(some) & set(self._fault):
            raise ValueError(some)
        self.groups.append(list(some))


async def test_what_waits_while_one_is_stored_is_stored_together_and_in_order() -> None:
    shelf = Shelf()
    together = Together(shelf.store)
    await asyncio.gather(*(together.add(letter) for letter in "abcdefgh"))
    assert shelf.groups == [["a"], ["b", "c"], ["d", "e", "f", "g"], ["h"]]


async def test_one_that_cannot_be_stored_is_told_so_and_holds_up_no_other() -> None:
    shelf = Shelf("c")
    together = Together(shelf.store)
    ends = await asyncio.gather(*(together.add(letter) for letter in "abcdef"), return_exceptions=True)
    assert [type(end) for end in ends if end] == [ValueError, ValueError]
    assert [one for group in shelf.groups for one in group] == ["a", "d", "e", "f"]
    await together.add("b")
    assert shelf.groups[-1] == ["b"]


async def test_outcomes_stored_together_mean_what_each_means_alone(world: World) -> None:
    """Of two batches, under several claims; who does not hold the claim changes nothing."""
    first = await world.begin(*(f"7911000000{n}" for n in range(5)))
    second = await world.begin("79110000005", origin="draft:2")
    claimed = []
    for number in (2, 4):
        async with world.unit() as services:
            claimed += await services.dispatch.claim(number)
    sends = {send.phone[-1]: send for send in claimed}
    sends["3"] = replace(sends["3"], claim=sends["0"].claim)
    refused = Rejected("PHONE_BLACKLISTED", "Error")
    answers = (Accepted("100"), refused, Accepted("102"), Accepted("103"), InDoubt("cut"), Accepted("105"))
    async with world.unit() as services:
        await services.outcomes.store(*((sends[str(number)], answer) for number, answer in enumerate(answers)))
    found = {it.phone[-1]: it for batch in (first, second) for it in await world.messages(batch)}
    assert [(found[str(number)].state, found[str(number)].gateway_id) for number in range(6)] == [
        (MessageState.SENT, "100"),
        (MessageState.REJECTED, None),
        (MessageState.SENT, "102"),
        (MessageState.SENDING, None),
        (MessageState.IN_DOUBT, None),
        (MessageState.SENT, "105"),
    ]
