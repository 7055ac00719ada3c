"""The provider's functions, one method each, in the order of its description; all go through `_request`."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx

from gateway import checks, wire
from gateway.errors import (
    NotSentError,
    OutcomeUnknownError,
    Reason,
    RejectedError,
    UnexpectedReplyError,
)
from gateway.login import Login
from gateway.models import Balance, BatchResult, DeliveryStatus, PhoneBase
from gateway.transport import Progress, SpreadTransport, reports_progress

__all__ = ["Gateway"]

T = TypeVar("T")

_OK = 200
_REPLY_LIMIT = 16 * 1024 * 1024  # a base of a million phones has 13 MB
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "smsbot"}


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes
    content_type: str = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class _Limits:
    """The limits of a paid call; see Gateway."""

    deadline: float | None
    not_after: datetime | None


@dataclass(slots=True)
class _Answer:
    """As much of an answer as has come in; status 0 is none."""

    status: int = 0
    content: bytearray = field(default_factory=bytearray)


class Gateway:
    """
    One account at the provider; an async context manager.

    `charset` is "windows-1251" or "utf-8"; the latter is used for single messages alone, the one place
    where the provider documents it (section 5). `timezone` is the provider's. `timeout` is in seconds and
    bounds a whole call, waiting for one of the `max_connections` included. `transport` replaces the
    connections; of one that is not known to report its progress every failure counts as
    OutcomeUnknownError.

    Every call may raise any GatewayError; see gateway.errors for what each allows. The paid ones (`send_sms`,
    `start_multicast`, `send_mms`) take two limits of their own:

    - `deadline`: seconds from now for the whole call, in place of `timeout`;
    - `not_after`: an aware instant of the wall clock, which also counts while the machine is suspended.
      Past it nothing is written: NotSentError. What was written before may still be answered after it.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: str,
        *,
        charset: str = "windows-1251",
        timezone: str = "Europe/Moscow",
        timeout: float = 15.0,
        max_connections: int = 50,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = checks.check_url(url)
        self._charset = checks.check_charset(charset)
        self._zone = checks.check_zone(timezone)
        self._login = Login(user, password)
        self._timeout = timeout
        self._transport = transport or SpreadTransport(max_connections=max_connections)
        self._open = False

    def __repr__(self) -> str:
        return f"Gateway({self._url!r})"

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        self._open = True
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._open = False
        await self._transport.__aexit__(exc_type, exc_value, traceback)

    async def send_sms(
        self,
        phone: str,
        text: str,
        sender: str,
        flash: bool = False,  # noqa: FBT001, FBT002 – one of the message's fields, not a mode of the call
        *,
        deadline: float | None = None,
        not_after: datetime | None = None,
    ) -> str:
        """Send one SMS and return its id (section 1). Paid."""
        fields = {
            "phone": checks.check_phone(phone),
            "message": text,
            "from": sender,
            "flash": "1" if flash else "0",
        }
        if self._charset == "utf-8":
            fields["enc"] = "utf-8"
        form = self._form(fields, self._charset)
        return await self._request("sms.cgi", form, wire.parse_send, paid=_Limits(deadline, not_after))

    async def sms_status(self, message_id: str) -> DeliveryStatus:
        """Ask what became of an SMS (section 2)."""
        return await self._request("sms_status2.cgi", self._form({"mess_id": message_id}), wire.parse_status)

    async def list_bases(self) -> list[PhoneBase]:
        """List the account's phone bases (section 3, `list_of_bases`)."""
        return await self._base_call("list_of_bases", {}, wire.parse_bases)

    async def add_phone(self, base: str, phone: str) -> None:
        """Add a phone to the base of that name (section 3, `add_phone_to_base`)."""
        fields = {"base": base, "phone": checks.check_phone(phone)}
        await self._base_call("add_phone_to_base", fields, wire.parse_success)

    async def add_phones(self, base: str, phones: Iterable[str]) -> BatchResult:
        """Add phones to a base; the provider names those it refuses (`add_phone_to_base_batch`)."""
        fields = {"base": base, "phones": checks.join_phones(phones)}
        return await self._base_call("add_phone_to_base_batch", fields, wire.parse_batch)

    async def has_phone(self, base: str, phone: str) -> bool:
        """Ask whether a base holds a phone (section 3, `is_phone_in_base`)."""
        fields = {"base": base, "phone": checks.check_phone(phone)}
        return await self._base_call("is_phone_in_base", fields, wire.parse_yes_no)

    async def phones(self, base: str) -> list[str]:
        """List the phones of a base as the provider spells them (section 3, `get_base`)."""
        return await self._base_call("get_base", {"base": base}, wire.parse_phones)

    async def remove_phone(self, base: str, phone: str) -> None:
        """Remove a phone from a base (section 3, `remove_phone_from_base`)."""
        fields = {"base": base, "phone": checks.check_phone(phone)}
        await self._base_call("remove_phone_from_base", fields, wire.parse_success)

    async def start_multicast(
        self,
        text: str,
        sender: str,
        bases: Iterable[str],
        start_at: datetime | None = None,
        *,
        deadline: float | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """
        Hand over one text for whole bases, named once each (section 3, `start_multicast`). Paid.

        `start_at` is aware; the provider knows minutes only, so seconds are dropped. Without it sending
        starts now. The provider gives no id back and can neither report on a multicast nor cancel it.
        """
        fields = {"message": text, "from": sender, "bases": checks.join_bases(bases)}
        if start_at is not None:
            fields["start_at"] = checks.local_minute(start_at, self._zone)
        await self._base_call("start_multicast", fields, wire.parse_success, paid=_Limits(deadline, not_after))

    async def balance(self) -> Balance:
        """Ask for the account's balance (section 4)."""
        return await self._request("get_credit_info.cgi", self._form({}), wire.parse_balance)

    async def send_mms(
        self,
        phone: str,
        subject: str,
        text: str,
        picture: bytes | None = None,
        *,
        deadline: float | None = None,
        not_after: datetime | None = None,
    ) -> str:
        """
        Send one MMS and return its id, the part behind `Ok_` (MMS description, section 1). Paid.

        `picture` is a PNG. Subject, text (both as UTF-8) and picture together may have 300 KB = 307,200
        bytes.
        """
        checks.check_mms(subject, text, picture)
        login = {"user": self._login.user, "hash": self._login.password_md5}
        fields = login | {"phone": checks.check_phone(phone), "subject": subject, "text": text}
        body = _Body(wire.encode_form(fields, "utf-8"))
        if picture is not None:
            boundary = secrets.token_hex(16)
            content = wire.encode_multipart(fields, picture, boundary)
            body = _Body(content, f"multipart/form-data; boundary={boundary}")
        return await self._request(
            "api.php", body, wire.parse_mms, wire.parse_mms_error, paid=_Limits(deadline, not_after)
        )

    async def _base_call(
        self,
        function: str,
        fields: Mapping[str, str],
        parse: Callable[[str], T | None],
        paid: _Limits | None = None,
    ) -> T:
        form = self._form({"function": function, **fields})
        return await self._request("api_call.cgi", form, parse, paid=paid)

    def _form(self, fields: Mapping[str, str], charset: str = "cp1251") -> _Body:
        login = {"user": self._login.user, "pass": self._login.password}
        return _Body(wire.encode_form({**login, **fields}, charset))

    async def _request(
        self,
        path: str,
        body: _Body,
        parse: Callable[[str], T | None],
        parse_error: Callable[[str], Reason | None] = wire.parse_error,
        *,
        paid: _Limits | None = None,
    ) -> T:
        """Post `body` once, whatever happens; return what `parse` reads or raise a GatewayError."""
        answer = await self._post(path, body, paid)
        text = wire.decode(bytes(answer.content))
        if answer.status == _OK:
            if (reason := parse_error(text)) is not None:
                raise RejectedError(reason, self._login.redact(text))
            if (value := parse(text)) is not None:
                return value
        if paid:
            raise OutcomeUnknownError("unreadable reply", answer.status, self._login.redact(text))
        raise UnexpectedReplyError(answer.status, self._login.redact(text))

    async def _post(self, path: str, body: _Body, limits: _Limits | None) -> _Answer:
        progress = self._progress(limits or _Limits(None, None))
        request = httpx.Request(
            "POST",
            f"{self._url}/{path}",
            headers={**_HEADERS, "Content-Type": body.content_type},
            content=body.content,
            extensions={"trace": progress},
        )
        answer = _Answer()
        try:
            async with asyncio.timeout_at(progress.deadline):
                await self._exchange(request, progress, answer)
        except asyncio.CancelledError as cancelled:
            raise cancelled from self._failure(cancelled, progress, answer)
        except Exception as error:  # the trace decides what a failure means, not its class
            raise self._failure(error, progress, answer) from error
        return answer

    def _progress(self, limits: _Limits) -> Progress:
        seconds = self._timeout if limits.deadline is None else limits.deadline
        not_after = limits.not_after and checks.check_aware("not_after", limits.not_after)
        return Progress(asyncio.get_running_loop().time() + seconds, not_after)

    async def _exchange(self, request: httpx.Request, progress: Progress, answer: _Answer) -> None:
        if not self._open:
            raise RuntimeError("the gateway is not open")
        if not reports_progress(self._transport):
            progress.begin()
        response = await self._transport.handle_async_request(request)
        answer.status = response.status_code
        async with contextlib.aclosing(response):
            async for chunk in response.aiter_bytes():
                answer.content += chunk
                if len(answer.content) > _REPLY_LIMIT:
                    raise ValueError("the reply is too large")

    def _failure(
        self,
        error: BaseException,
        progress: Progress,
        answer: _Answer,
    ) -> NotSentError | OutcomeUnknownError:
        why = self._login.redact(f"{progress.stage}: {type(error).__name__} {error}")
        if not progress.began:
            return NotSentError(why)
        return OutcomeUnknownError(why, answer.status or None, self._login.redact(wire.decode(bytes(answer.content))))
