"""The moments at which a process may die: before and after each commit, and around each request to the provider."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Mapping
from typing import Any

import httpx
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.transport import SpreadTransport

_PENDING = "kill_points.commit"


class Points:
    """Names each moment by who passes it, what it is and how often that was: the same in every run, whatever the order.

    At the one named `fatal` the process kills itself with signal 9: nothing is closed, flushed or caught.
    """

    def __init__(self, fatal: str | None = None) -> None:
        self.passed: list[str] = []
        self._fatal = fatal
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


def _passer() -> str:
    task = asyncio.current_task()
    return task.get_name() if task else "nobody"


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
