"""Whatever the provider answers is an outcome, and every outcome can be stored."""

import pytest

from bot.domain.outcomes import Accepted, InDoubt, NotSent, Outcome, Rejected
from bot.domain.states import MessageState
from bot.worker.outcomes import outcome
from gateway.errors import NotSentError, OutcomeUnknownError, Reason, RejectedError
from tests.bot.worker.conftest import World


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("27460", Accepted("27460")),
        (RejectedError(Reason.PHONE_BLACKLISTED, "Error: x"), Rejected("PHONE_BLACKLISTED", "Error: x")),
        (RejectedError(Reason.YOUR_CREDIT_IS_NULL, "E"), Rejected("YOUR_CREDIT_IS_NULL", "E", account_wide=True)),
        (NotSentError("connecting"), NotSent("connecting")),
        (OutcomeUnknownError("cut", None, ""), InDoubt("cut")),
        (OutcomeUnknownError("html", 502, "<html>"), InDoubt("unclear", "<html>")),
        (OutcomeUnknownError("empty", 200, ""), InDoubt("unclear")),
        (ZeroDivisionError(), InDoubt("fault")),
    ],
)
def test_an_error_means_what_may_be_done_next(answer: str | Exception, expected: Outcome) -> None:
    assert outcome(answer) == expected


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("274\0" + "60", MessageState.SENT),
        (RejectedError(Reason.OTHER, "Error: \0 broken"), MessageState.REJECTED),
        (OutcomeUnknownError("unreadable", 200, "\0\0"), MessageState.IN_DOUBT),
    ],
)
async def test_an_answer_of_broken_characters_is_stored_at_the_first_try(
    world: World, answer: str | Exception, state: MessageState
) -> None:
    """PostgreSQL takes no NUL; a finish that can never be stored would hold up all sending."""
    batch = await world.begin()
    [item] = await world.send.lane.claim(1)
    await world.send.lane.finish(item, outcome(answer))
    assert (await world.messages(batch))[0].state is state
