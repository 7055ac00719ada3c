from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.sandbox.sms2_client import Clock, Sms2Client

_GOOD = {"message": "Скидки всю неделю", "from": "MyShop", "bases": "VIP"}


async def _start(sms2: Sms2Client, **changes: str) -> str:
    return await sms2.function("start_multicast", **{**_GOOD, **changes})


async def _counts(sms2: Sms2Client) -> list[tuple[bool, int, int]]:
    multicasts = (await sms2.state())["multicasts"]
    return [(cast["fired_at"] is not None, cast["sent"], cast["refused"]) for cast in multicasts]


async def _two(sms2: Sms2Client) -> None:
    await sms2.control("sms2/bases", name="Двое", phones=["79161000001", "79161000002"])


async def test_without_a_start_it_fires_at_once_and_gives_no_id(sms2: Sms2Client) -> None:
    assert await _start(sms2) == "Success"
    state = await sms2.state()
    sent = [(row["kind"], row["phone"], row["text"]) for row in state["messages"]]
    assert sent == [("multicast", f"791612300{last:02}", _GOOD["message"]) for last in range(1, 13)]
    assert state["balance"] == "4946.75"


async def test_it_waits_for_its_minute_by_the_providers_clock(sms2: Sms2Client, clock: Clock) -> None:
    """Noon in Moscow plus an hour; neither a second before nor later than the first look after it."""
    assert await _start(sms2, start_at="2026-11-21 13:00") == "Success"
    counts = []
    for seconds in (0, 3599, 1):
        clock.advance(seconds)
        counts += await _counts(sms2)
    assert counts == [(False, 0, 0), (False, 0, 0), (True, 12, 0)]


async def test_its_messages_bear_the_time_at_which_it_was_due(sms2: Sms2Client, clock: Clock) -> None:
    await _two(sms2)
    await _start(sms2, bases="Двое", start_at="2026-11-21 13:00")
    clock.advance(7200)
    moment = datetime(2026, 11, 21, 13, tzinfo=ZoneInfo("Europe/Moscow")).timestamp()
    assert {row["at"] for row in (await sms2.state())["messages"]} == {moment}


async def test_it_fires_once(sms2: Sms2Client, clock: Clock) -> None:
    await _two(sms2)
    await _start(sms2, bases="Двое")
    for _ in range(3):
        clock.advance(60)
        assert await _counts(sms2) == [(True, 2, 0)]
    assert len((await sms2.state())["messages"]) == 2


async def test_a_start_in_the_past_means_now(sms2: Sms2Client) -> None:
    await _start(sms2, start_at="2026-11-21 11:59")
    assert await _counts(sms2) == [(True, 12, 0)]


async def test_a_phone_in_two_bases_gets_one_message(sms2: Sms2Client) -> None:
    """VIP has 12 phones, Клиенты 62, and four are in both."""
    await _start(sms2, bases="VIP,Клиенты,VIP")
    assert await _counts(sms2) == [(True, 70, 0)]


async def test_a_protected_base_can_be_sent_to(sms2: Sms2Client) -> None:
    assert await _start(sms2, bases="Сотрудники") == "Success"
    assert await _counts(sms2) == [(True, 8, 0)]


async def test_phones_that_cannot_be_reached_cost_nothing(sms2: Sms2Client) -> None:
    phones = ["79110000001", "79110000002", "79110000004", "79110000005", "79161000001"]
    await sms2.control("sms2/bases", name="Разные", phones=phones)
    await _start(sms2, bases="Разные")
    state = await sms2.state()
    assert [row["phone"] for row in state["messages"]] == ["79110000002", "79161000001"]
    assert (await _counts(sms2), state["balance"]) == ([(True, 2, 3)], "4996.75")


async def test_it_stops_where_the_money_ends(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", balance="25.00", overdraft="0")
    await _start(sms2, message="я" * 71)
    assert await _counts(sms2) == [(True, 2, 10)]
    assert (await sms2.state())["balance"] == "5.00"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"pass": "wrong"}, "authentication failure"),
        ({"message": ""}, "can't send this message"),
        ({"message": "Cкидка"}, "can't send this message"),
        ({"from": "A"}, "can't send this message"),
        ({"from": "Nobody"}, "unsupported sender"),
        ({"message": "казино"}, "blocked text message"),
        ({"bases": ""}, "wrong base"),
        ({"bases": "VIP,Никто"}, "wrong base"),
        ({"bases": "VIP, Клиенты"}, "wrong base"),
        ({"bases": "Опт, розница"}, "wrong base"),
        ({"start_at": ""}, "wrong function"),
        ({"start_at": "21.11.2026 13:00"}, "wrong function"),
        ({"start_at": "2026-11-21 13:00:00"}, "wrong function"),
        ({"start_at": "2026-11-21T13:00"}, "wrong function"),
        ({"start_at": "2026-11-31 13:00"}, "wrong function"),
        ({"start_at": "2026-11-21 9:00"}, "wrong function"),
    ],
)
async def test_a_wrong_one_is_refused_and_never_queued(sms2: Sms2Client, changes: dict[str, str], error: str) -> None:
    assert await _start(sms2, **changes) == f"Error: {error}"
    assert await _counts(sms2) == []


@pytest.mark.parametrize(
    ("settings", "error"),
    [({"switched_off": True}, "service is switched off"), ({"balance": "-9995.01"}, "your credit is null")],
)
async def test_an_account_that_cannot_send_cannot_start_one(
    sms2: Sms2Client, settings: dict[str, Any], error: str
) -> None:
    await sms2.control("sms2/settings", **settings)
    assert await _start(sms2) == f"Error: {error}"


async def test_the_log_keeps_what_was_ordered(sms2: Sms2Client, clock: Clock) -> None:
    await _start(sms2, bases="VIP,Клиенты", start_at="2026-11-24 08:00")
    [multicast] = (await sms2.state())["multicasts"]
    start = datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Europe/Moscow")).timestamp()
    assert multicast == {
        "id": 1,
        "at": clock.now,
        "start_at": start,
        "text": "Скидки всю неделю",
        "sender": "MyShop",
        "bases": ["VIP", "Клиенты"],
        "fired_at": None,
        "sent": 0,
        "refused": 0,
    }
