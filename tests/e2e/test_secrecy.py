"""What the house logs, down to DEBUG: no token, password, text or full number; and errors of ours are told with a code."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.typing import EventDict
from telegram import Update
from telegram.ext import CommandHandler

from bot import logs
from bot.chat.context import Context
from tests.e2e.house import ON_ONE_DATABASE, PASSWORD, TOKEN, House
from tests.e2e.screen import Person

pytestmark = ON_ONE_DATABASE
PHONE, TEXT = "79119876543", "Секретный-код-1042"


@pytest.fixture
def log() -> list[EventDict]:
    """Here errors are wanted; what they say is what is judged."""
    return []


@pytest.fixture(params=["console", "json"])
def told(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that any logger says, as an installation would print it."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    httpx_level = logging.getLogger("httpx").level
    logs.configure("DEBUG", request.param, (TOKEN, PASSWORD), stream)
    yield stream
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    logging.getLogger("httpx").setLevel(httpx_level)
    structlog.reset_defaults()


async def boom(update: Update, context: Context) -> None:
    """Fail as a handler might, with all it knows in its exception."""
    logging.getLogger("telegram.ext").warning("to %s with %s by %s", PHONE, TEXT, TOKEN)
    structlog.get_logger("story").info("about to fail", phone=PHONE, url=f"https://host/bot{TOKEN}/getMe")
    raise ValueError(f"cannot send {TEXT} to {PHONE} by {TOKEN} and {PASSWORD}")


async def test_logs_hold_no_secret_and_an_error_of_ours_reaches_its_person(
    house: House, maria: Person, told: io.StringIO
) -> None:
    """First the proof that numbers and tokens come by at all, masked; then that nothing else does."""
    house.bot.application.add_handler(CommandHandler("boom", boom), group=-1)
    house.faults.set("sms2", "sms.cgi", "cut_after")
    await maria.say(f"/send {PHONE} {TEXT}")
    await maria.press("Отправить")
    await house.go(seconds=20)
    await maria.say("/balance")
    house.faults.set("telegram", "sendMessage", "error500_before")
    await maria.say("/help")
    await maria.say(f"/boom {PHONE} {TEXT}")
    await house.go(seconds=10)
    assert maria.find("Не получилось").lines[0] == "⚠️ Не получилось · дело не в вас"
    assert maria.find("Команды")
    said = told.getvalue()
    assert "+7911•••••43" in said
    assert "[redacted]" in said
    assert "ValueError" in said
    for secret in (TOKEN, TOKEN.partition(":")[2], PASSWORD, TEXT, PHONE, "9119876543"):
        assert secret not in said
