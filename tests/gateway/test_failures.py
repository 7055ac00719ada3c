"""Every failure is told apart by what was written, over real sockets and TLS."""

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import trustme

from gateway import (
    Gateway,
    NotSentError,
    OutcomeUnknownError,
    Reason,
    RejectedError,
    UnexpectedReplyError,
)
from tests.gateway.calls import EVERY, FREE, PAGE, PAID, SENT, Call, calls, failure, send
from tests.gateway.conftest import PASSWORD, USER, Connect, Serve
from tests.gateway.failing import (
    Behaviour,
    FailingServer,
    answers,
    cuts_after,
    cuts_after_reading,
    cuts_at_once,
    drops_idle,
    forgets_idle,
    hangs,
    never_shakes_hands,
    reply,
    says,
    trickles,
)

# What was refused.


@calls(EVERY)
async def test_a_refusal_gives_its_reason(serve: Serve, connect: Connect, call: Call) -> None:
    """A documented error text is a refusal, of paid and free calls alike."""
    server = await serve(says("Error: authentication failure\r\n"))
    error = await failure(call(await connect(server.url)))
    assert isinstance(error, RejectedError)
    assert (error.reason, error.raw) == (Reason.AUTHENTICATION_FAILURE, "Error: authentication failure")
    assert error.account_wide
    assert len(server.requests) == 1


# What failed after writing began.

# behaviour → status and raw of a paid call's doubt; for a free call: is there an answer at all?
ANSWERED: dict[str, tuple[Behaviour, int, str]] = {
    "page": (says(PAGE), 200, PAGE),
    "empty": (says(""), 200, ""),
    "found": (answers(reply("", 302, "Location: /elsewhere\r\n")), 302, ""),
    "redirect_with_success": (answers(reply(SENT, 307, "Location: /elsewhere\r\n")), 307, SENT),
    "forbidden": (answers(reply("Error: authentication failure", 403)), 403, "Error: authentication failure"),
    "server_error": (answers(reply("Error: your credit is null", 500)), 500, "Error: your credit is null"),
    "bad_gateway": (answers(reply(PAGE.encode() * 50, 502)), 502, (PAGE * 50)[:200]),
    "created": (answers(reply(SENT, 201)), 201, SENT),
}
UNANSWERED: dict[str, tuple[Behaviour, int | None, str, int]] = {
    "cut_before_reading": (cuts_at_once, None, "", 0),
    "cut_after_reading": (cuts_after_reading, None, "", 1),
    "cut_within_headers": (cuts_after(b"HTTP/1.1 200 OK\r\nContent-"), None, "", 1),
    "cut_within_body": (cuts_after(reply(SENT, length=500)), 200, SENT, 1),
    "hangs": (hangs, None, "", 1),
    "garbage": (cuts_after(b"\x00\x01 what is this\r\n\r\n"), None, "", 1),
    "unreadable_coding": (answers(reply(SENT, headers="Content-Encoding: gzip\r\n")), 200, "", 1),
}


def table(cases: dict[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases.values(), ids=cases)


@table(ANSWERED)
@calls(PAID)
async def test_a_paid_call_with_an_unreadable_answer_is_in_doubt(
    serve: Serve, connect: Connect, call: Call, case: tuple[Behaviour, int, str]
) -> None:
    """Only a 200 with the provider's own words settles a paid call; redirects are never followed."""
    behaviour, status, raw = case
    server = await serve(behaviour)
    error = await failure(call(await connect(server.url)))
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status, error.raw) == (status, raw)
    assert len(server.requests) == 1


@table(ANSWERED)
@pytest.mark.parametrize("name", ["balance", "phones"])
async def test_a_free_call_with_an_unreadable_answer(
    serve: Serve, connect: Connect, name: str, case: tuple[Behaviour, int, str]
) -> None:
    """The same answers to a free call are merely unexpected."""
    behaviour, status, raw = case
    server = await serve(behaviour)
    error = await failure(FREE[name][0](await connect(server.url)))
    assert isinstance(error, UnexpectedReplyError)
    assert (error.status, error.raw) == (status, raw)
    assert len(server.requests) == 1


@table(UNANSWERED)
@pytest.mark.parametrize("call", [send, FREE["balance"][0]], ids=["paid", "free"])
async def test_a_call_without_a_whole_answer_is_in_doubt(
    serve: Serve, connect: Connect, call: Call, case: tuple[Behaviour, int | None, str, int]
) -> None:
    """Once writing began, a cut or a silence never proves that nothing happened; nothing is written twice."""
    behaviour, status, raw, seen = case
    server = await serve(behaviour)
    error = await failure(call(await connect(server.url, timeout=0.3 if behaviour is hangs else 5)))
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status, error.raw) == (status, raw)
    assert (len(server.visits), len(server.requests)) == (1, seen)


