"""The referee believes the provider's journal; our rows only say what people are told."""

from typing import Any

import pytest

from tests.e2e.referee import Told, Verdict, judge

PHONE = "79119876543"


def call(
    phone: str = PHONE, path: str = "/sms.cgi", answer: str | None = "Message successfully sent!"
) -> dict[str, Any]:
    return {"path": path, "params": {"phone": phone}, "executed": answer is not None, "answer": answer}


@pytest.mark.parametrize("state", ["sent", "delivered", "not_delivered", "no_report"])
def test_one_call_of_which_people_know_is_a_send(state: str) -> None:
    assert judge([call()], PHONE, Told(state, card=True)) is Verdict.SENT


def test_a_second_call_is_never_forgiven_even_when_the_provider_refused_it() -> None:
    calls = [call(), call(answer="Error: message duplication")]
    assert judge(calls, PHONE, Told("in_doubt", card=True)) is Verdict.TWICE


@pytest.mark.parametrize("calls", [[], [call()]])
def test_at_most_one_call_may_be_in_doubt_where_a_card_says_so(calls: list[dict[str, Any]]) -> None:
    assert judge(calls, PHONE, Told("in_doubt", card=True)) is Verdict.DOUBT
    assert judge(calls, PHONE, Told("in_doubt", card=False)) is Verdict.LOST


@pytest.mark.parametrize("state", [None, "queued", "sending", "cancelled"])
def test_a_message_that_stays_behind_is_lost(state: str | None) -> None:
    assert judge([], PHONE, Told(state, card=True)) is Verdict.LOST
    assert judge([call()], PHONE, Told(state, card=True)) is Verdict.LOST


def test_a_send_that_the_provider_never_heard_of_is_lost() -> None:
    others = [call(phone="79110000000"), call(path="/sms_status2.cgi"), call(answer=None)]
    assert judge(others, PHONE, Told("delivered", card=True)) is Verdict.LOST
