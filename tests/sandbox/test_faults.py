import asyncio
import time
from typing import Any

import httpx
import pytest

from sandbox.app import serve
from sandbox.faults import KINDS, TELEGRAM_ONLY, Fault, Faults
from sandbox.sms2.calls import journal
from sandbox.store import Store
from tests.sandbox.sms2_client import ACCOUNT, SMS, Sms2Client

_WIRE = [kind for kind in KINDS if kind not in TELEGRAM_ONLY]
_NOT_EXECUTED = {"hang", "cut_before", "error500_before"}
_CUT = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


async def _send_in_utf8(sms2: Sms2Client, **options: Any) -> httpx.Response:
    return await sms2.http.post("/sms.cgi", data={**ACCOUNT, **SMS, "enc": "utf-8"}, **options)


async def _journal(sms2: Sms2Client) -> list[tuple[str, bool]]:
    return [(call["fault"], call["executed"]) for call in (await sms2.state())["calls"]]


async def _until_journal(sms2: Sms2Client, wanted: list[tuple[str, bool]]) -> None:
    async with asyncio.timeout(5):
        while await _journal(sms2) != wanted:  # noqa: ASYNC110 – the journal is at the far end of a socket
            await asyncio.sleep(0.01)


def test_a_switch_is_used_up_after_its_times(store: Store) -> None:
    faults = Faults(store)
    faults.set("sms2", "sms.cgi", "delay", times=2, seconds=1.5)
    taken = [faults.take("sms2", "sms.cgi") for _ in range(3)]
    assert taken == [Fault("delay", 1.5), Fault("delay", 1.5), None]


def test_a_switch_without_times_holds_until_its_side_is_cleared(store: Store) -> None:
    faults = Faults(store)
    faults.set("telegram", "*", "429", times=None, retry_after=3)
    faults.clear("sms2")
    assert faults.take("telegram", "getMe") == Fault("429", args={"retry_after": 3})
    assert faults.take("telegram", "sendMessage") == Fault("429", args={"retry_after": 3})
    faults.clear("telegram")
    assert faults.take("telegram", "getMe") is None


def test_a_switch_by_name_comes_before_one_for_all_calls(store: Store) -> None:
    faults = Faults(store)
    faults.set("sms2", "*", "hang")
    faults.set("sms2", "sms.cgi", "empty")
    kinds = [fault.kind for _ in range(2) if (fault := faults.take("sms2", "sms.cgi"))]
    assert kinds == ["empty", "hang"]


def test_a_switch_hits_neither_other_calls_nor_the_other_side(store: Store) -> None:
    faults = Faults(store)
    faults.set("sms2", "sms.cgi", "empty")
    assert [faults.take("sms2", "api.php"), faults.take("telegram", "sms.cgi")] == [None, None]


@pytest.mark.parametrize(
    ("side", "kind", "times"), [("sms3", "hang", 1), ("sms2", "explode", 1), ("sms2", "hang", 0), ("sms2", "429", 1)]
)
def test_a_switch_that_means_nothing_is_refused(store: Store, side: str, kind: str, times: int) -> None:
    with pytest.raises(ValueError, match=r"fault|times"):
        Faults(store).set(side, "*", kind, times=times)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
async def test_a_cut_reaches_the_client_as_a_broken_connection(sms2: Sms2Client, kind: str) -> None:
    await sms2.control("faults", side="sms2", call="sms.cgi", kind=kind)
    with pytest.raises(_CUT):
        await _send_in_utf8(sms2)


@pytest.mark.parametrize("kind", _WIRE)
async def test_only_faults_that_come_after_leave_a_message(sms2: Sms2Client, kind: str) -> None:
    """Whatever the client saw, phone and journal agree on whether the call was executed."""
    await sms2.control("faults", side="sms2", call="sms.cgi", kind=kind)
    options = {"timeout": 0.2} if kind == "hang" else {}
    try:
        await _send_in_utf8(sms2, **options)
    except (*_CUT, httpx.ReadTimeout):
        pass
    executed = kind not in _NOT_EXECUTED
    assert await _journal(sms2) == [(kind, executed)]
    assert len((await sms2.state())["messages"]) == int(executed)


@pytest.mark.parametrize(
    ("kind", "status", "media", "body"),
    [
        ("error500_before", 500, "text/plain; charset=utf-8", "Internal Server Error"),
        ("error500_after", 500, "text/plain; charset=utf-8", "Internal Server Error"),
        ("empty", 200, None, ""),
        ("trickle", 200, "text/plain", "Message successfully sent! Message_ID=27460"),
        ("delay", 200, "text/plain", "Message successfully sent! Message_ID=27460"),
    ],
)
async def test_an_answer_under_a_fault(sms2: Sms2Client, kind: str, status: int, media: str | None, body: str) -> None:
    await sms2.control("faults", side="sms2", call="*", kind=kind)
    answer = await _send_in_utf8(sms2)
    assert (answer.status_code, answer.headers.get("content-type"), answer.text) == (status, media, body)


