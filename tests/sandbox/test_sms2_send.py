import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sms2 import accounts
from sandbox.sms2.phones import MAGIC, Fate
from sandbox.store import Store
from tests.sandbox.sms2_client import Clock, Sms2Client

_SENT = "Message successfully sent! Message_ID="


def _id(answer: str) -> str:
    assert answer.startswith(_SENT)
    return answer.removeprefix(_SENT)


async def test_a_good_message_reaches_its_phone_as_it_was_written(sms2: Sms2Client, clock: Clock) -> None:
    answer = await sms2.send(flash="1")
    [message] = (await sms2.state())["messages"]
    assert answer == "Message successfully sent! Message_ID=27460"
    assert message == {
        "id": 27460,
        "kind": "sms",
        "phone": "79119876543",
        "sender": "MyShop",
        "subject": "",
        "text": "Ваш заказ 1042 готов.",
        "flash": True,
        "parts": 1,
        "price": "5.00",
        "at": clock.now,
        "due": clock.now + 2,
        "fate": "delivered",
        "status": "unknown",
    }


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"pass": "wrong"}, "authentication failure"),
        ({"user": "wrong"}, "authentication failure"),
        ({"user": ""}, "authentication failure"),
        ({"phone": "89119876543"}, "unsupported phone number"),
        ({"phone": "7911987654"}, "unsupported phone number"),
        ({"phone": "+79119876543"}, "unsupported phone number"),
        ({"phone": "70987654321"}, "unsupported phone number"),
        ({"phone": "79110000004"}, "unsupported phone number"),
        ({"phone": "79110000005"}, "direction is closed"),
        ({"from": "AB"}, "can't send this message"),
        ({"from": "123456"}, "can't send this message"),
        ({"from": "Nobody"}, "unsupported sender"),
        ({"message": ""}, "can't send this message"),
        ({"message": "Cкидка"}, "can't send this message"),
        ({"message": "я" * 269}, "can't send this message"),
        ({"message": "Лучшее КАЗИНО города"}, "blocked text message"),
        ({"phone": "79110000001"}, "phone blacklisted"),
    ],
)
async def test_a_refused_message_reaches_nobody_and_costs_nothing(
    sms2: Sms2Client, changes: dict[str, str], error: str
) -> None:
    assert await sms2.send(**changes) == f"Error: {error}"
    state = await sms2.state()
    assert (state["messages"], state["balance"]) == ([], "5006.75")


