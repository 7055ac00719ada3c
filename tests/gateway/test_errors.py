"""The error tree is what callers decide by."""

import copy
import inspect
import pickle
from types import ModuleType

import pytest

import gateway
from gateway import errors
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

EXAMPLES = [
    InvalidRequestError("message", Flaw.UNENCODABLE),
    NotSentError("connecting: refused"),
    OutcomeUnknownError("cut", 500, "<html>"),
    RejectedError(Reason.OTHER, "Error: new"),
    UnexpectedReplyError(502, "<html>"),
]

# Every error text of the provider's description, in its order.
DOCUMENTED = {
    "authentication failure": Reason.AUTHENTICATION_FAILURE,
    "can't send this message": Reason.CANT_SEND_THIS_MESSAGE,
    "your credit is null": Reason.YOUR_CREDIT_IS_NULL,
    "direction is closed": Reason.DIRECTION_IS_CLOSED,
    "unsupported phone number": Reason.UNSUPPORTED_PHONE_NUMBER,
    "unsupported sender": Reason.UNSUPPORTED_SENDER,
    "phone blacklisted": Reason.PHONE_BLACKLISTED,
    "blocked text message": Reason.BLOCKED_TEXT_MESSAGE,
    "message duplication": Reason.MESSAGE_DUPLICATION,
    "service is switched off": Reason.SERVICE_IS_SWITCHED_OFF,
    "no such message": Reason.NO_SUCH_MESSAGE,
    "wrong function": Reason.WRONG_FUNCTION,
    "wrong phone number": Reason.WRONG_PHONE_NUMBER,
    "wrong base": Reason.WRONG_BASE,
    "base is protected": Reason.BASE_IS_PROTECTED,
    "can't add phone number": Reason.CANT_ADD_PHONE_NUMBER,
    "can't remove phone number": Reason.CANT_REMOVE_PHONE_NUMBER,
}


def test_every_error_derives_from_gateway_error() -> None:
    """Whoever catches GatewayError misses nothing this package raises by name."""
    found = {value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, Exception)}
    assert {error for error in found if not issubclass(error, GatewayError)} == set()
    assert {type(example) for example in EXAMPLES} == found - {GatewayError}


def test_the_kinds_are_apart() -> None:
    """No error is a special case of another: a caller's except clause catches one decision."""
    assert {type(example).__bases__[0] for example in EXAMPLES} == {GatewayError}


def test_an_invalid_request_is_a_value_error() -> None:
    """Callers without any gateway knowledge may treat it as what it is."""
    assert issubclass(InvalidRequestError, ValueError)


@pytest.mark.parametrize("module", [gateway, errors, gateway.client, gateway.models, gateway.transport])
def test_public_names_are_sorted_and_exist(module: ModuleType) -> None:
    """`__all__` is sorted and names only what is there."""
    names = module.__all__
    assert names == sorted(names)
    assert [name for name in names if not hasattr(module, name)] == []


def test_the_package_offers_all_errors_and_models() -> None:
    """Callers import from `gateway` alone."""
    public = {"Gateway", *errors.__all__, *gateway.models.__all__}
    assert set(gateway.__all__) == public


def test_reasons_are_the_documented_texts() -> None:
    """One member per documented error text, named after it, and OTHER."""
    assert {reason.value: reason for reason in Reason if reason is not Reason.OTHER} == DOCUMENTED
    for text, reason in DOCUMENTED.items():
        assert reason.name == text.replace("'", "").replace(" ", "_").upper()


def test_account_wide_reasons() -> None:
    """Login, credit and switch-off concern every call; the rest concern one message."""
    wide = {reason for reason in Reason if RejectedError(reason, "").account_wide}
    assert wide == {
        Reason.AUTHENTICATION_FAILURE,
        Reason.YOUR_CREDIT_IS_NULL,
        Reason.SERVICE_IS_SWITCHED_OFF,
    }


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_errors_keep_their_data_when_copied(error: GatewayError) -> None:
    """An error survives the trip between processes with all it carries."""
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert vars(twin) == vars(error)
        assert repr(twin) == repr(error)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (InvalidRequestError("start_at", Flaw.NAIVE_TIME), "start_at has no time zone"),
        (NotSentError("connecting: refused"), "connecting: refused"),
        (OutcomeUnknownError("unreadable reply", 500, "Привет"), "unreadable reply (HTTP 500)"),
        (RejectedError(Reason.MESSAGE_DUPLICATION, "Привет"), "MESSAGE_DUPLICATION"),
        (UnexpectedReplyError(502, "Привет"), "unreadable reply (HTTP 502)"),
    ],
)
def test_what_the_provider_wrote_stays_out_of_texts(error: GatewayError, shown: str) -> None:
    """A reply may quote the message: it is data, and logs of the error do not show it."""
    assert str(error) == shown
    assert repr(error) == f"{type(error).__name__}({shown!r})"