async def test_the_deadline_bounds_the_whole_call(serve: Serve, connect: Connect) -> None:
    """An answer that trickles in, no read ever slow, is cut off in time; what came of it is kept."""
    server = await serve(trickles(reply(SENT), pause=0.001))
    slow = await serve(trickles(reply("x" * 10_000), pause=0.001))
    gateway = await connect(server.url, timeout=5)
    assert await send(gateway) == "0017"
    started = asyncio.get_running_loop().time()
    error = await failure(send(await connect(slow.url, timeout=5), deadline=0.3))
    assert asyncio.get_running_loop().time() - started < 2
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status, error.raw.strip("x"), len(slow.requests)) == (200, "", 1)


async def test_a_reply_without_end_is_not_swallowed(serve: Serve, connect: Connect) -> None:
    """A flood is left off at 16 MB."""
    server = await serve(answers(reply(b"7" * (17 * 1024 * 1024))), tls=None)
    error = await failure((await connect(server.url, timeout=10)).phones("Клиенты"))
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status, error.raw) == (200, "7" * 200)


async def test_a_cut_on_a_reused_connection_is_in_doubt(serve: Serve, connect: Connect) -> None:
    """That the first request on a connection went well says nothing of the second."""

    async def behave(peer: Any) -> None:
        await peer.request()
        await peer.write(reply(SENT))
        await cuts_after_reading(peer)

    server = await serve(behave)
    gateway = await connect(server.url)
    assert await send(gateway) == "0017"
    error = await failure(send(gateway))
    assert isinstance(error, OutcomeUnknownError)
    assert [len(visit.requests) for visit in server.visits] == [2]


# What failed before.


async def refused() -> tuple[str, socket.socket]:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))  # bound, never listening: nobody else can take the port either
    return f"https://127.0.0.1:{taken.getsockname()[1]}", taken


@calls(EVERY)
async def test_a_refused_connection_is_not_sent(connect: Connect, call: Call) -> None:
    """Nobody listens: nothing was written, by paid and free calls alike."""
    url, taken = await refused()
    with taken:
        error = await failure(call(await connect(url)))
    assert isinstance(error, NotSentError)
    assert error.why.startswith("connecting: ConnectError")


async def test_an_unknown_host_is_not_sent(connect: Connect) -> None:
    """A name that resolves to nothing costs nothing."""
    error = await failure(send(await connect("https://no-such-host.invalid", timeout=5)))
    assert isinstance(error, NotSentError)
    assert error.why.startswith("connecting: ConnectError")


async def test_a_strangers_certificate_is_not_sent(serve: Serve, connect: Connect) -> None:
    """A server whose certificate no trusted authority signed reads nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = await serve(says(SENT), tls=context)
    error = await failure(send(await connect(server.url)))
    assert isinstance(error, NotSentError)
    assert "CERTIFICATE_VERIFY_FAILED" in error.why
    assert server.received == b""


async def test_another_hosts_certificate_is_not_sent(serve: Serve, connect: Connect, authority: trustme.CA) -> None:
    """A trusted certificate for another name is as good as none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("my.sms2.ru").configure_cert(context)
    server = await serve(says(SENT), tls=context)
    error = await failure(send(await connect(server.url)))
    assert isinstance(error, NotSentError)
    assert server.received == b""


async def test_a_public_authority_is_asked_by_default(serve: Serve) -> None:
    """Without a transport of its own a gateway verifies against the usual authorities."""
    server = await serve(says(SENT))
    async with Gateway(server.url, USER, PASSWORD, timeout=5) as gateway:
        error = await failure(send(gateway))
    assert isinstance(error, NotSentError)
    assert "CERTIFICATE_VERIFY_FAILED" in error.why
    assert server.received == b""


async def test_a_silent_handshake_is_not_sent(serve: Serve, connect: Connect) -> None:
    """A server that never completes TLS has read nothing but a greeting."""
    server = await serve(never_shakes_hands, tls=None)
    error = await failure(send(await connect(f"https://127.0.0.1:{server.port}"), deadline=0.2))
    assert isinstance(error, NotSentError)
    assert error.why == "securing the connection: TimeoutError"
    await server.until(lambda: server.visits[0].ended)
    assert (server.received[:2], server.requests) == (b"\x16\x03", [])


async def test_waiting_for_a_connection_is_not_sent(serve: Serve, connect: Connect) -> None:
    """With every connection in use the deadline passes in the queue, and nothing was written."""
    server = await serve(hangs)
    gateway = await connect(server.url, connections=1, timeout=5)
    first = asyncio.create_task(send(gateway))
    await server.until(lambda: len(server.requests) == 1)
    error = await failure(send(gateway, deadline=0.05))
    assert isinstance(error, NotSentError)
    assert error.why == "waiting for a connection: TimeoutError"
    assert (len(server.visits), len(server.requests)) == (1, 1)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)


