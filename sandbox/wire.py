"""Misbehaviour on the wire: connections cut in the middle, answers that never come or come byte by byte."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.faults import Fault

__all__ = ["CUT", "NEVER_EXECUTED", "CutResponse", "SandboxProtocol", "apply"]

CUT = "sandbox.cut"
NEVER_EXECUTED = frozenset({"hang", "cut_before", "error500_before"})
_LONGEST_HANG = 300.0
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class SandboxProtocol(H11Protocol):
    """uvicorn's HTTP protocol, with a knife: `scope["extensions"]["sandbox.cut"]()` aborts the connection."""

    def __init__(self, config: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self.app = self._with_knife(config.loaded_app)

    def _with_knife(self, app: ASGIApp) -> Any:
        async def armed(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[CUT] = self.transport.abort
            try:
                await app(scope, receive, send)
            except asyncio.CancelledError:
                # Only `serve` cancels, with the line cut already: no failure for uvicorn to log.
                return

        return armed


class CutResponse(Response):
    """No answer at all: the connection is aborted."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Abort, and wait until the server has noticed."""
        scope["extensions"][CUT]()
        await _until_left(receive)


async def apply(fault: Fault | None, request: Request, execute: Callable[[], Awaitable[Response]]) -> Response:
    """
    Act out the fault around `execute`, which performs the call and gives its answer.

    A call is executed even when its client has left meanwhile, as a real server does. Kinds that are a side's
    own (`429`, `forbidden`) are answered by that side before it comes here.
    """
    try:
        await request.body()
    except ClientDisconnect:
        return CutResponse()
    if fault is None:
        return await execute()
    if fault.kind in NEVER_EXECUTED:
        return await _before(fault, request)
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
        return await execute()
    return _after(fault, await execute())


async def _before(fault: Fault, request: Request) -> Response:
    if fault.kind == "error500_before":
        return _internal_error()
    if fault.kind == "hang":
        try:
            async with asyncio.timeout(fault.seconds or _LONGEST_HANG):
                await _until_left(request.receive)
        except TimeoutError:
            pass
    return CutResponse()


def _after(fault: Fault, answer: Response) -> Response:
    match fault.kind:
        case "cut_after":
            return CutResponse()
        case "error500_after":
            return _internal_error()
        case "html":
            return HTMLResponse(_PAGE)
        case "empty":
            return Response(media_type=answer.media_type)
        case "trickle":
            return _trickle(answer, fault.seconds)
    raise ValueError(f"not a fault of the wire: {fault.kind}")


def _internal_error() -> Response:
    return PlainTextResponse("Internal Server Error", status_code=500)


def _trickle(answer: Response, seconds: float) -> Response:
    async def drops() -> AsyncIterator[bytes]:
        for byte in bytes(answer.body):
            yield bytes([byte])
            await asyncio.sleep(seconds)

    return StreamingResponse(drops(), answer.status_code, dict(answer.headers))


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
