"""What an MMS draft makes of what it is given, and that whatever it lets through fits the wire."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import mms_drafts
from bot.domain.cards import Price
from bot.domain.drafts import Given, Refused
from bot.domain.mms_drafts import MMS, MOST_SUBJECT, MOST_TEXT, ROOM, Picture
from bot.domain.policy import Policy
from bot.domain.sms_drafts import Around
from gateway.checks import check_mms

PHONE = "79119876543"
NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
POLICY = Policy(sender="MyShop")
PICTURE = Picture(blob=1, size=1000, width=640, height=480, file="A")
_PNG = b"\x89PNG\r\n\x1a\n"


def around(**more: Any) -> Around:
    return Around(NOON, Price(1, None, None), **more)


def codes(fields: dict[str, Any], **more: Any) -> list[str]:
    """Return the codes of all that is wrong with a draft."""
    return [problem.code for problem in mms_drafts.problems(fields, around(**more), POLICY)]


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({}, "ask_phones"),
        ({"picture": PICTURE.as_json()}, "ask_phones"),
        ({"phones": [PHONE]}, "mms_content"),
        ({"phones": [PHONE], "subject": "Меню"}, "mms_content"),
        ({"phones": [PHONE], "text": "Привет"}, "preview"),
        ({"phones": [PHONE], "picture": PICTURE.as_json()}, "preview"),
        ({"phones": [PHONE], "text": "Привет", "coming": {"file": "B"}}, "mms_wait"),
        ({"phones": [PHONE], "picture": PICTURE.as_json(), "coming": {"file": "B"}}, "mms_wait"),
        ({"phones": [PHONE], "coming": {"file": "B"}, "editing": "text"}, "field"),
    ],
)
def test_a_draft_stands_where_something_is_missing(fields: dict[str, Any], step: str) -> None:
    """It is never at its preview while a picture is on its way: what is confirmed has been seen."""
    assert step == MMS.step(fields)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "phones"),
        ({"phones": [PHONE]}, "text"),
        ({"phones": [PHONE], "text": "x", "editing": "subject"}, "subject"),
        ({"phones": [PHONE], "text": "x", "editing": "picture"}, "picture"),
        ({"phones": [PHONE], "text": "x", "coming": {"file": "A"}}, None),
        ({"phones": [PHONE], "text": "x"}, None),
    ],
)
def test_typing_goes_to_the_field_that_is_asked_for(fields: dict[str, Any], field: str | None) -> None:
    assert field == MMS.awaited(fields)


@given(text=st.text(max_size=MOST_TEXT), subject=st.text(max_size=200))
def test_what_no_problem_blocks_fits_the_wire(text: str, subject: str) -> None:
    """The largest picture that is ever fitted goes with every subject and text that a draft lets through."""
    taken = MMS.accepts["subject"](Given(text=subject), {})
    kept = "" if isinstance(taken, Refused) else str(taken.get("subject") or "")
    assert codes({"phones": [PHONE], "text": text, "subject": kept, "picture": PICTURE.as_json()}) == []
    check_mms(kept, text, _PNG + bytes(ROOM - len(_PNG)))


def test_the_longest_of_all_fits_to_the_byte() -> None:
    check_mms("😊" * MOST_SUBJECT, "😊" * MOST_TEXT, _PNG + bytes(ROOM - len(_PNG)))


@pytest.mark.parametrize("text", ["Ждём 😊", "Cкидка", "Скидка 500 ₽ — всем", "日本語"])
def test_the_rules_of_sms_letters_do_not_bind_an_mms(text: str) -> None:
    assert codes({"phones": [PHONE], "text": text}) == []


def test_a_text_too_long_is_counted_and_never_cut() -> None:
    [problem] = mms_drafts.problems({"phones": [PHONE], "text": "я" * 2021}, around(), POLICY)
    assert (problem.code, problem.blocks, dict(problem.args)) == (
        "mms_too_long",
        True,
        {"excess": 21, "length": 2021, "limit": 2000},
    )


@pytest.mark.parametrize("fields", [{"text": ""}, {"text": " \n"}, {"text": " ", "subject": "Меню"}])
def test_an_mms_of_nothing_is_blocked(fields: dict[str, Any]) -> None:
    """A subject alone is an envelope without a letter."""
    assert codes({"phones": [PHONE], **fields}) == ["mms_empty"]


def test_bad_numbers_block() -> None:
    bad = {"raw": "8911", "why": "too_few_digits", "digits": 4}
    assert codes({"phones": [PHONE], "invalid": [bad], "text": "x"}) == ["bad_number"]


def test_the_same_mms_asks_once_more() -> None:
    [problem] = mms_drafts.problems({"phones": [PHONE], "text": "x"}, around(same_text=NOON), POLICY)
    assert (problem.code, problem.asks, problem.blocks) == ("same_mms", True, False)


def test_a_subject_is_one_line() -> None:
    assert MMS.accepts["subject"](Given(text=" Меню\nна  неделю "), {}) == {"subject": "Меню на неделю"}


def test_a_subject_too_long_is_refused_and_the_old_one_stays() -> None:
    taken = MMS.accepts["subject"](Given(text="я" * 81), {"subject": "Меню"})
    assert taken == Refused("subject_too_long", {"length": 81, "limit": 80})


def test_words_are_no_picture() -> None:
    assert MMS.accepts["picture"](Given(text="картинка"), {}) == Refused("not_picture")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"phones": [PHONE]}, True),
        ({"picture": PICTURE.as_json()}, False),
        ({"coming": {"file": "A"}}, False),
        ({"picture": PICTURE.as_json(), "editing": "picture"}, True),
    ],
)
def test_a_photo_is_expected_once_or_when_asked_for(fields: dict[str, Any], *, expected: bool) -> None:
    assert mms_drafts.expects_picture(fields) is expected


def test_a_picture_that_fails_leaves_the_one_before() -> None:
    before = {"picture": PICTURE.as_json(), "coming": {"file": "B"}}
    after = mms_drafts.failed(before, "broken")
    assert mms_drafts.picture(after) == PICTURE
    assert (after["refused"]["code"], "coming" in after) == ("picture_broken", False)


@pytest.mark.parametrize(
    ("fields", "editing"),
    [
        ({"phones": [PHONE], "text": "x"}, "picture"),
        ({"phones": [PHONE], "picture": PICTURE.as_json()}, "picture"),
        ({"phones": [PHONE], "text": "x", "editing": "subject"}, "subject"),
        ({"phones": [PHONE]}, None),
        ({"text": "x"}, None),
    ],
)
def test_a_picture_that_fails_is_asked_for_again_where_nothing_else_is(
    fields: dict[str, Any], editing: str | None
) -> None:
    """The next one would begin an MMS of its own."""
    after = mms_drafts.failed({**fields, "coming": {"file": "B"}}, "broken")
    assert (after.get("editing"), mms_drafts.expects_picture(after)) == (
        editing,
        editing == "picture" or "picture" not in fields,
    )


@given(st.text(), st.text())
def test_the_size_shown_is_the_size_the_provider_counts(subject: str, text: str) -> None:
    fields = {"subject": subject, "text": text, "picture": PICTURE.as_json()}
    assert mms_drafts.size(fields) == len(subject.encode()) + len(text.encode()) + PICTURE.size
