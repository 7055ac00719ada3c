"""The provider's table of contents: which scripts and functions there are and what each may be given."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.sms2 import accounts, bases, messages, mms, multicasts
from sandbox.sms2.accounts import Account
from sandbox.sms2.calls import Call
from sandbox.sms2.errors import Reason, RefusedError
from sandbox.store import Store

__all__ = ["FUNCTIONS", "SCRIPTS", "Run", "Script", "refusing", "resolve"]

Run = Callable[[Store, Account, Call], str]


@dataclass(frozen=True, slots=True)
class Script:
    """One script or function: what runs it, its own parameters, what it says to a form that is wrong."""

    run: Run
    parameters: frozenset[str]
    refusal: Reason | str
    files: frozenset[str] = frozenset()


def _function(run: Run, *parameters: str) -> Script:
    return Script(run, frozenset({"user", "pass", "function", *parameters}), Reason.WRONG_FUNCTION)


def refusing(reason: Reason | str) -> Run:
    """What runs in place of a script that is not there, or whose form is wrong."""

    def run(_store: Store, _account: Account, _call: Call) -> str:
        raise RefusedError(reason)

    return run


def _get_balance(store: Store, _account: Account, _call: Call) -> str:
    return accounts.credit_info(store)


SCRIPTS = {
    "sms.cgi": Script(
        messages.send,
        frozenset({"user", "pass", "phone", "message", "from", "flash", "enc"}),
        Reason.CANT_SEND_THIS_MESSAGE,
    ),
    "sms_status2.cgi": Script(messages.get_status, frozenset({"user", "pass", "mess_id"}), Reason.NO_SUCH_MESSAGE),
    "api_call.cgi": _function(refusing(Reason.WRONG_FUNCTION)),
    "get_credit_info.cgi": Script(_get_balance, frozenset({"user", "pass"}), Reason.AUTHENTICATION_FAILURE),
    "api.php": Script(
        mms.send,
        frozenset({"user", "hash", "phone", "subject", "text"}),
        "wrong parameters",
        frozenset({"picture"}),
    ),
}

FUNCTIONS = {
    "list_of_bases": _function(bases.list_bases),
    "add_phone_to_base": _function(bases.add_phone, "base", "phone"),
    "add_phone_to_base_batch": _function(bases.add_phones, "base", "phones"),
    "is_phone_in_base": _function(bases.has_phone, "base", "phone"),
    "get_base": _function(bases.get_base, "base"),
    "remove_phone_from_base": _function(bases.remove_phone, "base", "phone"),
    "start_multicast": _function(multicasts.start, "message", "from", "bases", "start_at"),
}


def resolve(name: str, call: Call) -> tuple[Script, list[str]]:
    """The script or function that is meant, and what the call has that it does not know."""
    script, problems = SCRIPTS[name], []
    if name == "api_call.cgi":
        script = FUNCTIONS.get(call["function"], script)
        if call["function"] not in FUNCTIONS:
            problems.append(f"unknown function {call['function']!r}")
    problems += [f"unknown parameter {key}" for key in call.params if key not in script.parameters]
    problems += [f"unknown file {key}" for key in call.files if key not in script.files]
    problems += _wrong_values(call)
    return script, problems


def _wrong_values(call: Call) -> list[str]:
    choices = {"flash": {"0", "1"}, "enc": {"utf-8"}}
    return [
        f"{key} is {call[key]!r}" for key, allowed in choices.items() if call.params.get(key) not in {None, *allowed}
    ]
