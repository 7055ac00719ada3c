"""Logs: nothing that a line could give away, whoever wrote it."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345"
PASSWORD = "p@ss «слово»/7"
PHONE = "79119876543"
TEXT = "Ваш заказ 1042 готов"

Start = Callable[..., io.StringIO]


@pytest.fixture
def start() -> Iterator[Start]:
    """Configures logging into a string, and puts everything back afterwards."""
    root, httpx_level = logging.getLogger(), logging.getLogger("httpx").level
    before = (root.handlers[:], root.level, logging.raiseExceptions, structlog.get_config())

    def begin(level: str = "DEBUG", form: str = "console", secrets: tuple[str, ...] = (TOKEN, PASSWORD)) -> io.StringIO:
        stream = io.StringIO()
        logs.configure(level, form, secrets, stream)
        return stream

    yield begin
    root.handlers[:], root.level, logging.raiseExceptions = before[:3]
    logging.getLogger("httpx").setLevel(httpx_level)
    structlog.configure(**before[3])


def fail() -> None:
    raise ValueError(f"{PHONE} {TEXT} {TOKEN}")


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_event_shows_what_we_chose_and_nothing_that_is_secret(start: Start, form: str) -> None:
    stream = start(form=form)
    values = {"phone": PHONE, "number": int(PHONE), "nested": [{"password": PASSWORD}], "url": f"/bot{TOKEN}/getMe"}
    structlog.get_logger("test").info("sent", lane="dispatch", **values)
    line = stream.getvalue()
    assert "dispatch" in line
    assert line.count("+7911•••••43") == 2
    assert line.count("[redacted]") == 2
    assert [secret for secret in (TOKEN, PASSWORD, PHONE) if secret in line] == []


def test_not_even_the_name_of_a_value_gives_anything_away(start: Start) -> None:
    stream = start()
    structlog.get_logger("test").info("sent", **{PHONE: 1})
    assert "+7911•••••43" in stream.getvalue()
    assert PHONE not in stream.getvalue()


def test_json_stays_json_whatever_was_redacted(start: Start) -> None:
    stream = start(form="json")
    structlog.get_logger("test").info("sent", number=int(PHONE), reply=f'{{"pass": "{PASSWORD}"}}', none=None, ok=True)
    event = json.loads(stream.getvalue())
    assert event["number"] == "+7911•••••43"
    assert event["reply"] == '{"pass": "[redacted]"}'
    assert (event["none"], event["ok"]) == (None, True)


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_exception_is_told_by_type_and_place_without_its_message(start: Start, form: str) -> None:
    stream = start(form=form)
    try:
        fail()
    except ValueError as error:
        wrapped = RuntimeError(TEXT)
        wrapped.__cause__ = error
        structlog.get_logger("test").error("fell", exc_info=wrapped)
    structlog.get_logger("test").error("fell", error=ValueError(TEXT))
    line = stream.getvalue()
    assert "RuntimeError from ValueError at " in line
    assert "test_logs.py" in line
    assert "in fail" in line
    assert [secret for secret in (TOKEN, PHONE, TEXT) if secret in line] == []


def test_a_group_of_exceptions_is_told_one_by_one() -> None:
    told = logs.frames(ExceptionGroup(TEXT, [KeyError(PHONE), OSError(TEXT)]))
    assert told == "ExceptionGroup(KeyError, OSError)"


@pytest.mark.parametrize("name", ["telegram.Bot", "sqlalchemy.engine", "asyncio", "aiosqlite"])
def test_other_loggers_are_heard_from_warnings_up_and_by_template_alone(start: Start, name: str) -> None:
    """python-telegram-bot logs every parameter at DEBUG, and broken answers whole at ERROR."""
    stream = start()
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        logger.debug("parameters `%s`", {"text": TEXT})
        logger.info("parameters `%s`", {"text": TEXT})
        logger.error('Can not load "%s"', TEXT)
        logger.error("Task exception was never retrieved\nfuture: %s", TEXT)
        logger.error(f"never retrieved\nexception=ValueError('{TEXT}')")  # noqa: G004 - as asyncio does it
    finally:
        logger.setLevel(level)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert 'Can not load "%s"' in lines[0]
    assert TEXT not in stream.getvalue()


def test_addresses_are_heard_at_debug_without_the_token(start: Start) -> None:
    """At INFO they are not heard at all."""
    stream = start()
    logging.getLogger("httpx").info('HTTP Request: %s %s "%s"', "POST", f"https://host/file/bot{TOKEN}/x", "200")
    assert "https://host/file/bot[redacted]/x" in stream.getvalue()
    quiet = start("INFO")
    logging.getLogger("httpx").info("HTTP Request: %s", "POST")
    assert quiet.getvalue() == ""


def test_a_record_that_cannot_be_formatted_prints_nothing_of_its_arguments(
    start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    start()
    logging.getLogger("httpx").warning("%d %d", TEXT)  # noqa: PLE1206 - the fault in question
    assert TEXT not in "".join(capsys.readouterr())


def test_a_token_we_were_not_told_of_is_redacted_all_the_same(start: Start) -> None:
    stream = start(secrets=())
    structlog.get_logger("test").info(f"rejected {TOKEN}", path=f"/bot{TOKEN}/getFile", short="/bot100:sandbox/getMe")
    assert "AAF-" not in stream.getvalue()
    assert "sandbox" not in stream.getvalue()


@given(
    secret=st.text(min_size=4, max_size=30).filter(lambda it: it.isprintable() and not set(it) & set("[redacted]+•"))
)
def test_a_secret_is_found_in_every_spelling_it_travels_in(secret: str) -> None:
    """Plain, percent-encoded in a form, escaped in JSON."""
    redact = logs._Redaction([secret])
    for spelling in (secret, quote_plus(secret), json.dumps(secret)[1:-1]):
        assert spelling not in redact(f"<{spelling}>")


@given(digits=st.text("0123456789", min_size=7, max_size=7))
def test_every_mobile_number_is_masked(digits: str) -> None:
    phone = f"7911{digits}"
    assert logs._Redaction([])(f"to {phone}.") == f"to +7911•••••{phone[-2:]}."
