"""The loop: as much at once as there are slots, every result stored, and nothing that goes wrong ends it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from bot.domain.bell import Bell
from bot.lanes import Loop, run_together
from tests.times import ManualClock


class Belt:
    """A lane of numbers; `gate` holds the work back, `stumbles` and `full` say how often claim and finish fail."""

    name = "belt"

    def __init__(self, slots: int = 3, *, due: int = 0, stumbles: int = 0, full: int = 0) -> None:
        self.slots = slots
        self.due = list(range(due))
        self.gate = asyncio.Event()
        self.gate.set()
        self.stumbles, self.full = stumbles, full
        self.doing: set[int] = set()
        self.most = 0
        self.stored: dict[int, str] = {}
        self.log: list[str] = []

    async def claim(self, free: int) -> Sequence[int]:
        if self.stumbles:
            self.stumbles -= 1
            raise ConnectionError
        taken, self.due = self.due[:free], self.due[free:]
        self.log += [f"claim {item}" for item in taken]
        return taken

    async def do(self, item: int) -> str:
        self.doing.add(item)
        self.most = max(self.most, len(self.doing))
        await self.gate.wait()
        self.doing.remove(item)
        if item == 13:
            raise ZeroDivisionError
        return f"did {item}"

    async def finish(self, item: int, result: str) -> None:
        await asyncio.sleep(0)
        if self.full:
            self.full -= 1
            self.log.append(f"full {item}")
            raise OSError
        self.log.append(f"store {item}")
        self.stored[item] = result

    async def next_due(self) -> datetime | None:
        return None

    def failed(self, item: int, error: Exception) -> str:
        return f"{type(error).__name__} of {item}"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def loop_of(belt: Belt, clock: ManualClock) -> Loop[int, str]:
    return Loop(belt, clock, Bell())


async def turns(number: int = 50) -> None:
    """Let everybody else run for a while."""
    for _ in range(number):
        await asyncio.sleep(0)


async def until(condition: Callable[[], object]) -> None:
    """Let everybody else run until the condition holds."""
    for _ in range(2_000):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")


async def test_what_is_due_is_done_and_stored(clock: ManualClock) -> None:
    belt = Belt(due=20)
    assert await loop_of(belt, clock).drain() == 20
    assert belt.stored == {item: f"did {item}" for item in range(20) if item != 13} | {13: "ZeroDivisionError of 13"}


async def test_never_more_at_once_than_there_are_slots(clock: ManualClock) -> None:
    belt = Belt(slots=4, due=30)
    belt.gate.clear()
    running = asyncio.create_task((loop := loop_of(belt, clock)).run())
    await turns()
    assert (len(belt.doing), len(belt.due)) == (4, 26)
    belt.gate.set()
    await until(lambda: not belt.due)
    loop.stop()
    await running
    assert (belt.most, len(belt.stored)) == (4, 30)


async def test_a_result_is_stored_however_often_that_fails_and_nothing_is_claimed_meanwhile(
    clock: ManualClock,
) -> None:
    """A full disk: the outcome of a paid call is kept in memory, and no other call is begun until it is down."""
    belt = Belt(slots=2, due=1, full=6)
    running = asyncio.create_task((loop := loop_of(belt, clock)).run())
    await until(lambda: "full 0" in belt.log)
    belt.due = [1, 2]
    await until(lambda: len(belt.stored) == 3)
    loop.stop()
    await running
    assert belt.log[:9] == ["claim 0", *["full 0"] * 6, "store 0", "claim 1"]


async def test_a_loop_that_stumbles_goes_on(clock: ManualClock) -> None:
    belt = Belt(due=2, stumbles=5)
    running = asyncio.create_task((loop := loop_of(belt, clock)).run())
    await until(lambda: len(belt.stored) == 2)
    loop.stop()
    await running
    assert belt.stumbles == 0


async def test_stop_claims_no_more_and_lets_what_is_under_way_come_to_its_end(clock: ManualClock) -> None:
    belt = Belt(slots=2, due=5)
    belt.gate.clear()
    running = asyncio.create_task((loop := loop_of(belt, clock)).run())
    await turns()
    loop.stop()
    await turns()
    assert not running.done()
    belt.gate.set()
    await running
    assert (sorted(belt.stored), belt.due) == ([0, 1], [2, 3, 4])


async def test_a_result_is_stored_even_when_its_task_is_cancelled(clock: ManualClock) -> None:
    belt = Belt(slots=1, due=1, full=3)
    running = asyncio.create_task((loop := loop_of(belt, clock)).run())
    await until(lambda: "full 0" in belt.log)
    for task in asyncio.all_tasks():
        if task.get_name() == "belt-item":
            task.cancel()
    await until(lambda: belt.stored)
    loop.stop()
    await running
    assert belt.stored == {0: "did 0"}


async def test_lanes_side_by_side_end_together_and_a_slow_one_holds_nobody_up(clock: ManualClock) -> None:
    slow, quick = Belt(due=1), Belt(due=9)
    slow.name, quick.name = "slow", "quick"
    slow.gate.clear()
    over = asyncio.Event()
    running = asyncio.create_task(run_together([loop_of(slow, clock), loop_of(quick, clock)], over))  # type: ignore[list-item]
    await until(lambda: len(quick.stored) == 9)
    over.set()
    await turns()
    assert (slow.stored, running.done()) == ({}, False)
    slow.gate.set()
    await running
    assert slow.stored == {0: "did 0"}


class Patience(ManualClock):
    """Notes how long it is asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        self.waited.append(seconds)
        await super().wait(event, seconds)


async def test_a_loop_with_nothing_to_do_waits_as_long_as_it_was_told() -> None:
    clock = Patience()
    loop = Loop(Belt(), clock, Bell(), idle=5.0)
    running = asyncio.create_task(loop.run())
    await until(lambda: len(clock.waited) > 2)
    loop.stop()
    await running
    assert set(clock.waited) == {5.0}


async def test_each_round_of_a_loop_is_a_sign_of_life_even_when_there_is_nothing_to_do(clock: ManualClock) -> None:
    beats: list[str] = []

    async def beat(name: str) -> None:
        beats.append(name)

    loop = Loop(Belt(), clock, Bell(), beat)
    running = asyncio.create_task(loop.run())
    await until(lambda: len(beats) > 2)
    loop.stop()
    await running
    assert set(beats) == {"belt"}
