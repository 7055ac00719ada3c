"""Credentials travel in the body alone and show nowhere else."""

import logging
from hashlib import md5

import pytest

from gateway import (
    Gateway,
    OutcomeUnknownError,
)
from gateway.login import Login
from tests.gateway.calls import EVERY, PAID, SENT, Call, calls, failure, send
from tests.gateway.conftest import PASSWORD, USER, Connect, Serve
from tests.gateway.failing import (
    Behaviour,
    cuts_after_reading,
    cuts_at_once,
    echoes,
    hangs,
    says,
)


def secrets() -> list[str]:
    return [USER, PASSWORD, "пароль", "secret", "%EF%E0%F0%EE%EB%FC", md5(PASSWORD.encode()).hexdigest()]


def chain(error: BaseException | None) -> list[BaseException]:
    return [] if error is None else [error, *chain(error.__cause__ or error.__context__)]


@pytest.mark.parametrize("behaviour", [echoes(200), echoes(500), cuts_after_reading, hangs, cuts_at_once])
@calls(PAID)
async def test_no_credential_in_errors_or_logs(
    serve: Serve,
    connect: Connect,
    caplog: pytest.LogCaptureFixture,
    behaviour: Behaviour,
    call: Call,
) -> None:
    """Even where the server quotes our request back, no text, repr, field or log line holds a credential."""
    caplog.set_level(logging.DEBUG)
    server = await serve(behaviour)
    gateway = await connect(server.url, timeout=1 if behaviour is hangs else 5)
    error = await failure(call(gateway))
    shown = [repr(gateway), str(vars(error)), *(f"{link} {link!r}" for link in chain(error))]
    assert "send_request_headers" in caplog.text
    assert [secret for secret in secrets() if secret in "\n".join([*shown, caplog.text])] == []


@calls(PAID)
async def test_what_the_server_quotes_is_kept_but_for_the_secrets(serve: Serve, connect: Connect, call: Call) -> None:
    """The rest of an echoed page stays readable: only the credentials are struck out."""
    server = await serve(echoes())
    error = await failure(call(await connect(server.url)))
    assert isinstance(error, OutcomeUnknownError)
    assert "***" in error.raw
    assert (error.status, len(server.requests)) == (500, 1)


async def test_environment_proxies_are_ignored(serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials take no detour that the environment suggests."""
    server, proxy = await serve(says(SENT)), await serve(hangs, tls=None)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv(name.lower(), proxy.url)
    assert await send(await connect(server.url)) == "0017"
    async with Gateway(server.url, USER, PASSWORD, timeout=5) as gateway:
        await failure(send(gateway))
    assert proxy.visits == []


@calls(EVERY)
async def test_credentials_travel_in_the_body_alone(serve: Serve, connect: Connect, call: Call) -> None:
    """Neither the address nor a header holds the user, the password or its hash."""
    server = await serve(says("?"))
    await failure(call(await connect(server.url)))
    request = server.requests[0]
    outside = f"{request.target} {request.headers}"
    assert [secret for secret in secrets() if secret in outside] == []
    assert USER.encode() in request.body


@pytest.mark.parametrize(
    ("user", "password", "text", "shown"),
    [
        ("me", "abc", "Message of me: abc", "Message of ***: ***"),
        ("me", "abc", "xxABCxx", "xx***xx"),
        ("me", "a b+c", "pass=a+b%2bc&from=me", "pass=***&from=***"),
        ("me", "<&>", "pass: &lt;&amp;&gt;", "pass: ***"),
        ("me", "abc", "hash=900150983CD24FB0D6963F7D28E17F72", "hash=***"),
        ("", "", "Nothing to hide", "Nothing to hide"),
        ("me", "abc", " " + "abc" * 300, "***" * 66 + "**"),
    ],
)
def test_redaction(user: str, password: str, text: str, shown: str) -> None:
    """Credentials are struck out in every form a page may quote them, a user name only where it stands alone."""
    assert Login(user, password).redact(text) == shown


def test_a_login_shows_nothing() -> None:
    """A login that strays into a log line stays a secret."""
    assert f"{Login(USER, PASSWORD)!r} {Login(USER, PASSWORD)}" == "Login(***) Login(***)"
