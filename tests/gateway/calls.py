"""Every call the provider offers, for tests that must hold for all of them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gateway import (
    Gateway,
    GatewayError,
)

PHONE = "79119876543"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
SENT = "Message successfully sent! Message_ID=0017"
PAGE = "<html><h1>It works!</h1></html>"

Call = Callable[[Gateway], Awaitable[Any]]


async def send(gateway: Gateway, **limits: Any) -> str:
    return await gateway.send_sms(PHONE, "Привет", "Sender", **limits)


PAID: dict[str, tuple[Call, str]] = {
    "send_sms": (send, SENT),
    "start_multicast": (lambda gateway: gateway.start_multicast("Привет", "Sender", ["Клиенты"]), "Success"),
    "send_mms": (lambda gateway: gateway.send_mms(PHONE, "Тема", "Привет", PNG), "Ok_17"),
}
FREE: dict[str, tuple[Call, str]] = {
    "sms_status": (lambda gateway: gateway.sms_status("17"), "Status: delivered"),
    "list_bases": (lambda gateway: gateway.list_bases(), "[]"),
    "add_phone": (lambda gateway: gateway.add_phone("Клиенты", PHONE), "Success"),
    "add_phones": (lambda gateway: gateway.add_phones("Клиенты", [PHONE]), '{"success"=>1, "errors"=>[]}'),
    "has_phone": (lambda gateway: gateway.has_phone("Клиенты", PHONE), "Yes"),
    "phones": (lambda gateway: gateway.phones("Клиенты"), PHONE),
    "remove_phone": (lambda gateway: gateway.remove_phone("Клиенты", PHONE), "Success"),
    "balance": (lambda gateway: gateway.balance(), "Balance: 1; Overdraft: 0"),
}
EVERY = {**PAID, **FREE}


def calls(table: dict[str, tuple[Call, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("call", [call for call, _ in table.values()], ids=table)


async def failure(call: Awaitable[Any]) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        await call
    return caught.value
