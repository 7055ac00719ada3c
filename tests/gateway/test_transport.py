"""The transport spreads requests, uses no stale connection, loses none, and knows whether writing began."""

import asyncio
import gc
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from gateway.transport import KEEPALIVE, Progress, SpreadTransport, reports_progress
from tests.gateway.conftest import Serve
from tests.gateway.failing import (
    FailingServer,
    answers,
    cuts_after_reading,
    forgets_idle,
    hangs,
    never_shakes_hands,
    reply,
    says,
)

Open = Callable[..., Awaitable[SpreadTransport]]


@pytest.fixture
def spread(stack: AsyncExitStack, client_tls: ssl.SSLContext) -> Open:
    async def start(max_connections: int = 5, keepalive: float = KEEPALIVE) -> SpreadTransport:
        transport = SpreadTransport(client_tls, max_connections=max_connections, keepalive=keepalive)
        return await stack.enter_async_context(transport)

    return start


async def post(transport: SpreadTransport, url: str, within: float = 5) -> tuple[bytes, Progress]:
    progress = Progress(asyncio.get_running_loop().time() + within)
    request = httpx.Request("POST", url, content=b"a=1", extensions={"trace": progress})
    async with asyncio.timeout_at(progress.deadline):
        response = await transport.handle_async_request(request)
        try:
            return await response.aread(), progress
        finally:
            await response.aclose()


async def test_one_after_another_share_a_connection(serve: Serve, spread: Open) -> None:
    """Requests in turn take the connection used last."""
    server = await serve(says("Yes"))
    transport = await spread(keepalive=60)
    assert [(await post(transport, server.url))[0] for _ in range(5)] == [b"Yes"] * 5
    assert [len(visit.requests) for visit in server.visits] == [5]


async def test_requests_at_once_go_over_connections_of_their_own(serve: Serve, spread: Open) -> None:
    """Up to `max_connections` nobody waits for another."""
    server = await serve(hangs)
    transport = await spread(max_connections=3)
    calls = [asyncio.create_task(post(transport, server.url)) for _ in range(3)]
    await server.until(lambda: len(server.requests) == 3)
    assert [len(visit.requests) for visit in server.visits] == [1, 1, 1]
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


async def test_requests_beyond_the_limit_wait_in_order(serve: Serve, spread: Open) -> None:
    """With all connections in use the next request waits, and is answered when one is free."""
    server = await serve(says("Yes"))
    transport = await spread(max_connections=2)
    replies = await asyncio.gather(*(post(transport, server.url) for _ in range(20)))
    assert [content for content, _ in replies] == [b"Yes"] * 20
    assert len(server.visits) == 2


async def test_an_idle_connection_is_used_no_longer_than_its_keepalive(serve: Serve, spread: Open) -> None:
    """What idled too long is closed and replaced, though the server would still take it."""
    server = await serve(says("Yes"))
    transport = await spread(keepalive=0.03)
    await post(transport, server.url)
    await asyncio.sleep(0.05)
    await post(transport, server.url)
    assert [len(visit.requests) for visit in server.visits] == [1, 1]


def test_the_keepalive_is_under_a_second() -> None:
    """Paid calls use no connection that idled for over a second."""
    assert KEEPALIVE < 1


@pytest.mark.parametrize(("keepalive", "answered"), [(0.02, True), (5, False)])
async def test_a_server_that_drops_idle_connections(
    serve: Serve, spread: Open, keepalive: float, answered: bool
) -> None:
    """With its notice still on the way, only a keepalive shorter than the server's saves the next request."""
    server = await serve(forgets_idle(reply("Yes"), after=0.05))
    transport = await spread(keepalive=keepalive)
    await post(transport, server.url)
    await asyncio.sleep(0.08)
    if answered:
        assert (await post(transport, server.url))[0] == b"Yes"
    else:
        with pytest.raises(httpx.TransportError):
            await post(transport, server.url)
    assert len(server.requests) == 2


async def test_a_failed_connection_frees_its_place(serve: Serve, spread: Open) -> None:
    """Any number of failures and cancellations leaves every place usable."""
    broken, stuck, good = await serve(cuts_after_reading), await serve(hangs), await serve(says("Yes"))
    transport = await spread(max_connections=1)
    for _ in range(5):
        with pytest.raises(httpx.TransportError):
            await post(transport, broken.url)
        with pytest.raises(TimeoutError):
            await post(transport, stuck.url, within=0.02)
    assert (await post(transport, good.url))[0] == b"Yes"


