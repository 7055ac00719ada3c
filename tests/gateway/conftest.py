"""Servers with certificates, and gateways that trust them."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import trustme

from gateway import Gateway
from gateway.transport import SpreadTransport
from tests.gateway.failing import Behaviour, FailingServer

USER = "acme-user"
PASSWORD = "пароль & <secret>"

Serve = Callable[..., Awaitable[FailingServer]]
Connect = Callable[..., Awaitable[Gateway]]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def client_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
def serve(stack: AsyncExitStack, server_tls: ssl.SSLContext) -> Serve:
    """Start a server with the given behaviour, over TLS unless told otherwise."""

    async def start(behaviour: Behaviour, tls: ssl.SSLContext | None = server_tls) -> FailingServer:
        return await stack.enter_async_context(FailingServer(behaviour, tls))

    return start


@pytest.fixture
def connect(stack: AsyncExitStack, client_tls: ssl.SSLContext) -> Connect:
    """Open a gateway that trusts the tests' authority."""

    async def start(url: str, *, connections: int = 5, keepalive: float = 60, **options: Any) -> Gateway:
        transport = SpreadTransport(client_tls, max_connections=connections, keepalive=keepalive)
        options = {"timeout": 5, "transport": transport, **options}
        return await stack.enter_async_context(Gateway(url, USER, PASSWORD, **options))

    return start
