"""
Logs that may be shown to anyone: structlog over the standard library, console lines or JSON.

Our own events carry what we chose to say. Of other people's loggers only warnings are heard, and of those the
template alone, since arguments may be updates, texts or answers. Exceptions are told by type and frames: their
messages quote what they choked on. The finished line is searched once more for secrets and phone numbers.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.stdlib import BoundLogger, LoggerFactory, ProcessorFormatter
from structlog.typing import EventDict, Processor

from gateway import phones

__all__ = ["configure", "frames"]

REDACTED: Final = "[redacted]"
_FRAMES: Final = 12
_CAUSES: Final = 4
_IN_URL: Final = re.compile(r"/bot[0-9]+(?::|%3A)[^/\s\"']*", re.IGNORECASE)
_TOKEN: Final = re.compile(r"\b[0-9]{5,16}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_ADDRESSES: Final = "httpx"
"""The one foreign logger worth hearing below a warning: which address answered what; tokens are redacted."""


def configure(
    level: str = "INFO", form: str = "console", secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send every logger of this process through one handler; `form` is console or json, `secrets` are never shown."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(_worth_hearing)
    handler.setFormatter(_Formatter(form, secrets, colours=handler.stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger(_ADDRESSES).setLevel(logging.INFO if level == "DEBUG" else logging.WARNING)
    logging.raiseExceptions = False  # it would print the arguments of a record that cannot be formatted
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
        logger_factory=LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )


def frames(error: BaseException) -> str:
    """Tell an exception and its causes by type and place, never by message: `KeyError at bot/app.py:7 in build`."""
    told: list[str] = []
    link: BaseException | None = error
    while link is not None and len(told) < _CAUSES:
        told.append(_told(link))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return " from ".join(told)


def _told(error: BaseException) -> str:
    inner = f"({', '.join(_told(one) for one in error.exceptions)})" if isinstance(error, BaseExceptionGroup) else ""
    places = [_place(frame) for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES:]]
    return f"{type(error).__name__}{inner}" + (f" at {' > '.join(places)}" if places else "")


def _place(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}"


def _worth_hearing(record: logging.LogRecord) -> bool:
    ours = hasattr(record, "_logger")
    return ours or record.levelno >= logging.WARNING or record.name.partition(".")[0] == _ADDRESSES


class _Formatter(ProcessorFormatter):
    """Renders a record, and redacts the line whoever wrote it."""

    def __init__(self, form: str, secrets: Iterable[str], *, colours: bool) -> None:
        self._redact = _Redaction(secrets)
        renderer: Processor = structlog.dev.ConsoleRenderer(colors=colours)
        if form == "json":
            renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
        super().__init__(
            processors=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper("iso", utc=True),
                _exception,
                ProcessorFormatter.remove_processors_meta,
                self._redact.values,
                renderer,
            ],
            foreign_pre_chain=[_foreign],
            use_get_message=False,
            pass_foreign_args=True,
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


class _Redaction:
    """Finds secrets in whatever spelling they travel, tokens in addresses, and phone numbers."""

    def __init__(self, secrets: Iterable[str]) -> None:
        spellings = {form for secret in secrets if secret for form in _spellings(secret)}
        longest_first = sorted(spellings, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if spellings else None

    def __call__(self, text: str) -> str:
        text = _TOKEN.sub(REDACTED, _IN_URL.sub(f"/bot{REDACTED}", text))
        if self._secrets is not None:
            text = self._secrets.sub(REDACTED, text)
        return phones.redact(text)

    def values(self, _logger: object, _name: str, event: EventDict) -> EventDict:
        """Redact each value for itself, so that what is rendered from them stays well-formed."""
        return {key: self._value(value) for key, value in event.items()}

    def _value(self, value: Any) -> Any:
        match value:
            case None | bool():
                return value
            case int() | float():
                told = str(value)
                return value if self(told) == told else self(told)
            case Mapping():
                return {str(key): self._value(one) for key, one in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._value(one) for one in value]
            case BaseException():
                return frames(value)
        return self(value if isinstance(value, str) else repr(value))


def _spellings(secret: str) -> set[str]:
    quoted = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        quote_plus(secret, encoding="utf-8"),
        *quoted,
    }


def _exception(_logger: object, _name: str, event: EventDict) -> EventDict:
    event.pop("stack_info", None)
    given = event.pop("exc_info", None)
    error = _error(given) if given else None
    if error is not None:
        event["exception"] = frames(error)
    return event


def _error(given: object) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None] = sys.exc_info()
    found = given[1] if isinstance(given, tuple) else info[1]
    return found if isinstance(found, BaseException) else None


def _foreign(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Take another library's template alone: its first line, without arguments."""
    args, template = event.pop("positional_args", ()), str(event["event"])
    if event["_record"].name == _ADDRESSES and args:
        template = template % args
    event["event"] = template.partition("\n")[0]
    return event
