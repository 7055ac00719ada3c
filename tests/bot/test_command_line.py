"""The command line: what it prints and how it exits, with real processes where that is the point."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import text

from bot import app
from bot.__main__ import main
from bot.domain.clock import SystemClock
from bot.settings import PREFIX, Settings
from bot.storage import beats
from bot.storage.engine import Database
from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.telegram_client import MARIA, Telegram

TOKEN = "100200300:sandbox-sandbox-sandbox-sandbox-123"


@pytest.fixture(autouse=True)
def _logging() -> Iterator[None]:
    root, httpx_level = logging.getLogger(), logging.getLogger("httpx").level
    before = (root.handlers[:], root.level, logging.raiseExceptions, structlog.get_config())
    yield
    root.handlers[:], root.level, logging.raiseExceptions = before[:3]
    logging.getLogger("httpx").setLevel(httpx_level)
    structlog.configure(**before[3])


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> pytest.MonkeyPatch:
    """A whole installation in the environment, in a folder without a .env."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{field.upper()}", raising=False)
    given = {
        "TELEGRAM_TOKEN": TOKEN,
        "GATEWAY_USER": "sandbox",
        "GATEWAY_PASSWORD": "sandbox",
        "OWNERS": str(MARIA),
        "DEFAULT_SENDER": "MyShop",
        "DATABASE_URL": database_url,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    return monkeypatch


@pytest.fixture
async def people(settings: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Telegram]:
    """Both counterparts, named in the environment."""
    store = Store(tmp_path / "sandbox.sqlite", time.time)
    async with serve(store) as url, httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        settings.setenv("SMSBOT_TELEGRAM_API_URL", url)
        settings.setenv("SMSBOT_GATEWAY_URL", url)
        yield Telegram(http)
    violations = store.violations()
    store.close()
    assert violations == []


async def run(*argv: str) -> int:
    """Run a command in a thread: it has a loop of its own."""
    return await asyncio.to_thread(main, argv)


@asynccontextmanager
async def process(*argv: str) -> AsyncIterator[asyncio.subprocess.Process]:
    pipes: dict[str, Any] = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    started = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", *argv, **pipes, env=os.environ | PATH)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


PATH = {"PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.mark.parametrize("command", ["run", "bot", "worker", "migrate", "check", "health"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_missing_setting_stops_every_command_with_one_line(
    settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    settings.delenv("SMSBOT_DEFAULT_SENDER")
    assert main([command]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "smsbot: SMSBOT_DEFAULT_SENDER is missing: expected 3 to 11 Latin letters and digits, at least one letter,"
        " like MyShop\n"
    )


def test_a_word_that_no_command_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--fast"]) == 2
    assert capsys.readouterr().err == "smsbot: smsbot run does not know --fast\n"


def test_the_demo_has_options_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--help"])
    assert ended.value.code == 0
    assert "--tour" in capsys.readouterr().out


async def test_check_says_that_all_is_well(people: Telegram, capsys: pytest.CaptureFixture[str]) -> None:
    await people.do("say", user=MARIA, text="/start")
    assert await run("check") == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok   database the schema is up to date",
        "ok   gateway  balance 5006.75, 15006.75 can be spent",
        "ok   telegram @smsbot_sandbox_bot; privacy mode is on: in groups it hears commands, replies and presses",
        f"ok   telegram owner {MARIA} can be reached",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_check_names_each_thing_that_is_wrong(
    people: Telegram, settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An owner who never pressed Start, privacy mode, a wrong password."""
    settings.setenv("SMSBOT_OWNERS", "4242")
    settings.setenv("SMSBOT_GATEWAY_PASSWORD", "wrong")
    await people.do("settings", privacy=False)
    assert await run("check") == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "FAIL gateway  SMSBOT_GATEWAY_USER or SMSBOT_GATEWAY_PASSWORD is wrong",
        "ok   telegram @smsbot_sandbox_bot; privacy mode is off: in groups it hears everything",
        "FAIL telegram owner 4242 has never pressed Start: the bot cannot write to him",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_check_goes_on_where_nobody_answers(
    people: Telegram, settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A revoked token, a gateway that is not there, a database file that is not there yet; no secret in any line."""
    await people.do("settings", revoked=[TOKEN])
    settings.setenv("SMSBOT_GATEWAY_URL", "http://127.0.0.1:9")
    settings.setenv("SMSBOT_DATABASE_URL", "sqlite+aiosqlite:///new.sqlite")
    assert await run("check") == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok   database there is no file new.sqlite yet: the first start makes it",
        "FAIL gateway  SMSBOT_GATEWAY_URL gives no answer: NotSentError",
        "FAIL telegram Telegram does not know SMSBOT_TELEGRAM_TOKEN",
    ]
    assert not await asyncio.to_thread(Path("new.sqlite").exists)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_migrated_when_it_is_told_to_be(
    settings: pytest.MonkeyPatch, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before that every start is refused in one line."""
    asyncio.run(_change(database_url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"))
    assert main(["worker"]) == 2
    refusal = "smsbot: the database has another schema than this version: run smsbot migrate\n"
    assert capsys.readouterr().err.endswith(refusal)
    assert main(["migrate"]) == 0
    assert main(["health"]) == 1
    assert capsys.readouterr().out == "FAIL health   nothing runs on this host\n"


async def _change(database_url: str, *statements: str) -> None:
    database = Database(database_url, SystemClock())
    async with database.write() as tx:
        for statement in statements:
            await tx.conn.execute(text(statement))
    await database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_database_that_does_not_answer_is_one_line(
    settings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the password in its address."""
    settings.setenv("SMSBOT_DATABASE_URL", "postgresql+asyncpg://bot:db-secret@127.0.0.1:9/smsbot")
    assert main(["worker"]) == 1
    assert (
        capsys.readouterr().err == "smsbot: SMSBOT_DATABASE_URL: the database does not work (ConnectionRefusedError)\n"
    )


@pytest.mark.parametrize(
    ("ages", "status", "line"),
    [
        ({"run@{host}:poll": 5, "run@{host}:dispatch": 59}, 0, "ok   health   2 loops are alive"),
        ({"run@{host}:poll": 5, "run@{host}:dispatch": 90}, 1, "FAIL health   run@{host}:dispatch 90 s ago"),
        ({"bot@{host}:poll": 700, "worker@{host}:track": 5}, 1, "FAIL health   bot@{host}:poll 700 s ago"),
        ({"run@elsewhere:poll": 5}, 1, "FAIL health   nothing runs on this host"),
    ],
)
def test_health_wants_a_sign_of_every_loop_of_this_host_within_a_minute(
    settings: pytest.MonkeyPatch,
    database_url: str,
    capsys: pytest.CaptureFixture[str],
    ages: dict[str, int],
    status: int,
    line: str,
) -> None:
    asyncio.run(_beat(database_url, {name.format(host=app.host()): age for name, age in ages.items()}))
    assert main(["health"]) == status
    assert capsys.readouterr().out.splitlines() == [line.format(host=app.host())]


class At:
    """A clock that stands at one moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        await event.wait()


async def _beat(database_url: str, ages: dict[str, int]) -> None:
    for name, age in ages.items():
        database = Database(database_url, At(datetime.now(UTC) - timedelta(seconds=age)))
        async with database.write() as tx:
            await beats.beat(tx, name)
        await database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_bot_runs_alone_on_its_file_until_it_is_told_to_end(people: Telegram) -> None:
    """Meanwhile it is healthy, and a second process is refused in one line; SIGTERM ends it in order."""
    async with process("run") as first:
        await _until_healthy()
        async with process("worker") as second:
            out, err = await second.communicate()
            assert (second.returncode, out) == (2, b"")
            assert err.decode().startswith("smsbot: another process is using ")
            assert err.count(b"\n") == 1
        first.send_signal(signal.SIGTERM)
        _, log = await first.communicate()
        assert first.returncode == 0
        assert "ended" in log.decode()
        assert "sandbox-sandbox" not in log.decode()
    assert await run("health") == 1


async def _until_healthy() -> None:
    async with asyncio.timeout(30):
        while await run("health") != 0:  # noqa: ASYNC110 - it rings no bell outside
            await asyncio.sleep(0.1)
