"""Rules of every card, whatever the values."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards import render, toasts
from bot.chat.cards.layout import BUDGET, facts, record
from bot.chat.cards.problems import marked
from bot.chat.commands import COMMANDS, allowed
from bot.chat.texts import LANGUAGES, texts
from bot.chat.view import View
from bot.domain.access import Role
from bot.domain.cards import Problem
from bot.domain.models import Reason
from bot.domain.states import BatchState, MessageState
from gateway.text import analyse
from tests.golden.examples import examples
from tests.golden.made import PHONE, draft, many, message, notice, one, reader

SPENDING = {"ok", "yes", "anyway", "resume", "now", "mchand", "mcstart", "mckeep", "mcanew"}
WORDS = " ".join(f"{chr(0x430 + n // 8)}{chr(0x430 + n % 8)}{'Cкидкa' * 9}" for n in range(80))
DECIDING = SPENDING | {"stop", "undo", "new", "again", "retry", "rewrite", "went", "resend", "admit", "role", "test"}
DECIDING |= {
    "mccancel",
    "mcdrop",
    "mcundo",
    "mcmove",
    "mcedit",
    "mcpick",
    "mcnow",
    "mcthere",
    "mcabsent",
    "mcagain",
    "mcfix",
}
M = MessageState


class Balance(HTMLParser):
    """Reads Telegram's HTML as strictly as Telegram: every tag known and closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "u", "s", "code", "blockquote", "a"}
        link = tag == "a" and attrs == [("href", "tg://user?id=1")]  # a mention: no other link is anybody's
        assert link or (tag != "a" and (not attrs or (tag, attrs) == ("blockquote", [("expandable", None)])))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def verbs(view: View) -> list[str]:
    return [button.verb for button in chain.from_iterable(view.rows)]


