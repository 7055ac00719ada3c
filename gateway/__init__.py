"""An async client of the SMS2 HTTP API."""

from gateway.client import Gateway
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
