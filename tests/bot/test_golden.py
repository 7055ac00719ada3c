"""The golden cards: every card of the conversation, character for character, in both languages."""

import re
from itertools import chain

import pytest

from bot.chat.cards import render, toasts
from bot.chat.cards.layout import BUDGET
from bot.chat.press import Press
from bot.chat.texts import LANGUAGES, texts
from bot.chat.view import View
from tests.golden.examples import cards, examples
from tests.golden.notation import FOLDER, path_of
from tests.golden.toast_examples import answers

NAMES = sorted(cards("ru"))
BY_WIDTH = {1: 30, 2: 18, 3: 10}
MARKS = ("✏️", "⚠️", "⏳", "📤", "✅", "❌", "❓", "⏸", "🚫")
UNMARKED = {
    "access",
    "admins",
    "alerts",
    "audit",
    "room",
    "balance",
    "base",
    "digest",
    "halted",
    "help",
    "hist",
    "invite",
    "language",
    "multicasts",
    "settings",
    "start",
    "status",
}


def views(language: str) -> dict[str, View]:
    """Return every example, drawn."""
    return {name: render(*example) for name, example in examples(language).items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_as_agreed(language: str, name: str) -> None:
    """After an intended change: `python -m tests.golden --write`, and read the difference."""
    assert path_of(language, name).read_text(encoding="utf-8") == cards(language)[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_of_an_mms_speaks_of_an_sms(language: str) -> None:
    assert [
        name
        for name, card in cards(language).items()
        if name.startswith("mms-") and "SMS" in card.replace(texts(language).plain("mms-status-by-id"), "")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_golden_card_is_orphaned(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).glob("*.txt")) == NAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_a_narrow_phone(language: str) -> None:
    too_wide = [
        (name, button.label)
        for name, view in views(language).items()
        for row in view.rows
        for button in row
        if len(button.label) > BY_WIDTH[len(row)]
    ]
    assert too_wide == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_keyboard_has_at_most_eight_rows(language: str) -> None:
    assert [name for name, view in views(language).items() if len(view.rows) > 8] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_keeps_its_budget(language: str) -> None:
    assert [name for name, view in views(language).items() if len(view.text) > BUDGET] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_press_can_travel(language: str) -> None:
    """Ids and versions of nine and more digits still fit Telegram's 64 bytes."""
    for view in views(language).values():
        for button in chain.from_iterable(view.rows):
            press = Press(button.verb, 10**12, 10**6, button.arg)
            assert Press.unpack(press.pack()) == press


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_buttons_of_a_card_do_the_same(language: str) -> None:
    for name, view in views(language).items():
        presses = [(button.verb, button.arg) for button in chain.from_iterable(view.rows)]
        assert len(presses) == len(set(presses)), name


def test_both_languages_offer_the_same_buttons() -> None:
    def verbs(language: str) -> dict[str, list[tuple[str, str]]]:
        drawn = views(language).items()
        return {
            name: [(b.verb, b.arg) for b in chain.from_iterable(view.rows) if b.verb != "lang"] for name, view in drawn
        }

    assert verbs("ru") == verbs("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_marked_card_says_its_state_in_words(language: str) -> None:
    """The mark is the first character and the state follows in bold: never the mark alone."""
    for name, view in views(language).items():
        first = view.text.split("\n")[0]
        if first.startswith(MARKS):
            assert re.match(r"\S+ <b>[^<]{3,}</b>", first), name
        elif first.startswith("<b>"):
            assert name.split("-")[0] in UNMARKED, name


def test_no_english_word_stands_on_a_russian_card() -> None:
    """What is Latin on a Russian card is a name, a command, a unit of the trade or the example's own text."""
    known = re.compile(
        r"https?\S+|/\w+|my\.sms2\.ru|Europe/Berlin|SMSBOT_\w+|@username|<[^>]+>|&[a-z]+;"
        r"|\b(?:SMS|MMS|PNG|JPEG|CSV|TXT|XLSX|ODS|vCard|clients\.csv|clients\.vcf|ID|id|MyShop|MyShopPromo|Sklad|VIP|Flash|flash|UCS|GSM|UTC|Telegram|English|Error|lang|C|a)\b"
    )
    for name, view in views("ru").items():
        text = re.sub(r"<blockquote.*?</blockquote>|<code>.*?</code>", "", view.text, flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]{2,}", known.sub("", text)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_presses_fit_what_telegram_shows(language: str) -> None:
    assert [answer for answer in answers(language) if not 0 < len(answer.text) <= toasts.LIMIT] == []