async def test_a_service_that_is_switched_off_still_answers_about_money(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", switched_off=True)
    assert await sms2.send() == "Error: service is switched off"
    assert await sms2.call("/get_credit_info.cgi") == "Balance: 5006.75; Overdraft: -10000.00"


async def test_the_first_rule_that_is_broken_gives_the_answer(sms2: Sms2Client) -> None:
    """Of all that is wrong with a message, repaired one by one, the provider names the first."""
    await sms2.send()
    await sms2.control("sms2/settings", switched_off=True, balance="-10000")
    wrong = {"pass": "wrong", "phone": "1", "from": "A", "message": ""}
    answers = [await sms2.send(**wrong)]
    del wrong["pass"]
    answers.append(await sms2.send(**wrong))
    await sms2.control("sms2/settings", switched_off=False)
    for field, better in [
        ("phone", "79110000005"),
        ("phone", "79110000001"),
        ("from", "Nobody"),
        ("from", "MyShop"),
        ("message", "казино"),
        ("message", "Ваш заказ 1042 готов."),
        ("phone", "79119876543"),
        ("message", "Другой текст"),
    ]:
        answers.append(await sms2.send(**wrong))
        wrong[field] = better
    answers.append(await sms2.send(**wrong))
    assert answers == [
        "Error: authentication failure",
        "Error: service is switched off",
        "Error: unsupported phone number",
        "Error: direction is closed",
        "Error: can't send this message",
        "Error: unsupported sender",
        "Error: can't send this message",
        "Error: blocked text message",
        "Error: phone blacklisted",
        "Error: message duplication",
        "Error: your credit is null",
    ]


async def test_the_login_is_a_registered_sender(sms2: Sms2Client) -> None:
    assert (await sms2.send(**{"from": "sandbox"})).startswith(_SENT)


async def test_the_same_text_to_the_same_number_is_refused_for_a_day(sms2: Sms2Client, clock: Clock) -> None:
    answers = [await sms2.send()]
    for seconds in (86_399, 1):
        clock.advance(seconds)
        answers.append(await sms2.send())
    assert [_id(answers[0]), answers[1], _id(answers[2])] == ["27460", "Error: message duplication", "27461"]


async def test_another_text_or_another_number_is_no_duplicate(sms2: Sms2Client) -> None:
    answers = [await sms2.send(), await sms2.send(message="Другой"), await sms2.send(phone="79119876544")]
    assert [_id(answer) for answer in answers] == ["27460", "27461", "27462"]


async def test_every_part_is_paid_for_down_to_the_overdraft_exactly(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", balance="10.00", overdraft="-5.00", price="7.50")
    assert _id(await sms2.send(message="я" * 71)) == "27460"
    assert await sms2.call("/get_credit_info.cgi") == "Balance: -5.00; Overdraft: -5.00"
    assert await sms2.send(message="я") == "Error: your credit is null"


async def test_a_status_is_unknown_until_the_report_is_due(sms2: Sms2Client, clock: Clock) -> None:
    message_id = _id(await sms2.send())
    statuses = []
    for seconds in (0, 1.9, 0.2):
        clock.advance(seconds)
        statuses.append(await sms2.call("/sms_status2.cgi", mess_id=message_id))
    assert statuses == ["Status: unknown", "Status: unknown", "Status: delivered"]


@pytest.mark.parametrize(
    ("phone", "status"),
    [("79110000002", "not_delivered"), ("79110000003", "unknown"), ("79110000006", "delivered")],
)
async def test_a_magic_number_has_a_fate_of_its_own(sms2: Sms2Client, clock: Clock, phone: str, status: str) -> None:
    message_id = _id(await sms2.send(phone=phone))
    clock.advance(1_000_000)
    assert await sms2.call("/sms_status2.cgi", mess_id=message_id) == f"Status: {status}"


@pytest.mark.parametrize("mess_id", ["", "27461", "027460", "Ok_006B44", "-1", "9" * 30, "27460 "])
async def test_only_the_id_as_it_was_given_finds_a_message(sms2: Sms2Client, mess_id: str) -> None:
    await sms2.send()
    assert await sms2.call("/sms_status2.cgi", mess_id=mess_id) == "Error: no such message"


async def test_a_status_is_for_the_account_alone(sms2: Sms2Client) -> None:
    await sms2.send()
    answer = await sms2.call("/sms_status2.cgi", mess_id="27460", **{"pass": "wrong"})
    assert answer == "Error: authentication failure"


async def test_a_phones_fate_is_the_controls_to_choose(sms2: Sms2Client) -> None:
    await sms2.control("sms2/phones", phone="79119876543", fate="blacklisted")
    await sms2.control("sms2/phones", phone="79110000001", fate="delivered")
    answers = [await sms2.send(), await sms2.send(phone="79110000001")]
    assert [answers[0], _id(answers[1])] == ["Error: phone blacklisted", "27460"]
    fates = (await sms2.state())["fates"]
    assert fates == {**MAGIC, "79119876543": "blacklisted", "79110000001": "delivered"}


async def test_a_late_report_may_be_another_one(sms2: Sms2Client) -> None:
    """The control reports at once, and may change its mind: late news are the provider's habit."""
    message_id = _id(await sms2.send(phone="79110000003"))
    statuses = []
    for fate in (Fate.NOT_DELIVERED, Fate.DELIVERED):
        await sms2.control("sms2/messages", id=int(message_id), fate=fate)
        statuses.append(await sms2.call("/sms_status2.cgi", mess_id=message_id))
    assert statuses == ["Status: not_delivered", "Status: delivered"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=20))
def test_money_is_exact(parts: list[int]) -> None:
    """Kopecks spent one by one leave no dust: a balance is decimal, never float."""
    store = Store(":memory:")
    store.script(accounts.DDL)
    accounts.change(store, balance="1000.00")
    for count in parts:
        accounts.charge(store, Decimal("0.10") * count)
    left = accounts.read(store).balance
    store.close()
    assert left == Decimal("1000.00") - Decimal("0.10") * sum(parts)


async def test_messages_sent_at_once_have_ids_and_prices_of_their_own(sms2: Sms2Client) -> None:
    numbers = [f"7911987{count:04}" for count in range(30)]
    ids = [_id(answer) for answer in await asyncio.gather(*(sms2.send(phone=number) for number in numbers))]
    assert sorted(ids) == [str(27460 + count) for count in range(30)]
    assert (await sms2.state())["balance"] == "4856.75"
