"""What the provider answers when it refuses."""

from enum import StrEnum

__all__ = ["Reason", "RefusedError"]


class Reason(StrEnum):
    """The documented refusals, word for word (sections 1.2, 2.2 and 3.2 of the provider's description)."""

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


class RefusedError(Exception):
    """The provider refuses; `str()` of it is the answer. The MMS gate's reasons are its own words."""

    def __init__(self, reason: Reason | str) -> None:
        super().__init__(f"Error: {reason}")
