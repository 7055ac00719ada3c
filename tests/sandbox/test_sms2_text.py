import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sms2.text import count_parts, has_mixed_word, is_sender, is_text

_LATIN = st.text("abcxyzABCXYZ", min_size=1)
_CYRILLIC = st.text("абвэюяАБВЭЮЯёЁ", min_size=1)


@pytest.mark.parametrize("name", ["SMS", "MyShop", "Shop24", "24Shop", "ABCDEFGHIJK"])
def test_a_sender_has_3_to_11_latin_letters_and_digits(name: str) -> None:
    assert is_sender(name)


@pytest.mark.parametrize(
    "name", ["", "AB", "ABCDEFGHIJKL", "12345", "My Shop", "Shop-24", "Магазин", "your_login", "Shop\n", "Caf\xe9"]
)
def test_everything_else_is_no_sender(name: str) -> None:
    assert not is_sender(name)


@pytest.mark.parametrize("text", ["", " \r\n", "я" * 269, "a" * 269, "😀" * 135, "Cкидка"])
def test_empty_too_long_and_mixed_texts_cannot_be_sent(text: str) -> None:
    assert not is_text(text)


@pytest.mark.parametrize("text", ["я", "я" * 268, "a" * 268, "😀" * 134, "0"])
def test_texts_up_to_268_characters_can_be_sent(text: str) -> None:
    assert is_text(text)


@pytest.mark.parametrize("text", ["SMS-рассылка", "3G модем", "iPhone'ы", "A1б", "a_б", "Wi‑Fi дома"])
def test_hyphen_digit_and_apostrophe_end_a_word(text: str) -> None:
    assert not has_mixed_word(text)


@given(_LATIN, _CYRILLIC, st.sampled_from([" ", "-", "7", "'", ".", "\n", "«"]))
def test_letters_of_two_alphabets_mix_only_when_they_touch(latin: str, cyrillic: str, between: str) -> None:
    assert has_mixed_word(latin + cyrillic)
    assert has_mixed_word(cyrillic + latin)
    assert not has_mixed_word(latin + between + cyrillic)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 268, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 154, 3),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("я" * 268, 4),
        ("a" * 69 + "я", 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("Ваш заказ 1042 готов.", 1),
    ],
)
def test_a_part_holds_160_or_153_septets_or_else_70_or_67_units(text: str, parts: int) -> None:
    assert count_parts(text) == parts


@given(st.text(), st.text())
def test_more_text_never_takes_fewer_parts(text: str, more: str) -> None:
    assert count_parts(text) <= count_parts(text + more)
