import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.sms2_client import Clock, Sms2Client

# Plain HTTP needs no certificates, and httpx would read the whole bundle for each test.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "sandbox.sqlite"


@pytest.fixture
def store(state: Path, clock: Clock) -> Iterator[Store]:
    """A store in a file; what a test violates it must name and forgive, or it fails."""
    store = Store(state, clock)
    yield store
    violations = store.violations()
    store.close()
    assert violations == []


@pytest.fixture
async def url(store: Store) -> AsyncIterator[str]:
    async with serve(store) as url:
        yield url


@pytest.fixture
async def sms2(url: str) -> AsyncIterator[Sms2Client]:
    async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False, verify=_NO_TLS) as http:
        yield Sms2Client(http)