async def test_an_html_page_hides_the_answer(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="sms2", call="sms.cgi", kind="html")
    answer = await _send_in_utf8(sms2)
    assert (answer.headers["content-type"], "Message_ID" in answer.text) == (
        "text/html; charset=utf-8",
        False,
    )


async def test_a_trickle_comes_byte_by_byte(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="sms2", call="get_credit_info.cgi", kind="trickle", seconds=0.002)
    async with sms2.http.stream("POST", "/get_credit_info.cgi", data=ACCOUNT) as answer:
        pieces = [piece async for piece in answer.aiter_raw()]
    assert b"".join(pieces) == b"Balance: 5006.75; Overdraft: -10000.00"
    assert len(pieces) > 10


async def test_a_hanging_call_delays_no_other(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="sms2", call="sms.cgi", kind="hang")
    hanging = asyncio.create_task(_send_in_utf8(sms2, timeout=5))
    await _until_journal(sms2, [("hang", False)])
    assert await sms2.call("/get_credit_info.cgi") == "Balance: 5006.75; Overdraft: -10000.00"
    assert not hanging.done()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)


async def test_a_hang_is_bounded(sms2: Sms2Client) -> None:
    """After its seconds even a patient client is cut off."""
    await sms2.control("faults", side="sms2", call="sms.cgi", kind="hang", seconds=0.05)
    with pytest.raises(_CUT):
        await _send_in_utf8(sms2)


async def test_a_call_is_executed_though_its_client_left_during_the_delay(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="sms2", call="sms.cgi", kind="delay", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await _send_in_utf8(sms2, timeout=0.1)
    assert await _journal(sms2) == [("delay", False)]
    await _until_journal(sms2, [("delay", True)])
    assert len((await sms2.state())["messages"]) == 1


async def test_stopping_the_server_waits_for_nobody(store: Store) -> None:
    """Calls that hang or are delayed are cut and never executed, and the port is free at once."""
    async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(5):
        async with serve(store) as url:
            port = int(url.rpartition(":")[2])
            Faults(store).set("sms2", "sms.cgi", "hang")
            Faults(store).set("sms2", "sms.cgi", "delay", seconds=60)
            sms = {**ACCOUNT, **SMS, "enc": "utf-8"}
            sends = [asyncio.create_task(http.post(f"{url}/sms.cgi", data=sms)) for _ in range(2)]
            while len(journal(store)) < 2:  # noqa: ASYNC110 – the calls are on their way through sockets
                await asyncio.sleep(0.01)
        outcomes = await asyncio.gather(*sends, return_exceptions=True)
        async with serve(store, port=port):
            assert [call["executed"] for call in journal(store)] == [False, False]
    assert [isinstance(outcome, _CUT) for outcome in outcomes] == [True, True]


async def test_an_answer_does_not_wait_for_the_clients_acknowledgement(sms2: Sms2Client) -> None:
    """With Nagle's algorithm on, all but the first few answers on a connection take 40 ms."""
    waits = []
    for _ in range(20):
        began = time.perf_counter()
        await sms2.call("/get_credit_info.cgi")
        waits.append(time.perf_counter() - began)
    assert sorted(waits)[10] < 0.03


async def test_a_taken_port_is_an_os_error(store: Store, url: str) -> None:
    with pytest.raises(OSError, match="in use"):
        async with serve(store, port=int(url.rpartition(":")[2])):
            pytest.fail("two servers on one port")


async def test_a_function_of_the_bases_may_fail_alone(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="sms2", call="start_multicast", kind="error500_before")
    assert (await sms2.function("list_of_bases")).startswith("[{")
    broken = await sms2.http.post("/api_call.cgi", data={**ACCOUNT, "function": "start_multicast"})
    assert broken.status_code == 500


async def test_the_control_shows_sets_and_clears_switches(sms2: Sms2Client) -> None:
    await sms2.control("faults", side="telegram", call="getMe", kind="429", times=2, retry_after=7)
    shown = (await sms2.http.get("/control/faults")).json()
    wanted = {"side": "telegram", "call": "getMe", "kind": "429", "times": 2, "seconds": 0.0}
    assert shown["faults"] == [{"id": 1, **wanted, "args": {"retry_after": 7}}]
    assert shown["kinds"].keys() == KINDS.keys()
    await sms2.http.delete("/control/faults", params={"side": "telegram"})
    assert (await sms2.http.get("/control/faults")).json()["faults"] == []


async def test_a_wrong_switch_is_a_bad_request(sms2: Sms2Client) -> None:
    answer = await sms2.http.post("/control/faults", json={"side": "sms2", "call": "*", "kind": "explode"})
    assert (answer.status_code, answer.json()) == (400, {"error": "no such fault: sms2 explode"})
