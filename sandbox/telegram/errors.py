"""
Refusals of the Bot API, in its own words.

CallError           answered with its HTTP status, code and description
└── MisuseError     the caller used what the API (or this sandbox) does not know: refused and remembered
"""

from typing import Any

from starlette.responses import JSONResponse

__all__ = ["CallError", "MisuseError", "bad_request", "conflict", "flood", "forbidden"]

_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class CallError(Exception):
    """One refused call: HTTP status, Telegram's description, `parameters` for the caller's program."""

    def __init__(self, code: int, message: str, **parameters: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.parameters = parameters

    @property
    def description(self) -> str:
        """The text as the server builds it: its first letter is lowered unless it is a constant's name."""
        title, message = _TITLES.get(self.code), self.message
        if title is None:
            return message
        if not (message[1:2] == "_" or message[1:2].isupper()):
            message = message[:1].lower() + message[1:]
        return f"{title}: {message}" if message else title

    def response(self) -> JSONResponse:
        """Give the answer as it goes over the wire."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        headers = {}
        if self.parameters:
            body["parameters"] = self.parameters
        if "retry_after" in self.parameters:
            headers["Retry-After"] = str(self.parameters["retry_after"])
        return JSONResponse(body, self.code, headers)


class MisuseError(CallError):
    """An unknown method, parameter or field, or one this sandbox does not emulate."""


def bad_request(message: str, **parameters: int) -> CallError:
    """400: the call makes no sense here."""
    return CallError(400, message, **parameters)


def forbidden(message: str) -> CallError:
    """403: the bot may not."""
    return CallError(403, message)


def conflict(message: str) -> CallError:
    """409: two ways of getting updates at once."""
    return CallError(409, message)


def flood(retry_after: int) -> CallError:
    """429: too fast; `retry_after` in seconds."""
    return CallError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