async def test_past_its_last_instant_nothing_is_written(serve: Serve, connect: Connect) -> None:
    """The wall clock is asked right before writing: a machine that slept through `not_after` sends nothing."""
    server = await serve(says(SENT))
    gateway = await connect(server.url)
    late = datetime.now(UTC) - timedelta(seconds=1)
    error = await failure(send(gateway, not_after=late))
    assert isinstance(error, NotSentError)
    assert error.why == "about to write: TimeoutError too late to begin"
    assert server.received == b""
    assert await send(gateway, not_after=datetime.now(UTC) + timedelta(minutes=1)) == "0017"


async def test_a_deadline_in_the_past_writes_nothing(serve: Serve, connect: Connect) -> None:
    """On a warm connection too, where writing would need no waiting."""
    server = await serve(says(SENT))
    gateway = await connect(server.url)
    await send(gateway)
    assert isinstance(await failure(send(gateway, deadline=0)), NotSentError)
    assert len(server.requests) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_gateway_that_is_not_open_sends_nothing(serve: Serve, client_tls: ssl.SSLContext, when: str) -> None:
    """Outside its context a gateway opens nothing."""
    server = await serve(says(SENT))
    gateway = Gateway(server.url, USER, PASSWORD)
    if when == "after":
        async with gateway:
            pass
    assert isinstance(await failure(send(gateway)), NotSentError)
    assert server.visits == []


# Idle connections.


async def test_a_connection_the_server_closed_while_idle_is_replaced(serve: Serve, connect: Connect) -> None:
    """Its notice has arrived: the next paid call goes over a new connection and succeeds."""
    server = await serve(drops_idle(reply(SENT), after=0.02))
    gateway = await connect(server.url, keepalive=60)
    for _ in range(3):
        assert await send(gateway) == "0017"
        await server.until(lambda: all(visit.ended for visit in server.visits))
    assert [len(visit.requests) for visit in server.visits] == [1, 1, 1]


async def test_a_connection_the_server_is_about_to_drop_is_not_used(serve: Serve, connect: Connect) -> None:
    """Its notice still on the way: what idled beyond the keepalive is left alone, and no send is in doubt."""
    server = await serve(forgets_idle(reply(SENT), after=0.2))
    gateway = await connect(server.url, keepalive=0.02)
    for gap in (0.0, 0.05, 0.22):
        await asyncio.sleep(gap)
        assert await send(gateway) == "0017"
    assert [len(visit.requests) for visit in server.visits][-1] == 1


# Cancelling.


async def cause_of_cancelling(gateway: Gateway, server: FailingServer) -> BaseException | None:
    """Cancel a send as soon as the server has read something of it."""
    read = len(server.received)
    causes: list[BaseException | None] = []

    async def worker() -> None:
        try:
            await send(gateway)
        except asyncio.CancelledError as cancelled:
            causes.append(cancelled.__cause__)
            raise

    task = asyncio.create_task(worker())
    await server.until(lambda: len(server.received) > read)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(causes) == 1
    return causes[0]


async def test_a_call_cancelled_after_writing_says_so(serve: Serve, connect: Connect) -> None:
    """A cancellation passes on as itself, and its cause tells that the outcome is unknown."""
    server = await serve(hangs)
    gateway = await connect(server.url, timeout=5)
    cause = await cause_of_cancelling(gateway, server)
    assert isinstance(cause, OutcomeUnknownError)
    assert len(server.requests) == 1


async def test_a_call_cancelled_before_writing_says_so(serve: Serve, connect: Connect) -> None:
    """Cancelled while the connection was being made, its cause tells that nothing was sent."""
    server = await serve(never_shakes_hands, tls=None)
    gateway = await connect(f"https://127.0.0.1:{server.port}", timeout=5)
    cause = await cause_of_cancelling(gateway, server)
    assert isinstance(cause, NotSentError)
    assert server.requests == []


async def test_cancelled_calls_leave_the_gateway_usable(serve: Serve, connect: Connect) -> None:
    """However many calls are cancelled, their connections come back."""
    server = await serve(hangs)
    gateway = await connect(server.url, connections=2, timeout=5)
    for _ in range(6):
        await cause_of_cancelling(gateway, server)
    assert len(server.requests) == 6


# A transport of the caller's own.


@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.PoolTimeout("no"), OSError("no")])
async def test_an_unknown_transport_proves_nothing(error: Exception) -> None:
    """Whatever class its error has: who does not report writing may have written."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    transport = httpx.MockTransport(fail)
    async with Gateway("http://sms2.test", USER, PASSWORD, transport=transport) as gateway:
        assert isinstance(await failure(send(gateway)), OutcomeUnknownError)
        late = datetime.now(UTC) - timedelta(seconds=1)
        assert isinstance(await failure(send(gateway, not_after=late)), NotSentError)
