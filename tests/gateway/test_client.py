"""Every function of the provider, on a real wire."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email import message_from_bytes
from hashlib import md5
from zoneinfo import ZoneInfo

import pytest

from gateway import (
    Balance,
    BatchResult,
    DeliveryStatus,
    PhoneBase,
)
from tests.gateway.calls import PHONE, PNG, SENT, Call, send
from tests.gateway.conftest import PASSWORD, USER, Connect, Serve
from tests.gateway.failing import (
    answers,
    reply,
    says,
)


@dataclass(frozen=True, slots=True)
class Example:
    call: Call
    answer: str
    result: object
    target: str
    fields: dict[str, str]


EXAMPLES = [
    Example(
        send,
        SENT,
        "0017",
        "/sms.cgi",
        {"phone": PHONE, "message": "Привет", "from": "Sender", "flash": "0"},
    ),
    Example(
        lambda gateway: gateway.send_sms(PHONE, "a=b&c\nd", "Sender", flash=True),
        SENT,
        "0017",
        "/sms.cgi",
        {"phone": PHONE, "message": "a=b&c\nd", "from": "Sender", "flash": "1"},
    ),
    Example(
        lambda gateway: gateway.sms_status("0017"),
        "Status: not_delivered",
        DeliveryStatus.NOT_DELIVERED,
        "/sms_status2.cgi",
        {"mess_id": "0017"},
    ),
    Example(
        lambda gateway: gateway.list_bases(),
        '[{"base_name": "Клиенты", "id": "7", "phones_total": "120"}]',
        [PhoneBase("Клиенты", "7", 120)],
        "/api_call.cgi",
        {"function": "list_of_bases"},
    ),
    Example(
        lambda gateway: gateway.add_phone("VIP, новые", PHONE),
        "Success",
        None,
        "/api_call.cgi",
        {"function": "add_phone_to_base", "base": "VIP, новые", "phone": PHONE},
    ),
    Example(
        lambda gateway: gateway.add_phones("Клиенты", (PHONE, "1728376")),
        '{"success"=>1, "errors"=>["1728376"]}',
        BatchResult(1, ("1728376",)),
        "/api_call.cgi",
        {"function": "add_phone_to_base_batch", "base": "Клиенты", "phones": f"{PHONE}\n1728376"},
    ),
    Example(
        lambda gateway: gateway.has_phone("Клиенты", PHONE),
        "No",
        False,
        "/api_call.cgi",
        {"function": "is_phone_in_base", "base": "Клиенты", "phone": PHONE},
    ),
    Example(
        lambda gateway: gateway.phones("Клиенты"),
        f"{PHONE}\n375291234567\n",
        [PHONE, "375291234567"],
        "/api_call.cgi",
        {"function": "get_base", "base": "Клиенты"},
    ),
    Example(
        lambda gateway: gateway.remove_phone("Клиенты", PHONE),
        "Success",
        None,
        "/api_call.cgi",
        {"function": "remove_phone_from_base", "base": "Клиенты", "phone": PHONE},
    ),
    Example(
        lambda gateway: gateway.start_multicast("Привет", "Sender", ["Клиенты", "VIP", "Клиенты"]),
        "Success",
        None,
        "/api_call.cgi",
        {"function": "start_multicast", "message": "Привет", "from": "Sender", "bases": "Клиенты,VIP"},
    ),
    Example(
        lambda gateway: gateway.balance(),
        "Balance: 5006.75; Overdraft: -10000.00",
        Balance(Decimal("5006.75"), Decimal(-10000)),
        "/get_credit_info.cgi",
        {},
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.fields.get("function", example.target))
async def test_functions(serve: Serve, connect: Connect, example: Example) -> None:
    """Each call posts exactly the documented fields, as Windows-1251, and returns what the answer means."""
    server = await serve(says(example.answer))
    assert await example.call(await connect(server.url)) == example.result
    assert [request.target for request in server.requests] == [example.target]
    assert server.requests[0].fields("cp1251") == {"user": USER, "pass": PASSWORD, **example.fields}


async def test_an_mms_with_a_picture(serve: Serve, connect: Connect) -> None:
    """An MMS is a multipart form in UTF-8, the password as its MD5, the picture a PNG file."""
    server = await serve(says("Ok_0042"))
    gateway = await connect(server.url)
    assert await gateway.send_mms(PHONE, "Тема", "Привет\n👍", PNG) == "0042"
    request = server.requests[0]
    message = message_from_bytes(f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode() + request.body)
    parts = {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in list(message.walk())[1:]
    }
    assert request.target == "/api.php"
    assert parts == {
        "user": USER.encode(),
        "hash": md5(PASSWORD.encode()).hexdigest().encode(),
        "phone": PHONE.encode(),
        "subject": "Тема".encode(),
        "text": "Привет\n👍".encode(),
        "picture": PNG,
    }


async def test_an_mms_without_a_picture_is_a_plain_form(serve: Serve, connect: Connect) -> None:
    """Without a file there is nothing to make parts of."""
    server = await serve(says("Ok_0042"))
    gateway = await connect(server.url, charset="windows-1251")
    await gateway.send_mms(PHONE, "Тема", "👍")
    assert server.requests[0].fields("utf-8") == {
        "user": USER,
        "hash": md5(PASSWORD.encode()).hexdigest(),
        "phone": PHONE,
        "subject": "Тема",
        "text": "👍",
    }


async def test_text_is_windows_1251_on_the_wire(serve: Serve, connect: Connect) -> None:
    """The bytes themselves: П is CF, and no charset is announced that could contradict it."""
    server = await serve(says(SENT))
    await send(await connect(server.url))
    assert b"&message=%CF%F0%E8%E2%E5%F2&" in server.requests[0].body
    assert server.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"


async def test_utf_8_is_for_single_messages_alone(serve: Serve, connect: Connect) -> None:
    """With charset="utf-8" sms.cgi is told so; no other function is documented to understand it."""
    server = await serve(answers(reply(SENT), reply("Success")))
    gateway = await connect(server.url, charset="UTF-8")
    await gateway.send_sms(PHONE, "Привет 👍", "Sender")
    await gateway.start_multicast("Привет", "Sender", ["Клиенты"])
    sms, multicast = server.requests
    assert (sms.fields("utf-8")["message"], sms.fields("utf-8")["enc"]) == ("Привет 👍", "utf-8")
    assert b"message=%CF%F0%E8%E2%E5%F2" in multicast.body
    assert "enc" not in multicast.fields()


async def test_an_address_may_have_a_path(serve: Serve, connect: Connect) -> None:
    """The provider may live under a prefix, with or without a closing slash."""
    server = await serve(says(SENT))
    for prefix in ("/sms2", "/sms2/"):
        await send(await connect(server.url + prefix))
    assert [request.target for request in server.requests] == ["/sms2/sms.cgi", "/sms2/sms.cgi"]


@pytest.mark.parametrize(
    ("start_at", "zone", "written"),
    [
        (datetime(2026, 12, 1, 6, 5, tzinfo=UTC), "Europe/Moscow", "2026-12-01 09:05"),
        (datetime(2026, 12, 1, 6, 5, 59, 999_999, tzinfo=UTC), "Europe/Moscow", "2026-12-01 09:05"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=ZoneInfo("Europe/Kaliningrad")), "Europe/Moscow", "2027-01-01 00:00"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("America/New_York")), "Europe/Moscow", "2026-07-01 19:00"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=ZoneInfo("America/New_York")), "Europe/Moscow", "2026-12-01 20:00"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "Europe/Berlin", "2026-07-01 14:00"),
        (datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "Asia/Yekaterinburg", "2026-12-01 17:00"),
    ],
)
async def test_start_at_is_the_providers_time(
    serve: Serve, connect: Connect, start_at: datetime, zone: str, written: str
) -> None:
    """Any aware instant is written in the provider's zone, summer time minded, to the minute."""
    server = await serve(says("Success"))
    gateway = await connect(server.url, timezone=zone)
    await gateway.start_multicast("Привет", "Sender", ["Клиенты"], start_at)
    assert server.requests[0].fields()["start_at"] == written
