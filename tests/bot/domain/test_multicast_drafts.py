"""The draft of a multicast: what each answer makes of it, where it stands, and what is wrong with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cards import Price
from bot.domain.drafts import Given, Refused
from bot.domain.money import Snapshot
from bot.domain.multicast_drafts import (
    MULTICAST,
    Around,
    Chosen,
    accept_when,
    after_night,
    at_hour,
    awaited,
    chosen,
    in_an_hour,
    problems,
    read,
    starting,
    starts,
    step,
    ticked,
)
from bot.domain.policy import Policy
from gateway.text import analyse
from tests.times import NOON

MOSCOW = ZoneInfo("Europe/Moscow")
POLICY = Policy(sender="MyShop")
VIP = {"id": 1, "name": "VIP", "total": 12}
READY: dict[str, Any] = {"bases": [VIP], "text": "Скидка", "sender": "MyShop", "when": {"now": True}}
names = st.sampled_from(("bases", "text", "when", "day", "choosing", "editing", "filter", "wanted", "asking"))
values = {
    "bases": [VIP],
    "text": "Скидка",
    "when": {"now": True},
    "day": "2026-11-25",
    "choosing": True,
    "editing": "text",
    "filter": "v",
    "wanted": ["VIP"],
    "asking": True,
}


def given_text(text: str) -> Given:
    return Given(text=text, now=NOON, zone=MOSCOW)


def codes(
    fields: dict[str, Any], around: Around | None = None, policy: Policy = POLICY
) -> list[tuple[str, bool, bool]]:
    price = Price(12, None, None)
    found = problems(fields, analyse(fields["text"]), around or Around(NOON, price), policy)
    return [(problem.code, problem.blocks, problem.asks) for problem in found]


@pytest.mark.parametrize(
    ("fields", "at", "waits_for"),
    [
        ({}, "mc_bases", "filter"),
        ({"bases": [VIP]}, "ask_text", "text"),
        ({"bases": [VIP], "choosing": True}, "mc_bases", "filter"),
        ({"bases": [VIP], "text": "Скидка"}, "mc_when", "when"),
        ({"bases": [VIP], "text": "Скидка", "day": "2026-11-25"}, "mc_hour", "when"),
        (READY, "preview", None),
        ({**READY, "editing": "when"}, "mc_when", "when"),
        ({**READY, "day": "2026-11-25"}, "mc_hour", "when"),
        ({**READY, "editing": "sender"}, "field", "sender"),
    ],
)
def test_bases_come_first_then_the_text_then_the_time(fields: dict[str, Any], at: str, waits_for: str | None) -> None:
    assert (step(fields), awaited(fields)) == (at, waits_for)


@given(st.sets(names))
def test_wherever_it_stands_typing_goes_to_a_field_that_takes_it(parts: set[str]) -> None:
    waits_for = awaited({name: values[name] for name in parts})
    assert waits_for is None or waits_for in MULTICAST.accepts


def test_a_bare_date_asks_for_its_hour_and_an_hour_is_then_that_days() -> None:
    asked = accept_when(given_text("завтра"), {})
    assert not isinstance(asked, Refused)
    assert asked["day"] == "2026-11-25"
    taken = accept_when(given_text("10"), asked)
    assert not isinstance(taken, Refused)
    assert (starts(taken), taken.get("day")) == (datetime(2026, 11, 25, 7, tzinfo=UTC), None)


def test_an_hour_that_is_over_is_refused() -> None:
    today = {"day": date(2026, 11, 24).isoformat()}
    assert at_hour(today, 9, NOON, MOSCOW) == Refused("time_past")
    assert starts(at_hour(today, 13, NOON, MOSCOW)) == NOON + timedelta(minutes=56)  # type: ignore[arg-type]


@pytest.mark.parametrize(("typed", "code"), [("вчера в 10", "time_past"), ("когда-нибудь", "time_unreadable")])
def test_a_time_that_is_over_or_unreadable_is_refused(typed: str, code: str) -> None:
    assert accept_when(given_text(typed), READY) == Refused(code)


def test_an_hour_from_now_is_a_whole_minute() -> None:
    assert starts(in_an_hour({}, NOON + timedelta(seconds=59))) == NOON + timedelta(hours=1)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001 - hypothesis adds it
def test_a_start_is_kept_as_the_instant_it_is(moment: datetime) -> None:
    assert starts(starting({}, moment)) == moment


def test_a_base_is_chosen_and_taken_off_again() -> None:
    once = ticked({}, Chosen(1, "VIP", 12), on=True)
    assert chosen(once) == (Chosen(1, "VIP", 12),)
    assert chosen(ticked(once, Chosen(1, "VIP", 12), on=False)) == ()


@pytest.mark.parametrize(
    ("typed", "bases", "time", "text"),
    [
        ("", (), None, None),
        ("VIP", ("VIP",), None, None),
        ("VIP, Клиенты\nзавтра 10:00\nСкидка\nдо пятницы", ("VIP", "Клиенты"), "завтра 10:00", "Скидка\nдо пятницы"),
        (" VIP ,, \n\nСкидка", ("VIP",), None, "Скидка"),
    ],
)
def test_lines_are_bases_then_time_then_text(
    typed: str, bases: tuple[str, ...], time: str | None, text: str | None
) -> None:
    whole = read(typed)
    assert (whole.names, whole.time, whole.text) == (bases, time, text)


@given(st.text())
def test_no_line_is_too_strange_to_be_read(typed: str) -> None:
    whole = read(typed)
    assert all(name == name.strip() and "," not in name for name in whole.names)


def test_nothing_is_wrong_by_day_with_money_and_people() -> None:
    assert codes(READY) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"bases": [{"id": 4, "name": "Опт, розница", "total": 3}]}, ("comma", True, False)),
        ({"bases": [VIP, {"id": 2, "name": "Пустая", "total": 0}]}, ("empty_base", False, True)),
        ({"when": {"at": (NOON - timedelta(minutes=1)).isoformat()}}, ("start_passed", True, False)),
        ({"when": {"at": (NOON + timedelta(hours=12)).isoformat()}}, ("night_start", False, True)),
        ({"text": "Cкидка"}, ("mixed", True, False)),
        ({"sender": "Магазин"}, ("sender", True, False)),
    ],
)
def test_what_is_wrong_blocks_or_wants_one_more_tap(change: dict[str, Any], found: tuple[str, bool, bool]) -> None:
    assert codes({**READY, **change}) == [found]


def test_what_is_around_it_wants_one_more_tap_and_a_base_that_is_gone_blocks() -> None:
    poor = Price(12, Decimal(60), Snapshot(Decimal(50), Decimal(0), NOON))
    around = Around(NOON, poor, {"VIP": NOON}, {"VIP": NOON}, ("VIP",))
    assert codes(READY, around) == [
        ("base_gone", True, False),
        ("short", False, True),
        ("same_base", False, True),
        ("neighbour", False, True),
    ]


def test_an_hour_that_the_providers_clock_shows_twice_cannot_be_named_to_it() -> None:
    berlin = replace(POLICY, provider_zone=ZoneInfo("Europe/Berlin"))
    twice = {**READY, "when": {"at": "2027-10-31T00:30:00+00:00"}}
    assert ("provider_hour", True, False) in codes(twice, policy=berlin)
    assert ("provider_hour", True, False) not in codes(twice)


@given(
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1)),  # noqa: DTZ001 - hypothesis adds it
    st.sampled_from(("Europe/Moscow", "Europe/Berlin", "America/New_York", "Pacific/Apia")),
)
def test_the_night_ends_at_the_first_moment_that_is_not_quiet(moment: datetime, zone: str) -> None:
    policy = replace(POLICY, zone=ZoneInfo(zone))
    if not policy.quiet.holds(moment, policy.zone):
        return
    end = after_night(moment, policy)
    assert moment < end <= moment + timedelta(hours=12)
    assert not policy.quiet.holds(end, policy.zone)
    assert policy.quiet.holds(end - timedelta(minutes=1), policy.zone)