def every_view(language: str) -> dict[str, View]:
    return {name: render(*example) for name, example in examples(language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_html_that_telegram_takes(language: str) -> None:
    for view in every_view(language).values():
        assert Balance(view.text).text.strip()


def test_the_same_facts_give_the_same_view() -> None:
    """A card is edited only where something differs, so drawing must not invent differences."""
    assert {n: v.digest() for n, v in every_view("ru").items()} == {n: v.digest() for n, v in every_view("ru").items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_button_of_every_preview_confirms_it(language: str) -> None:
    previews = {name: view for name, view in every_view(language).items() if "-preview" in name}
    assert {"ok"} == {view.rows[0][0].verb for view in previews.values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blocked_draft_cannot_be_confirmed(language: str) -> None:
    blocked = [view for name, view in every_view(language).items() if "-blocked" in name and "rejected" not in name]
    assert blocked
    assert not any(SPENDING & set(verbs(view)) for view in blocked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_press_pays_for_is_shown_whole(language: str) -> None:
    """A spending button stands under its text, quoted and not folded; a picture without a text, under that."""
    spending = {name: view for name, view in every_view(language).items() if SPENDING & set(verbs(view))}
    assert {"send-preview", "send-warn", "send-unknown-resend", "send-expired", "many-paused"} <= spending.keys()
    bare = {name: view.reply_to for name, view in spending.items() if "<blockquote>" not in view.text}
    assert bare == {"mms-preview-picture-alone": 77}


@pytest.mark.parametrize("step", ["preview", "warn"])
@given(text=st.text(st.characters(codec="cp1251", exclude_characters="\r\x00"), min_size=1, max_size=268))
def test_any_text_to_confirm_is_shown_as_it_is(step: str, text: str) -> None:
    shown = render(reader("ru"), draft(step, {"phones": [PHONE], "text": text})).text
    quoted = re.search(r"<blockquote>(.*?)</blockquote>", shown, re.DOTALL)
    assert quoted
    assert unescape(quoted[1]) == text


@given(text=st.text(max_size=4096))
def test_any_draft_keeps_the_budget_and_stays_html(text: str) -> None:
    codes = [Problem(code, {}, blocks=True) for code in ("mixed", "unencodable", "too_long")]
    bad = [Problem("bad_number", {"raw": text, "why": "letters_inside", "digits": 1}, blocks=True)] * 40
    for step in ("blocked", "field", "ask_phones", "which"):
        fields = {"phones": [PHONE], "text": text, "candidate": text, "editing": "text"}
        view = render(reader("ru"), draft(step, fields, *codes, *bad))
        assert len(Balance(view.text).text) <= BUDGET


@pytest.mark.parametrize("unit", ["x", "Cк ", "😊", "₽", "ж<&>", "iPhoneом ", "Cкидка" * 700, WORDS])
def test_the_longest_message_still_fits_a_card(unit: str) -> None:
    """Telegram carries 4096 characters to us and back; a draft of them must leave room for what is wrong with it."""
    text = (unit * 4096)[:4096]
    codes = [Problem(code, {}, blocks=True) for code in ("mixed", "unencodable", "too_long")]
    bad = [Problem("bad_number", {"raw": text, "why": "letters_inside", "digits": 1}, blocks=True)] * 40
    for step in ("blocked", "field", "ask_phones", "which"):
        fields = {"phones": [PHONE], "text": text, "candidate": text, "editing": "text"}
        assert len(Balance(render(reader("ru"), draft(step, fields, *codes, *bad)).text).text) <= BUDGET


@pytest.mark.parametrize(("state", "offered"), [(M.DELIVERED, False), (M.REJECTED, False), (M.CANCELLED, True)])
def test_the_same_content_is_not_tested_twice(state: M, offered: bool) -> None:
    """The provider would refuse the repeat as a duplicate; a test that never left may be repeated."""
    tested = draft("preview", {"phones": [PHONE], "text": "Привет"}, test=message(state))
    assert ("test" in verbs(render(reader("ru"), tested))) == offered


def test_a_test_to_the_only_recipient_is_not_offered() -> None:
    mine = draft("preview", {"phones": [PHONE], "text": "Привет"}, own_phone=PHONE)
    assert "test" not in verbs(render(reader("ru"), mine))


@given(text=st.text(min_size=1, max_size=300))
def test_marking_a_text_changes_none_of_it(text: str) -> None:
    quoted = marked(text, analyse(text))
    assert unescape(re.sub(r"</?(?:blockquote|u|s)>", "", quoted)) == text


def test_what_exceeds_the_limit_is_struck_out() -> None:
    text = "а" * 280
    assert marked(text, analyse(text)) == f"<blockquote>{'а' * 268}<s>{'а' * 12}</s></blockquote>"


@pytest.mark.parametrize(("length", "folds"), [(120, False), (121, True)])
def test_a_confirmed_text_folds_beyond_120_characters(length: int, folds: bool) -> None:
    assert ("expandable" in record("x" * length)) == folds


def test_a_sent_card_folds_its_long_text_and_a_preview_never_does() -> None:
    card = one("ru", message(M.SENT))
    sent = replace(card, batch=replace(card.batch, text="Ж" * 121))
    assert "<blockquote expandable>ЖЖ" in render(reader("ru"), sent).text
    assert "<blockquote>ЖЖ" in render(reader("ru"), draft("preview", {"phones": [PHONE], "text": "Ж" * 121})).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_viewer_sees_no_whole_number_and_decides_nothing(language: str) -> None:
    viewer = reader(language, role=Role.VIEWER)
    for name, (_, model) in examples(language).items():
        if name.startswith(("send-preview", "many-preview", "send-ask", "send-which", "send-field", "send-blocked")):
            continue  # drafts live in their author's chat
        view = render(viewer, model)
        assert not DECIDING & set(verbs(view)), name


@pytest.mark.parametrize("state", list(M))
def test_a_viewer_sees_masked_numbers_on_every_sent_message(state: M) -> None:
    viewer = reader("ru", role=Role.VIEWER)
    for card in (one("ru", message(state)), many("ru", {state: 3}, listed=True)):
        assert not re.search(r"\d{11}", render(viewer, card).text)


@pytest.mark.parametrize("state", [M.DELIVERED, M.NOT_DELIVERED, M.NO_REPORT, M.REJECTED, M.IN_DOUBT])
def test_a_final_card_in_a_group_masks_its_number_and_offers_it(state: M) -> None:
    view = render(reader("ru", group=True), one("ru", message(state, reason=Reason("cut"))))
    assert PHONE not in view.text
    assert "show" in verbs(view)


def test_a_draft_in_a_group_shows_its_number() -> None:
    view = render(reader("ru", group=True), draft("preview", {"phones": [PHONE], "text": "Привет"}))
    assert PHONE in view.text


@pytest.mark.parametrize("state", [M.DELIVERED, M.NOT_DELIVERED, M.NO_REPORT, M.REJECTED, M.IN_DOUBT])
def test_a_final_card_has_at_most_three_buttons(state: M) -> None:
    for group in (False, True):
        card = one("ru", message(state, reason=Reason("PHONE_BLACKLISTED")), BatchState.FINISHED)
        assert len(verbs(render(reader("ru", group=group), card))) <= 3


def test_a_stop_listed_number_is_never_offered_for_a_retry() -> None:
    """Only what the batch counts as retryable is; with nothing left there is no button."""
    view = render(reader("ru"), many("ru", {M.DELIVERED: 3, M.REJECTED: 1}, BatchState.FINISHED, retryable=0))
    assert "retry" not in verbs(view)
    assert "Стоп-лист\u00a01" in view.text
    assert "<code>+79119876546</code> – отклонено – стоп-лист" in view.text


@given(
    counts=st.dictionaries(st.sampled_from(list(M)), st.integers(1, 30), min_size=2), state=st.sampled_from(BatchState)
)
def test_any_batch_can_be_drawn_and_keeps_the_budget(counts: dict[M, int], state: BatchState) -> None:
    reason = Reason("expired") if state is BatchState.PAUSED else None
    for listed in (False, True):
        view = render(reader("ru"), many("ru", counts, state, reason=reason, listed=listed))
        assert len(view.text) <= BUDGET
        assert len(view.rows) <= 8
        assert Balance(view.text).text


@given(counts=st.dictionaries(st.sampled_from(list(M)), st.integers(1, 30), min_size=2))
def test_the_counts_of_a_running_batch_add_up(counts: dict[M, int]) -> None:
    card = many("en", {**counts, M.SENT: 1, M.DELIVERED: 1}, BatchState.RUNNING)
    second = render(reader("en"), card).text.split("\n")[1]
    assert sum(int(n) for n in re.findall(r"(\d+)(?=\xa0·|$)", second)) == card.batch.total


def test_no_line_begins_with_a_dot_and_no_short_fact_is_broken() -> None:
    """A screen of 360 px breaks at a space wherever it likes."""
    assert facts("Подпись: MyShop", None, "1 часть", "", "не flash") == (
        "Подпись: MyShop\u00a0· 1\u00a0часть\u00a0· не\u00a0flash"
    )


def test_an_unknown_refusal_is_shown_as_other_with_the_raw_answer() -> None:
    card = one("en", message(M.REJECTED, reason=Reason("WRONG_FUNCTION", raw="Error: <wrong> function")))
    text = render(reader("en"), card).text
    assert "Refused for a reason we do not know." in text
    assert "The provider's answer: Error: &lt;wrong&gt; function" in text


def test_nothing_a_stranger_is_called_becomes_markup() -> None:
    card = notice("stranger", user_id=1, name="<b>Admin</b>", username="x", step="notice")
    assert "· &lt;b&gt;Admin&lt;/b&gt;" in render(reader("en"), card).text


def test_a_sender_on_a_button_is_not_html() -> None:
    """Labels are plain: an escaped sign would be read as it stands."""
    view = render(reader("en"), draft("field", {"editing": "sender", "senders": ["A&B"]}))
    assert view.rows[0][0].label == "A&B"


def test_a_long_name_in_an_alert_is_cut_to_what_telegram_shows() -> None:
    assert len(toasts.not_the_author("ru", "Я" * 400).text) == toasts.LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_description(language: str) -> None:
    assert all(texts(language).plain(command.about) for command in COMMANDS)


def test_help_lists_exactly_what_the_role_may_do() -> None:
    for role in Role:
        text = render(reader("en", role=role), notice("help", role=role.value)).text
        listed = re.findall(r"^/(\w+) ", text, re.MULTILINE)
        assert listed == [command.name for command in allowed(role)]


def test_a_viewer_may_not_send() -> None:
    assert "send" not in {command.name for command in allowed(Role.VIEWER)}
