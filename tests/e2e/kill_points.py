"""The moments at which a process may die: before and after each commit, and around each request to either far end."""

import asyncio
import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.transport import SpreadTransport

_PENDING = "kill_points.commit"
# How asyncio names a task that nobody named: by a count that differs from run to run.
_NUMBERED = re.compile(r"Task-\d+")


class Points:
    """Names each moment by who passes it, what it is and how often that was: the same in every run, whatever the order.

    At the one named `fatal` the process kills itself with signal 9: nothing is closed, flushed or caught.
    `alive` is called at each, so that somebody can tell a slow life from one that stands still.
    """

    def __init__(self, fatal: str | None = None, alive: Callable[[], object] = lambda: None) -> None:
        self.passed: list[str] = []
        self._fatal, self._alive = fatal, alive
        self._counts: Counter[str] = Counter()

    def reach(self, what: str) -> None:
        """Pass a moment, or die at it."""
        self._reach(_passer(), what)

    def _reach(self, passer: str, what: str) -> None:
        name = f"{passer}: {what}"
        self._counts[name] += 1
        point = f"{name} #{self._counts[name]}"
        if point == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed.append(point)
        self._alive()

    def watch(self, engine: AsyncEngine) -> None:
        """Make moments of the engine's commits; the one after is when the connection comes back to the pool."""

        @event.listens_for(engine.sync_engine, "commit")
        def commit(conn: Connection) -> None:
            self.reach("before commit")
            conn.info[_PENDING] = _passer()

        @event.listens_for(engine.sync_engine, "checkin")
        def checkin(_raw: Any, record: Any) -> None:
            if passer := record.info.pop(_PENDING, None):
                self._reach(passer, "after commit")

    def transport(self) -> httpx.AsyncBaseTransport:
        """Return the product's own transport, with a moment before, in the middle of and after each request."""
        return _WatchedTransport(self)

    def around(self, transport: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        """Return a transport to Telegram, with a moment before and after each request."""
        return _WatchedWire(self, transport)


def _passer() -> str:
    task = asyncio.current_task()
    return _NUMBERED.sub("task", task.get_name()) if task else "nobody"


class _WatchedTransport(SpreadTransport):
    def __init__(self, points: Points) -> None:
        super().__init__()
        self._points = points

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        progress = request.extensions["trace"]

        async def trace(name: str, info: Mapping[str, Any]) -> None:
            await progress(name, info)
            if name == "http11.send_request_body.complete":
                self._points.reach(f"written {path}")

        request.extensions["trace"] = trace
        self._points.reach(f"before {path}")
        response = await super().handle_async_request(request)
        self._points.reach(f"after {path}")
        return response


class _WatchedWire(httpx.AsyncBaseTransport):
    def __init__(self, points: Points, inner: httpx.AsyncBaseTransport) -> None:
        self._points, self._inner = points, inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]  # what is in front of it holds the token
        self._points.reach(f"before {method}")
        response = await self._inner.handle_async_request(request)
        self._points.reach(f"after {method}")
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()
