"""What the wire cannot carry is refused before anything is opened."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gateway import (
    Flaw,
    Gateway,
    InvalidRequestError,
)
from gateway.checks import MMS_LIMIT
from tests.gateway.calls import PHONE, PNG, SENT, Call, failure
from tests.gateway.conftest import PASSWORD, USER, Connect, Serve
from tests.gateway.failing import (
    says,
)


@pytest.mark.parametrize(
    ("call", "field", "flaw"),
    [
        (lambda g: g.send_sms(PHONE, "5 ₽", "Sender"), "message", Flaw.UNENCODABLE),
        (lambda g: g.send_sms(PHONE, "Текст", "Sénder"), "from", Flaw.UNENCODABLE),
        (lambda g: g.send_sms("", "Текст", "Sender"), "phone", Flaw.NOT_A_PHONE),
        (lambda g: g.send_sms("89119876543", "Текст", "Sender"), "phone", Flaw.NOT_A_PHONE),
        (lambda g: g.send_sms("7911987654", "Текст", "Sender"), "phone", Flaw.NOT_A_PHONE),
        (lambda g: g.send_sms(f"{PHONE}\n", "Текст", "Sender"), "phone", Flaw.NOT_A_PHONE),
        (lambda g: g.send_sms("7٩119876543", "Текст", "Sender"), "phone", Flaw.NOT_A_PHONE),
        (lambda g: g.send_sms(PHONE, "a", "b", not_after=datetime(2026, 1, 1)), "not_after", Flaw.NAIVE_TIME),  # noqa: DTZ001
        (lambda g: g.add_phones("Клиенты", []), "phones", Flaw.EMPTY),
        (lambda g: g.add_phones("Клиенты", PHONE), "phones", Flaw.MALFORMED),
        (lambda g: g.add_phones("Клиенты", [PHONE, ""]), "phones", Flaw.MALFORMED),
        (lambda g: g.add_phones("Клиенты", [f"{PHONE}\n{PHONE}"]), "phones", Flaw.MALFORMED),
        (lambda g: g.start_multicast("Текст", "Sender", ["a", "b,c"]), "bases", Flaw.COMMA),
        (lambda g: g.start_multicast("Текст", "Sender", []), "bases", Flaw.EMPTY),
        (lambda g: g.start_multicast("Текст", "Sender", ["a", " "]), "bases", Flaw.EMPTY),
        (lambda g: g.start_multicast("Текст", "Sender", "abc"), "bases", Flaw.MALFORMED),
        (lambda g: g.start_multicast("👍", "Sender", ["a"]), "message", Flaw.UNENCODABLE),
        (lambda g: g.start_multicast("a", "b", ["c"], datetime(2026, 1, 1)), "start_at", Flaw.NAIVE_TIME),  # noqa: DTZ001
        (lambda g: g.send_mms(PHONE, "", "", b"GIF89a"), "picture", Flaw.NOT_PNG),
        (lambda g: g.send_mms(PHONE, "", "a", PNG + b"\0" * (MMS_LIMIT - len(PNG))), "message", Flaw.TOO_LARGE),
        (lambda g: g.send_mms(PHONE, "", "я" * (MMS_LIMIT // 2 + 1)), "message", Flaw.TOO_LARGE),
        (lambda g: g.send_mms(PHONE, "\ud800", "a", PNG), "subject", Flaw.UNENCODABLE),
        (lambda g: g.send_mms("123", "a", "a"), "phone", Flaw.NOT_A_PHONE),
    ],
)
async def test_what_the_wire_cannot_carry_opens_nothing(
    serve: Serve, connect: Connect, call: Call, field: str, flaw: Flaw
) -> None:
    """A flawed request is refused by field before a connection is made."""
    server = await serve(says(SENT))
    error = await failure(call(await connect(server.url)))
    assert isinstance(error, InvalidRequestError)
    assert (error.field, error.flaw, server.visits) == (field, flaw, [])


@pytest.mark.parametrize("fold", [0, 1])
async def test_an_hour_that_comes_twice_is_refused(serve: Serve, connect: Connect, fold: int) -> None:
    """Where the provider's clock is set back, a start time without an offset would mean two instants."""
    server = await serve(says("Success"))
    gateway = await connect(server.url, timezone="Europe/Berlin")
    start_at = datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    error = await failure(gateway.start_multicast("Текст", "Sender", ["Клиенты"], start_at))
    assert isinstance(error, InvalidRequestError)
    assert (error.field, error.flaw, server.visits) == ("start_at", Flaw.AMBIGUOUS_TIME, [])


async def test_an_mms_may_have_exactly_300_kilobytes(serve: Serve, connect: Connect) -> None:
    """Subject, text and picture are counted in bytes, together."""
    server = await serve(says("Ok_1"))
    gateway = await connect(server.url)
    picture = PNG + b"\0" * (300 * 1024 - len(PNG) - len("Тема".encode()) - 1)
    assert await gateway.send_mms(PHONE, "Тема", "a", picture) == "1"
    assert isinstance(await failure(gateway.send_mms(PHONE, "Тема", "ab", picture)), InvalidRequestError)


@pytest.mark.parametrize(
    ("url", "options", "field"),
    [
        ("my.sms2.ru", {}, "url"),
        ("ftp://my.sms2.ru", {}, "url"),
        ("https://", {}, "url"),
        ("https://my.sms2.ru:port", {}, "url"),
        ("https://acme-user:secret@my.sms2.ru", {}, "url"),
        ("https://my.sms2.ru?user=acme-user", {}, "url"),
        ("https://my.sms2.ru", {"charset": "koi8-r"}, "charset"),
        ("https://my.sms2.ru", {"charset": "no such"}, "charset"),
        ("https://my.sms2.ru", {"timezone": "Europe/Nowhere"}, "timezone"),
        ("https://my.sms2.ru", {"timezone": "../etc"}, "timezone"),
    ],
)
def test_a_flawed_configuration_is_refused(url: str, options: dict[str, Any], field: str) -> None:
    """A gateway that could not work, or would carry a login in its address, is not built."""
    with pytest.raises(InvalidRequestError) as caught:
        Gateway(url, USER, PASSWORD, **options)
    assert (caught.value.field, "acme-user" in repr(caught.value)) == (field, False)
