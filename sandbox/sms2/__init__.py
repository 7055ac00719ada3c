"""The SMS2 gateway, emulated strictly from the provider's description."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.faults import Faults
from sandbox.sms2 import accounts, bases, calls, messages, multicasts, phones
from sandbox.sms2.endpoint import Endpoint
from sandbox.sms2.scripts import SCRIPTS
from sandbox.store import Store

__all__ = ["routes"]

_METHODS = ["GET", "POST"]


def routes(store: Store, faults: Faults) -> list[BaseRoute]:
    """The provider's scripts; a script it does not have is refused, and remembered as a violation."""
    for part in (accounts, bases, calls, messages, multicasts, phones):
        store.script(part.DDL)
    bases.seed(store)

    async def unknown(request: Request) -> Response:
        store.violation(request.url.path, "unknown script")
        return PlainTextResponse("Not Found", status_code=404)

    known: list[BaseRoute] = [
        Route(f"/{name}", Endpoint(name, store, faults).answer, methods=_METHODS) for name in SCRIPTS
    ]
    return [
        *known,
        Route("/{script}.cgi", unknown, methods=_METHODS),
        Route("/{script}.php", unknown, methods=_METHODS),
    ]