async def test_an_answer_left_unread_frees_its_place(serve: Serve, spread: Open) -> None:
    """A response closed early takes its connection with it, not its place."""
    server = await serve(answers(reply("x" * 10_000_000), reply("Yes")))
    transport = await spread(max_connections=1)
    response = await transport.handle_async_request(httpx.Request("POST", server.url))
    await response.aclose()
    await response.aclose()
    response = await transport.handle_async_request(httpx.Request("POST", server.url))
    await response.aclose()
    assert len(server.visits) == 2


async def test_a_cancelled_handshake_leaves_no_socket_open(serve: Serve, spread: Open) -> None:
    """A server that never shakes hands costs no descriptor: the connection ends with the call."""
    server = await serve(never_shakes_hands, tls=None)
    transport = await spread()
    with pytest.raises(TimeoutError):
        await post(transport, f"https://127.0.0.1:{server.port}", within=0.05)
    await server.until(lambda: server.visits[0].ended)
    gc.collect()
    assert server.received.startswith(b"\x16\x03")  # a TLS greeting, and nothing of ours


async def test_a_closed_transport_opens_nothing(serve: Serve, client_tls: ssl.SSLContext) -> None:
    """After closing, a late request is refused before anything is opened, and its place is given back."""
    server = await serve(says("Yes"))
    transport = SpreadTransport(client_tls, max_connections=1)
    await transport.aclose()
    for _ in range(2):
        with pytest.raises(httpx.ConnectError):
            await post(transport, server.url)
    assert server.visits == []


async def test_closing_ends_requests_under_way(serve: Serve, client_tls: ssl.SSLContext) -> None:
    """Closing waits for nobody: a request still under way fails."""
    server = await serve(hangs)
    async with SpreadTransport(client_tls) as transport:
        call = asyncio.create_task(post(transport, server.url))
        await server.until(lambda: len(server.requests) == 1)
    with pytest.raises(httpx.TransportError):
        await call


def test_unverified_tls_is_refused() -> None:
    """No context that skips certificates or host names is accepted."""
    blind = ssl.create_default_context()
    blind.check_hostname = False
    for mode in (ssl.CERT_NONE, ssl.CERT_REQUIRED):
        blind.verify_mode = mode
        with pytest.raises(ValueError, match="verify"):
            SpreadTransport(blind)


async def test_progress_begins_right_before_writing(serve: Serve, spread: Open) -> None:
    """While a connection is made nothing has begun; once the server has read, it has."""
    server = await serve(says("Yes"))
    transport = await spread()
    _, progress = await post(transport, server.url)
    assert (progress.began, progress.stage) == (True, "waiting for the answer")
    silent = await serve(never_shakes_hands, tls=None)
    progress = Progress(asyncio.get_running_loop().time() + 1)
    request = httpx.Request("POST", f"https://127.0.0.1:{silent.port}", extensions={"trace": progress})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await transport.handle_async_request(request)
    assert (progress.began, progress.stage) == (False, "securing the connection")


@pytest.mark.parametrize(
    ("within", "not_after"),
    [(-1, None), (60, timedelta(seconds=-1)), (-1, timedelta(seconds=60))],
)
async def test_past_either_limit_writing_does_not_begin(
    serve: Serve, spread: Open, within: float, not_after: timedelta | None
) -> None:
    """The deadline and the wall clock each stop a request at the last moment, with the connection already made."""
    server = await serve(says("Yes"))
    transport = await spread()
    last = None if not_after is None else datetime.now(UTC) + not_after
    progress = Progress(asyncio.get_running_loop().time() + within, last)
    with pytest.raises(TimeoutError):
        await transport.handle_async_request(
            httpx.Request("POST", server.url, extensions={"trace": progress}),
        )
    assert (progress.began, server.received, len(server.visits)) == (False, b"", 1)


def test_only_transports_that_report_are_trusted() -> None:
    """A transport that may write without a word has no say in what was written."""
    assert reports_progress(SpreadTransport())
    assert reports_progress(httpx.AsyncHTTPTransport())
    assert not reports_progress(httpx.MockTransport(lambda _: httpx.Response(200)))


async def test_the_failing_server_keeps_what_was_written() -> None:
    """The double itself: whole requests are parsed, the bytes of cut ones kept, and its end is clean."""
    async with FailingServer(says("Yes")) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"POST /x HTTP/1.1\r\nHost: me\r\nContent-Length: 5\r\n\r\na=%CF")
        assert (await reader.readuntil(b"Yes"))[:12] == b"HTTP/1.1 200"
        writer.write(b"POST /y")
        writer.close()
        await writer.wait_closed()
        await server.until(lambda: server.visits[0].ended)
    assert [(request.target, request.fields()) for request in server.requests] == [("/x", {"a": "П"})]
    assert server.received.endswith(b"a=%CFPOST /y")
