"""
An httpx transport that keeps its speed with many connections, and the trace that knows whether writing began.

One httpx pool slows down with the number of its connections (encode/httpx#3215); many pools of one
connection each do not, and one that failed is simply emptied.
"""

import asyncio
import functools
import ssl
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol

import httpx

__all__ = ["KEEPALIVE", "Progress", "SpreadTransport", "reports_progress"]

KEEPALIVE = 0.5
"""
Seconds a connection may idle and still be used again.

A server that drops idle connections may do so while our request is on its way, and then an honest send is
in doubt. Servers wait a second at the very least; half of it leaves the rest for the way there and back.
"""


class _Release(Protocol):
    async def __call__(self, *, intact: bool) -> None: ...


class SpreadTransport(httpx.AsyncBaseTransport):
    """
    Spreads requests over up to `max_connections` pools of one connection; the one used last is taken first.

    Requests beyond that wait their turn, in order. Certificates are always verified: by `tls`, else against
    the usual authorities. Neither proxies nor certificates are taken from the environment.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        *,
        max_connections: int = 50,
        keepalive: float = KEEPALIVE,
    ) -> None:
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        if self._tls.verify_mode is not ssl.CERT_REQUIRED or not self._tls.check_hostname:
            raise ValueError("the TLS context must verify certificates and host names")
        self._limits = httpx.Limits(max_connections=1, keepalive_expiry=keepalive)
        self._turns = asyncio.Semaphore(max_connections)
        self._free = [self._pool() for _ in range(max_connections)]
        self._busy: set[httpx.AsyncHTTPTransport] = set()
        self._closed = False

    def _pool(self) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=self._tls, limits=self._limits)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request` on a free connection, which the response holds until it is closed."""
        await self._turns.acquire()
        if self._closed:
            self._turns.release()
            raise httpx.ConnectError("the transport is closed")
        pool = self._free.pop()
        self._busy.add(pool)
        try:
            response = await pool.handle_async_request(request)
        except BaseException:
            await self._release(pool, intact=False)
            raise
        return httpx.Response(
            status_code=response.status_code,
            headers=response.headers,
            stream=_HeldStream(response, functools.partial(self._release, pool)),
            extensions=response.extensions,
        )

    async def _release(self, pool: httpx.AsyncHTTPTransport, *, intact: bool) -> None:
        self._busy.remove(pool)
        self._free.append(pool)
        self._turns.release()
        if not intact:
            # A cancelled request may leave a connection that httpcore counts as in use for ever: begin afresh.
            await pool.aclose()

    async def aclose(self) -> None:
        """Close every connection, those in use too."""
        self._closed = True
        for pool in [*self._free, *self._busy]:
            await pool.aclose()

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()


class _HeldStream(httpx.AsyncByteStream):
    """A response's body that gives its pool back when closed, intact if it was read to the end."""

    def __init__(self, response: httpx.Response, release: _Release) -> None:
        self._response = response
        self._release: _Release | None = release
        self._intact = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_raw():
            yield chunk
        self._intact = True

    async def aclose(self) -> None:
        release, self._release = self._release, None
        if release:
            try:
                await self._response.aclose()
            finally:
                await release(intact=self._intact)


def reports_progress(transport: httpx.AsyncBaseTransport) -> bool:
    """Whether `transport` is known to report to the trace extension before it writes."""
    return isinstance(transport, SpreadTransport | httpx.AsyncHTTPTransport)


class Progress:
    """
    How far one request has come, told by the transport itself: pass it as the `trace` extension.

    `began` turns true right before the first byte of the request is written. Past `deadline` (the loop's
    clock) or `not_after` (the wall clock, which also counts while the machine is suspended) writing does
    not begin: TimeoutError.
    """

    def __init__(self, deadline: float, not_after: datetime | None = None) -> None:
        self.began = False
        self.stage = "waiting for a connection"
        self.deadline = deadline
        self._not_after = not_after
        self._stream: Any = None

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of one `event` of httpcore's trace."""
        match event:
            case "connection.connect_tcp.started":
                self.stage = "connecting"
            case "connection.connect_tcp.complete":
                self._stream = info["return_value"]
            case "connection.start_tls.started":
                self.stage = "securing the connection"
            case "connection.start_tls.failed":
                # httpcore 1.0.9 forgets the socket of a handshake that was cancelled.
                await self._stream.aclose()
            case "http11.send_request_headers.started":
                self.begin()

    def begin(self) -> None:
        """Writing begins, unless it is too late."""
        self.stage = "about to write"
        if self._is_late():
            raise TimeoutError("too late to begin")
        self.began = True
        self.stage = "waiting for the answer"

    def _is_late(self) -> bool:
        past = self._not_after is not None and datetime.now(UTC) >= self._not_after
        return past or asyncio.get_running_loop().time() >= self.deadline
