"""Subjects move as the design says, and in no other way."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.states import (
    MOVES,
    ApprovalState,
    BatchState,
    DraftState,
    IllegalMoveError,
    MessageState,
    MulticastState,
    RequestState,
    check_move,
)

STATES = {
    "draft": DraftState,
    "batch": BatchState,
    "message": MessageState,
    "multicast": MulticastState,
    "request": RequestState,
    "approval": ApprovalState,
}
# What may follow what.
LEGAL = {
    "draft": "open→consumed open→closed open→lapsed lapsed→closed",
    "batch": (
        "awaiting_approval→ready awaiting_approval→cancelled "
        "ready→running ready→cancelled ready→paused running→paused running→finished running→stopped "
        "paused→running paused→stopped paused→finished"
    ),
    "message": (
        "queued→sending queued→cancelled sending→sent sending→rejected sending→in_doubt sending→queued "
        "in_doubt→sent in_doubt→rejected sent→delivered sent→not_delivered sent→no_report "
        "no_report→delivered no_report→not_delivered not_delivered→delivered"
    ),
    "multicast": (
        "awaiting_approval→held awaiting_approval→cancelled "
        "held→handing_over held→cancelled held→missed missed→cancelled "
        "handing_over→handed_over handing_over→rejected handing_over→in_doubt handing_over→held "
        "in_doubt→handed_over in_doubt→rejected"
    ),
    "request": "asked→answered asked→failed",
    "approval": "asked→approved asked→refused asked→withdrawn asked→expired",
}


def _is_legal(kind: str, source: str, target: str) -> bool:
    try:
        check_move(kind, source, target)
    except IllegalMoveError:
        return False
    return True


@pytest.mark.parametrize("kind", list(STATES))
def test_every_move_of_the_design_is_legal_and_no_other(kind: str) -> None:
    pairs = itertools.product(STATES[kind], repeat=2)
    moves = {f"{source}→{target}" for source, target in pairs if _is_legal(kind, source, target)}
    assert moves == set(LEGAL[kind].split())


def test_a_message_in_doubt_is_never_queued_again_whatever_way_it_takes() -> None:
    """Nothing that follows a doubt leads back to a paid call."""
    reached, frontier = set[str](), {"in_doubt"}
    while frontier:
        frontier = {after for state in frontier for after in MOVES["message"].get(state, ())} - reached
        reached |= frontier
    assert reached & {"queued", "sending"} == set()


def test_an_illegal_move_names_its_subject_and_both_states() -> None:
    with pytest.raises(IllegalMoveError) as raised:
        check_move("message", "in_doubt", "queued")
    assert str(raised.value) == "message: in_doubt → queued"


@given(st.sampled_from(sorted(MOVES)), st.text(max_size=8), st.text(max_size=8))
def test_a_state_that_does_not_exist_is_reached_from_nowhere(kind: str, source: str, target: str) -> None:
    known = set(MOVES[kind]).union(*MOVES[kind].values())
    assert not _is_legal(kind, source, target) or {source, target} <= known
