"""The valve: never too much at once, one message after a pause, and time that only goes forward."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.valve import BACKOFF, Valve
from tests.times import NOON

RATE = 10.0
MOST_PARTS = 4
seconds = st.floats(0, 5, allow_nan=False)


def valve(**changes: object) -> Valve:
    return replace(Valve("sends", tokens=0.0, filled_at=NOON), **changes)  # type: ignore[arg-type]


class Flow(RuleBasedStateMachine):
    """A dispatcher, a provider and a clock in any order; `left` remembers when how many parts went."""

    def __init__(self) -> None:
        super().__init__()
        self.valve, self.now = valve(), NOON
        self.left: list[tuple[float, int]] = []
        self.flying = 0
        self.reopened = False

    @property
    def moment(self) -> float:
        return (self.now - NOON).total_seconds()

    @rule(passed=seconds)
    def wait(self, passed: float) -> None:
        self.now += timedelta(seconds=passed)

    @rule(free=st.integers(0, 30), sizes=st.lists(st.integers(1, MOST_PARTS), min_size=30, max_size=30))
    def claim(self, free: int, sizes: list[int]) -> None:
        was_shut = self.valve.shut
        self.valve = self.valve.refilled(self.now, RATE)
        self.reopened |= bool(was_shut and not self.valve.shut)
        grant, taken = self.valve.grant(free), 0
        for parts in sizes[:grant]:
            if self.valve.tokens <= 0:
                break
            self.valve = self.valve.spent(parts)
            self.left.append((self.moment, parts))
            taken += 1
        assert taken <= free
        assert not (taken and (self.valve.shut or self.valve.stopped_by))
        if self.reopened and taken:
            assert taken == 1
            assert self.valve.grant(30) == 0
            self.reopened = False
        self.flying += taken

    @precondition(lambda self: self.flying)
    @rule(what=st.sampled_from(["answered", "failed", "refused"]))
    def end(self, what: str) -> None:
        self.flying -= 1
        self.reopened = False
        match what:
            case "answered":
                self.valve = self.valve.answered()
            case "failed":
                self.valve = self.valve.failed(self.now)
            case "refused":
                self.valve = self.valve.shut_for("YOUR_CREDIT_IS_NULL", self.now)

    @precondition(lambda self: self.valve.shut not in (None, BACKOFF))
    @rule()
    def reopen(self) -> None:
        self.valve, self.reopened = self.valve.reopened(), True

    @rule(by=st.sampled_from([None, "Анна"]))
    def panic(self, by: str | None) -> None:
        self.valve = replace(self.valve, stopped_by=by)

    @invariant()
    def no_window_lets_more_through_than_the_rate_and_one_second_saved_up(self) -> None:
        """Over any stretch: what flows in while it lasts, what one second has saved up, and the rest of one message."""
        total, end = 0, self.moment
        for moment, parts in reversed(self.left):
            total += parts
            assert total <= RATE * (end - moment + 1) + MOST_PARTS + 1e-3

    @invariant()
    def at_most_one_second_is_saved_up(self) -> None:
        assert self.valve.tokens <= RATE


TestFlow = Flow.TestCase


@given(st.floats(-1e7, 0), st.floats(-20, RATE))
def test_a_clock_set_back_adds_nothing(back: float, tokens: float) -> None:
    before = valve(tokens=tokens)
    assert before.refilled(NOON + timedelta(seconds=back), RATE).tokens == tokens


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_clocks_that_differ_fill_in_no_more_than_the_fastest_of_them_has_seen(readings: list[float]) -> None:
    """Workers read their clocks and then wait for the valve: what arrives is out of order."""
    filled = valve(tokens=-1000.0)
    for reading in readings:
        filled = filled.refilled(NOON + timedelta(seconds=reading), RATE)
    assert filled.tokens <= -1000 + RATE * max(0.0, *readings) + 1e-3


def test_a_clock_set_back_for_good_does_not_stop_the_flow() -> None:
    back = NOON - timedelta(hours=1)
    filled = valve(tokens=-1.0).refilled(back, RATE)
    assert filled.refilled(back + timedelta(seconds=1), RATE).tokens == RATE - 1


def test_failures_back_off_twice_as_long_each_time_up_to_a_minute() -> None:
    now, broken, waits = NOON, valve(), []
    for _ in range(8):
        broken = broken.failed(now)
        assert broken.until is not None
        waits.append((broken.until - now).total_seconds())
        assert broken.refilled(broken.until - timedelta(microseconds=1), RATE).grant(5) == 0
        now = broken.until
        broken = broken.refilled(now, RATE)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert broken.answered().failed(now).until == now + timedelta(seconds=1)


def test_failures_of_calls_that_were_under_way_together_count_once() -> None:
    first = valve().failed(NOON)
    assert first.failed(NOON).until == first.until


def test_after_reopening_one_message_goes_and_nothing_more_until_it_is_answered() -> None:
    open_ = valve(tokens=RATE).shut_for("AUTHENTICATION_FAILURE", NOON).reopened()
    assert open_.grant(20) == 1
    flying = open_.spent(1)
    assert flying.grant(20) == 0
    assert flying.answered().grant(20) == 20


@pytest.mark.parametrize("reason", ["YOUR_CREDIT_IS_NULL", "SERVICE_IS_SWITCHED_OFF", "AUTHENTICATION_FAILURE"])
def test_a_refusal_of_the_whole_account_does_not_open_by_itself(reason: str) -> None:
    shut = valve(tokens=RATE).shut_for(reason, NOON)
    assert shut.refilled(NOON + timedelta(days=30), RATE).grant(20) == 0


def test_a_failure_while_shut_for_a_reason_does_not_turn_it_into_a_pause() -> None:
    """Else the end of a back-off would open what waits for money."""
    shut = valve().shut_for("YOUR_CREDIT_IS_NULL", NOON)
    assert shut.failed(NOON) == shut


def test_the_panic_switch_outlasts_every_reopening() -> None:
    stopped = valve(tokens=RATE, stopped_by="Анна").failed(NOON)
    assert stopped.refilled(NOON + timedelta(days=1), RATE).reopened().answered().grant(20) == 0
