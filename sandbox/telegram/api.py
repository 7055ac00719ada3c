"""The Bot API over HTTP: tokens, methods, faults, files."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Fault, Faults
from sandbox.telegram import methods, params
from sandbox.telegram.errors import CallError, flood, forbidden
from sandbox.telegram.methods import Method
from sandbox.telegram.world import World
from sandbox.wire import apply

__all__ = ["Api"]

_TOKEN = re.compile(r"([1-9]\d{0,15}):[A-Za-z0-9_-]{1,64}")
_DEFAULT_RETRY = 5


class Api:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    def routes(self) -> list[Route]:
        """Give the routes."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.file, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one call of the bot, in the way the fault switches want it."""
        name = request.path_params["method"]
        method = methods.find(name)
        if method is None:
            self._world.store.violation("telegram", f"unknown method {name}")
            return CallError(404, "method not found").response()
        try:
            self._authorise(request.path_params["token"])
        except CallError as error:
            return error.response()
        # A restarted sandbox has updates to deliver, and no loop to do it in before the first request.
        self._world.webhook.wake()
        fault = self._faults.take("telegram", method.name)
        refusal = _refusal(fault)
        if refusal:
            self._world.journal.call(
                method.name, {}, status=refusal.code, description=refusal.description, fault=str(fault and fault.kind)
            )
            return refusal.response()
        return await apply(fault, request, lambda: self._execute(request, method, fault))

    async def file(self, request: Request) -> Response:
        """Give a file's bytes."""
        try:
            self._authorise(request.path_params["token"])
        except CallError as error:
            return error.response()
        file = self._world.files.at(request.path_params["path"])
        if file is None:
            return CallError(404, "").response()
        return Response(file.data, media_type="application/octet-stream")

    async def _execute(self, request: Request, method: Method, fault: Fault | None) -> Response:
        try:
            raw, files = await params.read(request)
            kind = fault.kind if fault else ""
            result, remark = await methods.perform(self._world, method, raw, files, kind)
        except CallError as error:
            return error.response()
        body: dict[str, Any] = {"ok": True, "result": result}
        return JSONResponse({**body, "description": remark} if remark else body)

    def _authorise(self, token: str) -> None:
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise CallError(401, "invalid token specified")
        if token in self._world.options.get("revoked", []):
            raise CallError(401, "")
        self._world.people.adopt(int(match[1]))


def _refusal(fault: Fault | None) -> CallError | None:
    """The faults that are Telegram's own: nothing is executed."""
    if fault and fault.kind == "429":
        return flood(int(fault.args.get("retry_after", _DEFAULT_RETRY)))
    if fault and fault.kind == "forbidden":
        return forbidden("Bot was blocked by the user")
    return None
