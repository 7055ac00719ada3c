"""
A server that fails in every way a provider can, over real sockets, and keeps what was written to it.

A behaviour is what the server does with one connection; `FailingServer(behaviour)` does it with each.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl

Behaviour = Callable[["Peer"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """One whole request as it came over the wire."""

    target: str
    headers: dict[str, str]
    body: bytes

    def fields(self, charset: str = "cp1251") -> dict[str, str]:
        return dict(
            parse_qsl(self.body.decode("ascii"), keep_blank_values=True, encoding=charset, errors="strict"),
        )


@dataclass(slots=True)
class Visit:
    """One connection: every byte read from it, the whole requests among them, and whether it ended."""

    received: bytearray = field(default_factory=bytearray)
    requests: list[Request] = field(default_factory=list)
    ended: bool = False


class Peer:
    """The client at the other end of one connection, as a behaviour sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, visit: Visit) -> None:
        self._reader = reader
        self._writer = writer
        self._visit = visit

    async def request(self) -> Request | None:
        """Read one whole request; None when the client has gone."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as cut:
            self._visit.received += cut.partial
            return None
        first, *lines = head.decode("ascii").rstrip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        self._visit.received += head + body
        request = Request(first.split(" ")[1], headers, body)
        self._visit.requests.append(request)
        return request

    async def write(self, content: bytes) -> None:
        self._writer.write(content)
        await self._writer.drain()

    async def gone(self) -> None:
        """Wait until the client goes, reading nothing that counts as a request."""
        while chunk := await self._reader.read(65536):
            self._visit.received += chunk

    def cut(self) -> None:
        self._writer.transport.abort()


class FailingServer:
    """Serves one behaviour on a loopback port of its own."""

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.visits: list[Visit] = []
        self._behaviour = behaviour
        self._tls = tls
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def requests(self) -> list[Request]:
        """Every whole request, over all connections."""
        return [request for visit in self.visits for request in visit.requests]

    @property
    def received(self) -> bytes:
        """Every byte of the application, over all connections."""
        return b"".join(bytes(visit.received) for visit in self.visits)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what real sockets bring in their own time; five seconds at most."""
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 – the condition is the test's own
                await asyncio.sleep(0.002)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        visit = Visit()
        self.visits.append(visit)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._behaviour(Peer(reader, writer, visit))
            # A polite TLS close would wait for a client that keeps the connection for later.
            writer.transport.abort()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
        finally:
            visit.ended = True
            self._tasks.discard(task)


def reply(text: str | bytes, status: int = 200, headers: str = "", length: int | None = None) -> bytes:
    """Write out an answer; a `length` beyond the text's own makes it one that is cut."""
    body = text if isinstance(text, bytes) else text.encode()
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {size}\r\n{headers}\r\n"
    return head.encode() + body


def answers(*replies: bytes) -> Behaviour:
    """Answer request after request on a connection kept open, the last reply for ever."""

    async def behave(peer: Peer) -> None:
        waiting = list(replies)
        while await peer.request():
            await peer.write(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return behave


def says(text: str) -> Behaviour:
    """Answer every request with `text`."""
    return answers(reply(text))


def echoes(status: int = 500) -> Behaviour:
    """Answer with a page that quotes the whole request body, as a careless error page does."""

    async def behave(peer: Peer) -> None:
        while request := await peer.request():
            await peer.write(reply(request.body, status))

    return behave


async def cuts_at_once(peer: Peer) -> None:
    """Accept and cut before anything is read."""
    peer.cut()


async def cuts_after_reading(peer: Peer) -> None:
    """Read the whole request and cut without a word."""
    await peer.request()
    peer.cut()


def cuts_after(content: bytes) -> Behaviour:
    """Read the whole request, write `content` and close."""

    async def behave(peer: Peer) -> None:
        await peer.request()
        await peer.write(content)

    return behave


async def hangs(peer: Peer) -> None:
    """Read whole requests and never answer."""
    while await peer.request():
        pass


async def never_shakes_hands(peer: Peer) -> None:
    """Accept (without TLS) and say nothing, whatever comes."""
    await peer.gone()


def trickles(content: bytes, pause: float) -> Behaviour:
    """Answer a byte at a time: no single read is ever slow."""

    async def behave(peer: Peer) -> None:
        await peer.request()
        for byte in content:
            await peer.write(bytes([byte]))
            await asyncio.sleep(pause)

    return behave


def drops_idle(content: bytes, after: float) -> Behaviour:
    """Answer, and close a connection that has been idle for `after` seconds."""

    async def behave(peer: Peer) -> None:
        while True:
            try:
                async with asyncio.timeout(after):
                    request = await peer.request()
            except TimeoutError:
                return
            if not request:
                return
            await peer.write(content)

    return behave


def forgets_idle(content: bytes, after: float) -> Behaviour:
    """
    Answer, and treat what comes on a connection idle for over `after` seconds as too late: read it and cut.

    This is the worst case of a server that drops idle connections, its notice still on the way.
    """

    async def behave(peer: Peer) -> None:
        clock = asyncio.get_running_loop().time
        too_late = float("inf")
        while await peer.request():
            if clock() > too_late:
                return peer.cut()
            await peer.write(content)
            too_late = clock() + after
        return None

    return behave
