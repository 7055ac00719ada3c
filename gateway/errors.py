"""
What can go wrong, split by what the caller may do next.

GatewayError
├── InvalidRequestError   nothing was opened: mend the request (also a ValueError)
├── NotSentError          nothing was written: trying again is safe
├── OutcomeUnknownError   it may have been carried out: never repeat a paid call
├── RejectedError         the provider refused and said why
└── UnexpectedReplyError  free calls only: an answer came that nobody can read

A cancelled call raises `asyncio.CancelledError` as it must; its `__cause__` is a NotSentError or an
OutcomeUnknownError and tells how far the call had come.

Errors carry data. What the provider answered (`raw`, at most 200 characters) may quote the message, so it
is kept out of `str` and `repr`; credentials are struck out of it before it gets here.
"""

from enum import Enum, StrEnum

__all__ = [
    "Flaw",
    "GatewayError",
    "InvalidRequestError",
    "NotSentError",
    "OutcomeUnknownError",
    "Reason",
    "RejectedError",
    "UnexpectedReplyError",
]


class Reason(Enum):
    """
    The provider's error texts (sections 1.2, 2.2 and 3.2 of its SMS description), each named after its text.

    MMS failures come as free text (section 1.2 of the MMS description); a documented one is recognised
    there too.
    """

    AUTHENTICATION_FAILURE = "authentication failure"
    CANT_SEND_THIS_MESSAGE = "can't send this message"
    YOUR_CREDIT_IS_NULL = "your credit is null"
    DIRECTION_IS_CLOSED = "direction is closed"
    UNSUPPORTED_PHONE_NUMBER = "unsupported phone number"
    UNSUPPORTED_SENDER = "unsupported sender"
    PHONE_BLACKLISTED = "phone blacklisted"
    BLOCKED_TEXT_MESSAGE = "blocked text message"
    MESSAGE_DUPLICATION = "message duplication"
    SERVICE_IS_SWITCHED_OFF = "service is switched off"
    NO_SUCH_MESSAGE = "no such message"
    WRONG_FUNCTION = "wrong function"
    WRONG_PHONE_NUMBER = "wrong phone number"
    WRONG_BASE = "wrong base"
    BASE_IS_PROTECTED = "base is protected"
    CANT_ADD_PHONE_NUMBER = "can't add phone number"
    CANT_REMOVE_PHONE_NUMBER = "can't remove phone number"
    OTHER = ""


class Flaw(StrEnum):
    """Why the wire cannot carry a value."""

    AMBIGUOUS_TIME = "names two instants in the provider's zone"
    COMMA = "has a comma, which separates base names"
    EMPTY = "is empty"
    MALFORMED = "is malformed"
    NAIVE_TIME = "has no time zone"
    NOT_A_PHONE = "is not 11 digits beginning with 7"
    NOT_PNG = "is not a PNG picture"
    TOO_LARGE = "is too large"
    UNENCODABLE = "has characters its charset cannot carry"


class GatewayError(Exception):
    """Any failure of a call to the provider."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class InvalidRequestError(GatewayError, ValueError):
    """The `field` has a `flaw`; nothing was opened."""

    def __init__(self, field: str, flaw: Flaw) -> None:
        super().__init__(field, flaw)
        self.field = field
        self.flaw = flaw

    def __str__(self) -> str:
        return f"{self.field} {self.flaw}"


class NotSentError(GatewayError):
    """No byte of the request was written, by the transport's own trace; `why` says what stood in the way."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class OutcomeUnknownError(GatewayError):
    """
    Writing began and no readable answer came: the call may have been carried out, and charged.

    For a free call it is harmless: ask again. `why` says what ended the call, `status` is the HTTP status
    if one arrived, `raw` what there was of an answer.
    """

    def __init__(self, why: str, status: int | None = None, raw: str = "") -> None:
        super().__init__(why, status, raw)
        self.why = why
        self.status = status
        self.raw = raw

    def __str__(self) -> str:
        return self.why if self.status is None else f"{self.why} (HTTP {self.status})"


class RejectedError(GatewayError):
    """The provider refused with a text of its own; `raw` is that text."""

    def __init__(self, reason: Reason, raw: str) -> None:
        super().__init__(reason, raw)
        self.reason = reason
        self.raw = raw

    def __str__(self) -> str:
        return self.reason.name

    @property
    def account_wide(self) -> bool:
        """Whether every other call of this account would be refused alike."""
        return self.reason in _ACCOUNT_WIDE


class UnexpectedReplyError(GatewayError):
    """A free call was answered with another `status` than 200 or with a text nobody can read."""

    def __init__(self, status: int, raw: str) -> None:
        super().__init__(status, raw)
        self.status = status
        self.raw = raw

    def __str__(self) -> str:
        return f"unreadable reply (HTTP {self.status})"


_ACCOUNT_WIDE = frozenset(
    {Reason.AUTHENTICATION_FAILURE, Reason.YOUR_CREDIT_IS_NULL, Reason.SERVICE_IS_SWITCHED_OFF},
)
