"""
What the wire cannot carry, found before anything is opened. Pure.

Everything else (unregistered senders, empty texts, unknown bases) is the provider's to refuse.
"""

import codecs
import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from gateway.errors import Flaw, InvalidRequestError

__all__ = [
    "MMS_LIMIT",
    "check_aware",
    "check_charset",
    "check_mms",
    "check_phone",
    "check_url",
    "check_zone",
    "join_bases",
    "join_phones",
    "local_minute",
]

MMS_LIMIT = 300 * 1024
"""Bytes of subject, text and picture together (MMS section 1.1 says "300 Килобайт" of the whole message)."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PHONE = re.compile("7[0-9]{10}")
_CHARSETS = {"cp1251": "windows-1251", "utf-8": "utf-8"}


def check_url(url: str) -> str:
    """Return an http(s) address without a closing slash; a login in it would travel outside the body."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise InvalidRequestError("url", Flaw.MALFORMED) from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise InvalidRequestError("url", Flaw.MALFORMED)
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise InvalidRequestError("url", Flaw.MALFORMED)
    return url.rstrip("/")


def check_charset(charset: str) -> str:
    """Return the charset under its usual name: windows-1251 or utf-8."""
    try:
        return _CHARSETS[codecs.lookup(charset).name]
    except LookupError:
        raise InvalidRequestError("charset", Flaw.MALFORMED) from None


def check_zone(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidRequestError("timezone", Flaw.MALFORMED) from None


def check_phone(phone: str) -> str:
    """Return the phone: 11 digits, the first a 7."""
    if not _PHONE.fullmatch(phone):
        raise InvalidRequestError("phone", Flaw.NOT_A_PHONE)
    return phone


def check_aware(field: str, instant: datetime) -> datetime:
    """Return the instant, which must know its zone."""
    if instant.utcoffset() is None:
        raise InvalidRequestError(field, Flaw.NAIVE_TIME)
    return instant


def check_mms(subject: str, text: str, picture: bytes | None) -> None:
    """Check the picture's kind and the whole message's size."""
    if picture is not None and not picture.startswith(_PNG):
        raise InvalidRequestError("picture", Flaw.NOT_PNG)
    # A lone surrogate has no bytes to count; encoding the form names it.
    size = len((subject + text).encode(errors="replace")) + len(picture or b"")
    if size > MMS_LIMIT:
        raise InvalidRequestError("message", Flaw.TOO_LARGE)


def join_phones(phones: Iterable[str]) -> str:
    """Put each entry on a line of its own; what is a phone is the provider's to say, entry by entry."""
    entries = _entries("phones", phones)
    if any(len(entry.split()) != 1 for entry in entries):
        raise InvalidRequestError("phones", Flaw.MALFORMED)
    return "\n".join(entries)


def join_bases(bases: Iterable[str]) -> str:
    """Name each base once, separated by commas."""
    names = dict.fromkeys(_entries("bases", bases))
    if not all(name.strip() for name in names):
        raise InvalidRequestError("bases", Flaw.EMPTY)
    if any("," in name for name in names):
        raise InvalidRequestError("bases", Flaw.COMMA)
    return ",".join(names)


def _entries(field: str, values: Iterable[str]) -> list[str]:
    # A lone text would pass for a list of its letters.
    if isinstance(values, str):
        raise InvalidRequestError(field, Flaw.MALFORMED)
    entries = list(values)
    if not entries:
        raise InvalidRequestError(field, Flaw.EMPTY)
    return entries


def local_minute(instant: datetime, zone: ZoneInfo) -> str:
    """Write an aware instant as `YYYY-MM-DD HH:MM` in `zone`; seconds are dropped (section 3.1.2)."""
    local = check_aware("start_at", instant).astimezone(zone)
    # The hour that a clock set back goes through twice cannot be told apart in this format.
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        raise InvalidRequestError("start_at", Flaw.AMBIGUOUS_TIME)
    return local.strftime("%Y-%m-%d %H:%M")
