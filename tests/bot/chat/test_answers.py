"""Telegram's words are read in one place, whatever their case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.chat.answers import Answer, Meaning, answer

KNOWN = {
    "message is not modified: specified new message content is exactly the same": Meaning.UNCHANGED,
    "message to edit not found": Meaning.MISSING,
    "message to delete not found": Meaning.MISSING,
    "MESSAGE_ID_INVALID": Meaning.MISSING,
    "message can't be edited": Meaning.FIXED,
    "message can't be deleted for everyone": Meaning.FIXED,
    "chat not found": Meaning.UNREACHABLE,
    "PEER_ID_INVALID": Meaning.UNREACHABLE,
    "not enough rights to send text messages to the chat": Meaning.UNREACHABLE,
    "message is too long": Meaning.REFUSED,
    "BUTTON_DATA_INVALID": Meaning.REFUSED,
}


@given(
    text=st.sampled_from(sorted(KNOWN)),
    upper=st.sets(st.integers(0, 80)),
    prefix=st.sampled_from(["", "Bad Request: "]),
)
def test_the_case_of_a_refusal_means_nothing(text: str, upper: set[int], prefix: str) -> None:
    mixed = "".join(letter.upper() if at in upper else letter.lower() for at, letter in enumerate(text))
    assert answer(BadRequest(prefix + mixed)).meaning == KNOWN[text]


@pytest.mark.parametrize(
    "error",
    [
        TimedOut(),
        TimeoutError(),
        NetworkError("Bad Gateway"),
        InvalidToken(),
        Conflict("two polls"),
        TelegramError("?"),
    ],
)
def test_what_says_nothing_of_the_message_leaves_its_fate_open(error: TelegramError | TimeoutError) -> None:
    assert answer(error) == Answer(Meaning.UNSURE)


def test_a_forbidden_chat_cannot_be_reached() -> None:
    assert answer(Forbidden("bot was kicked from the group chat")) == Answer(Meaning.UNREACHABLE)


def test_a_moved_group_names_its_new_id() -> None:
    assert answer(ChatMigrated(-1009)) == Answer(Meaning.MOVED, chat=-1009)


def test_of_a_refusal_only_the_head_is_kept_for_the_rest_may_quote_the_message() -> None:
    error = BadRequest('Can\'t parse entities: unsupported start tag "secret" at byte offset 5')
    assert answer(error) == Answer(Meaning.REFUSED, text="Can't parse entities")
