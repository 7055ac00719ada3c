"""What every test of the bot shares: a clock it keeps itself, real databases, a real sandbox."""

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

from bot.domain.bell import Bell
from bot.domain.policy import Policy
from bot.services.unit import Unit
from bot.storage.engine import Database
from tests.databases import BACKENDS, Databases, postgres_server
from tests.times import ManualClock

# How long an example takes says how busy the machine is, and no more.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

_LOGGERS = ("", "httpx", "httpcore", "httpcore.http11")
_ROOM = 2 * 1024**3


@pytest.fixture(autouse=True)
def _logging_stays_as_it_was() -> Iterator[None]:
    """What one test turns off would make the next one deaf."""
    before = _heard()
    yield
    assert _heard() == before


def _heard() -> tuple[object, ...]:
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    return logging.root.manager.disable, [(one.name, one.level, one.disabled, one.propagate) for one in loggers]


def _memory() -> str | None:
    """Name a folder in memory where there is room: the tests write the same, and wait for no disk."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > _ROOM else None


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    # A folder of our own: pytest clears away the oldest of its own while another run may still use them.
    with (
        tempfile.TemporaryDirectory(prefix="smsbot-tests-", dir=_memory(), ignore_cleanup_errors=True) as folder,
        postgres_server(Path(folder)) as server,
    ):
        yield Databases(Path(folder), server)


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    with databases.fresh(request.param) as url:
        yield url


@pytest.fixture
def time() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def database(database_url: str, time: ManualClock) -> AsyncIterator[Database]:
    database = Database(database_url, time)
    yield database
    await database.close()


@pytest.fixture
def policy() -> Policy:
    """Fast, and with one person enough for however many: approvals have tests of their own."""
    zone = ZoneInfo("Europe/Moscow")
    return replace(Policy(sender="MyShop"), zone=zone, send_rate=1000.0, status_rate=1000.0, approve_recipients=0)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def unit(database: Database, policy: Policy, bell: Bell) -> Unit:
    return Unit(database, policy, bell)


def pytest_collection_finish() -> None:
    """What is imported and collected stays till the end: going through it again and again in search of garbage takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped, a skip is a failure that says what was skipped."""
    report = yield
    if report.skipped and os.environ.get("SMSBOT_TEST_SKIPS") == "forbidden" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
