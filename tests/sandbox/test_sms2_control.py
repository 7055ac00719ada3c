from typing import Any

import pytest

from sandbox.store import Store
from tests.sandbox.sms2_client import ACCOUNT, SMS, Clock, Sms2Client


async def test_the_journal_tells_of_every_call_all_but_its_password(sms2: Sms2Client, clock: Clock) -> None:
    """Refused or not, a call that was judged is executed: its answer tells which."""
    await sms2.call("/sms_status2.cgi", mess_id="7")
    assert (await sms2.state())["calls"] == [
        {
            "id": 1,
            "at": clock.now,
            "method": "POST",
            "path": "/sms_status2.cgi",
            "params": {"user": "sandbox", "mess_id": "7"},
            "size": len("user=sandbox&pass=sandbox&mess_id=7"),
            "fault": None,
            "answer": "Error: no such message",
            "executed": True,
        }
    ]


async def test_an_effect_and_its_mark_in_the_journal_are_one(sms2: Sms2Client, store: Store) -> None:
    """If the mark cannot be written, the phone got nothing and nothing was paid: the referee never lies."""
    store.script(
        "CREATE TRIGGER full_disk BEFORE UPDATE OF executed ON sms2_calls"
        " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    )
    answer = await sms2.http.post("/sms.cgi", data={**ACCOUNT, **SMS, "enc": "utf-8"})
    state = await sms2.state()
    assert answer.status_code == 500
    assert (state["messages"], state["balance"]) == ([], "5006.75")
    assert [call["executed"] for call in state["calls"]] == [False]


async def test_no_password_is_kept_in_the_journal(sms2: Sms2Client, store: Store) -> None:
    await sms2.control("sms2/settings", password="hunter-two")
    await sms2.send(**{"pass": "hunter-two"})
    assert "hunter-two" not in str([tuple(row) for row in store.read("SELECT * FROM sms2_calls")])


async def test_a_new_account_has_the_descriptions_money_and_shows_no_password(sms2: Sms2Client) -> None:
    state = await sms2.state()
    assert (state["account"], state["balance"], state["calls"]) == ("sandbox", "5006.75", [])
    assert state["settings"] == {
        "login": "sandbox",
        "balance": "5006.75",
        "overdraft": "-10000.00",
        "price": "5.00",
        "mms_price": "15.00",
        "delivery_seconds": 2.0,
        "switched_off": False,
        "senders": ["Clinic", "MyShop", "SMS2", "Test"],
        "blocked_words": ["казино"],
        "timezone": "Europe/Moscow",
        "answer_charset": "utf-8",
    }


async def test_the_newest_calls_and_messages_can_be_had_alone(sms2: Sms2Client) -> None:
    for text in ("Раз", "Два", "Три"):
        await sms2.send(message=text)
    newest = (await sms2.http.get("/control/sms2", params={"last": 2})).json()
    assert [message["text"] for message in newest["messages"]] == ["Два", "Три"]
    assert [call["id"] for call in newest["calls"]] == [2, 3]


async def test_changed_settings_rule_the_calls_that_follow(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", password="new", senders=["Bakery"], blocked_words=["булка"], delivery_seconds=0)
    right = {"pass": "new", "from": "Bakery"}
    answers = [
        await sms2.send(**{**right, "pass": "sandbox"}),
        await sms2.send(**{**right, "from": "MyShop"}),
        await sms2.send(**{**right, "message": "Свежая булка"}),
        await sms2.send(**right),
        await sms2.call("/sms_status2.cgi", mess_id="27460", **{"pass": "new"}),
    ]
    assert answers == [
        "Error: authentication failure",
        "Error: unsupported sender",
        "Error: blocked text message",
        "Message successfully sent! Message_ID=27460",
        "Status: delivered",
    ]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("settings", {"colour": "red"}),
        ("settings", {"balance": "much"}),
        ("settings", {"senders": "MyShop"}),
        ("settings", {"switched_off": "yes"}),
        ("settings", {"timezone": "Europe/Atlantis"}),
        ("settings", {"answer_charset": "morse"}),
        ("phones", {"phone": "79119876543", "fate": "eaten"}),
        ("phones", {"phone": "79119876543"}),
        ("messages", {"id": 1, "fate": "eaten"}),
        ("bases", {"name": "VIP"}),
    ],
)
async def test_a_switch_that_does_not_exist_is_a_bad_request(sms2: Sms2Client, path: str, body: dict[str, Any]) -> None:
    before = await sms2.state()
    answer = await sms2.http.post(f"/control/sms2/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert await sms2.state() == before


async def test_violations_are_shown_and_forgiven(sms2: Sms2Client, clock: Clock) -> None:
    await sms2.http.post("/get_credit_info.cgi", data={**ACCOUNT, "verbose": "1"})
    shown = (await sms2.http.get("/control/violations")).json()
    assert shown == [{"id": 1, "at": clock.now, "where": "get_credit_info.cgi", "what": "unknown parameter verbose"}]
    await sms2.http.delete("/control/violations")
    assert (await sms2.http.get("/control/violations")).json() == []
