"""An async client of the SMS2 HTTP API."""

from typing import TYPE_CHECKING

from gateway.errors import (
    Flaw,
    GatewayError,
    InvalidRequestError,
    NotSentError,
    OutcomeUnknownError,
    Reason,
    RejectedError,
    UnexpectedReplyError,
)
from gateway.models import Balance, BatchResult, DeliveryStatus, PhoneBase

if TYPE_CHECKING:
    from gateway.client import Gateway

__all__ = [
    "Balance",
    "BatchResult",
    "DeliveryStatus",
    "Flaw",
    "Gateway",
    "GatewayError",
    "InvalidRequestError",
    "NotSentError",
    "OutcomeUnknownError",
    "PhoneBase",
    "Reason",
    "RejectedError",
    "UnexpectedReplyError",
]


if not TYPE_CHECKING:  # a checker would take it for a promise of any name

    def __getattr__(name: str) -> type:
        """Import the client when it is asked for: who only reads phones does not wait for an HTTP library."""
        if name == "Gateway":
            from gateway.client import Gateway

            return Gateway
        raise AttributeError(name)
