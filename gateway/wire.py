"""
The provider's wire format: bodies out, texts in. Pure.

A parser returns None for a text it cannot read; it never raises and never guesses a success. Letter case,
surrounding blanks and spaces around punctuation may drift.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode

from gateway.errors import Flaw, InvalidRequestError, Reason
from gateway.models import Balance, BatchResult, DeliveryStatus, PhoneBase

__all__ = [
    "decode",
    "encode_form",
    "encode_multipart",
    "parse_balance",
    "parse_bases",
    "parse_batch",
    "parse_error",
    "parse_mms",
    "parse_mms_error",
    "parse_phones",
    "parse_send",
    "parse_status",
    "parse_success",
    "parse_yes_no",
]


def encode_form(fields: Mapping[str, str], charset: str) -> bytes:
    """Encode a form in `charset`, or raise InvalidRequestError naming the field that does not fit it."""
    for name, value in fields.items():
        _encode(name, value, charset)
    return urlencode(fields, encoding=charset, errors="strict").encode("ascii")


def encode_multipart(fields: Mapping[str, str], picture: bytes, boundary: str) -> bytes:
    """Encode an MMS (MMS section 1.1): the fields as UTF-8, the PNG `picture` as a file."""
    parts = [_part(f'name="{name}"', _encode(name, value, "utf-8")) for name, value in fields.items()]
    parts.append(_part('name="picture"; filename="picture.png"\r\nContent-Type: image/png', picture))
    delimiter = f"--{boundary}".encode()
    return b"".join(delimiter + b"\r\n" + part for part in parts) + delimiter + b"--\r\n"


def _part(disposition: str, value: bytes) -> bytes:
    return f"Content-Disposition: form-data; {disposition}\r\n\r\n".encode() + value + b"\r\n"


def _encode(name: str, value: str, charset: str) -> bytes:
    try:
        return value.encode(charset)
    except UnicodeEncodeError:
        # "from None": the low-level error holds the whole text, and texts stay out of logs.
        raise InvalidRequestError(name, Flaw.UNENCODABLE) from None


def decode(content: bytes) -> str:
    """Read a reply as UTF-8 or, where that fails, Windows-1251; never fails itself."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


_ERROR = re.compile(r"error\s*:\s*(?P<text>[^\r\n<>]+)", re.IGNORECASE)
_MMS_ERROR = re.compile(r"error(?![a-z])[\s:._-]*(?P<text>[^<>]*)", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘`´ʼ]")


def parse_error(text: str) -> Reason | None:
    """Read `Error: …`, one line (sections 1.2, 2.2, 3.2); None where the text is no error."""
    found = _ERROR.fullmatch(text.strip())
    return _reason(found["text"]) if found else None


def parse_mms_error(text: str) -> Reason | None:
    """Read `Error` and a description in whatever shape (MMS section 1.2); None where the text is no error."""
    found = _MMS_ERROR.fullmatch(text.strip())
    return _reason(found["text"]) if found else None


def _plain(text: str) -> str:
    return " ".join(_APOSTROPHES.sub("", text).casefold().split()).rstrip(" .!")


def _reason(text: str) -> Reason:
    return _REASONS.get(_plain(text), Reason.OTHER)


_REASONS = {_plain(reason.value): reason for reason in Reason if reason is not Reason.OTHER}

_SEND = re.compile(
    r"message\s+successfully\s+sent\s*!\s*message_id\s*=\s*(?P<id>[^\s<>]{1,64})",
    re.IGNORECASE,
)
_MMS = re.compile(r"ok_(?P<id>[^\s<>]{1,64})", re.IGNORECASE)
_STATUS = re.compile(r"status\s*:\s*(?P<status>unknown|delivered|not[ _-]delivered)", re.IGNORECASE)
_MONEY = r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,4})?"
_BALANCE = re.compile(
    rf"balance\s*:\s*(?P<balance>{_MONEY})\s*(?:;|\n)\s*overdraft\s*:\s*(?P<overdraft>{_MONEY})\s*;?",
    re.IGNORECASE,
)


def parse_send(text: str) -> str | None:
    """Read the id out of `Message successfully sent! Message_ID=…` (section 1.2)."""
    found = _SEND.fullmatch(text.strip())
    return found["id"] if found else None


def parse_mms(text: str) -> str | None:
    """Read the id out of `Ok_…` (MMS section 1.2)."""
    found = _MMS.fullmatch(text.strip())
    return found["id"] if found else None


def parse_status(text: str) -> DeliveryStatus | None:
    """Read `Status: …` (section 2.2)."""
    found = _STATUS.fullmatch(text.strip())
    return DeliveryStatus(re.sub("[ -]", "_", found["status"].lower())) if found else None


def parse_balance(text: str) -> Balance | None:
    """Read `Balance: 5006.75; Overdraft: -10000.00` in roubles (section 4.2)."""
    found = _BALANCE.fullmatch(text.strip())
    return Balance(_money(found["balance"]), _money(found["overdraft"])) if found else None


def _money(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def parse_success(text: str) -> Literal[True] | None:
    """Read the bare `Success` (section 3.2)."""
    return True if _plain(text) == "success" else None


def parse_yes_no(text: str) -> bool | None:
    """Read `Yes` or `No` (section 3.2)."""
    return {"yes": True, "no": False}.get(_plain(text))


_PHONES = re.compile(r"[0-9]{5,15}(?:[\s,;]+[0-9]{5,15})*[\s,;]*")


def parse_phones(text: str) -> list[str] | None:
    """Read the phones of a base, set apart by line breaks, commas, semicolons or spaces (section 3.2)."""
    if _plain(text) == "no phones in base":
        return []
    text = text.strip()
    return re.findall("[0-9]+", text) if _PHONES.fullmatch(text) else None


def parse_bases(text: str) -> list[PhoneBase] | None:
    """Read the JSON list of bases, whose values are all strings (section 3.2)."""
    rows = _json(text)
    if not isinstance(rows, list):
        return None
    bases = [_base(row) for row in rows]
    return [base for base in bases if base] if all(bases) else None


def _base(row: Any) -> PhoneBase | None:
    match row:
        case {"base_name": str(name), "id": str() | int() as number, "phones_total": total}:
            count = _count(total)
            return None if count is None else PhoneBase(name, str(number), count)
    return None


_STRING_OR_ARROW = re.compile(r'("(?:[^"\\]|\\.)*")|=>')


def parse_batch(text: str) -> BatchResult | None:
    """Read the Perl hash `{"success"=>2, "errors"=>["70987654321", "1728376"]}` (section 3.2)."""
    match _json(_STRING_OR_ARROW.sub(lambda found: found[1] or ":", text)):
        case {"success": added, "errors": list(errors)} if all(_is_entry(error) for error in errors):
            count = _count(added)
            return None if count is None else BatchResult(count, tuple(map(str, errors)))
    return None


def _is_entry(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _count(value: Any) -> int | None:
    text = str(value) if _is_entry(value) else ""
    return int(text) if re.fullmatch("[0-9]{1,15}", text.strip()) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # a million opening brackets recurse
        return None
