"""The sandbox's composition root: both counterparts, their control and the chat page behind one port."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from sandbox import control, sms2, telegram
from sandbox.faults import Faults
from sandbox.store import Store
from sandbox.wire import SandboxProtocol

__all__ = ["create_app", "serve"]

_PAGE = Path(__file__).parent / "page"


def create_app(store: Store) -> Starlette:
    """Everything the sandbox offers, over one store."""
    faults = Faults(store)
    sides = [*sms2.routes(store, faults), *telegram.routes(store, faults)]
    return Starlette(routes=[*sides, *control.routes(store, faults), *_page()])


@asynccontextmanager
async def serve(store: Store, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """
    Serve in the current loop over a real socket; gives the base URL, without a slash at its end.

    Leaving cuts every connection at once: requests that hang are no reason to wait. Raises OSError when the
    port is taken.
    """
    listener = _listen(host, port)
    try:
        server = _server(create_app(store))
        await server.startup(sockets=[listener])
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            await _stop(server)
    finally:
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    # asyncio switches Nagle off only where the protocol is named; else every answer is 40 ms late.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _page() -> list[BaseRoute]:
    return [Mount("/", StaticFiles(directory=_PAGE, html=True))] if _PAGE.is_dir() else []


def _server(app: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=SandboxProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    return server


async def _stop(server: uvicorn.Server) -> None:
    # uvicorn's own shutdown waits for open requests and sleeps 0.1 s at least; tests stop hundreds of times.
    for listening in server.servers:
        listening.close()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)
    for task in (tasks := list(server.server_state.tasks)):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
