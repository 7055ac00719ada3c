import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.alphabets import CP1251, GSM_BASIC, GSM_EXTENSION, clusters
from gateway.text import (
    MAX_LENGTH,
    Costly,
    Encoding,
    Letter,
    MixedWord,
    Script,
    SenderProblem,
    Unencodable,
    analyse,
    check_sender,
    repair,
    replace_costly,
)

GSM_SIGN = "[{}€\\~^|]\f"
TWINS = dict(zip("АВЕКМНОРСТХУІаеорсухіЅѕЈј", "ABEKMHOPCTXYIaeopcyxiSsJj", strict=True))

any_text = st.text(st.characters(), max_size=120)
tricky_text = st.text(
    st.sampled_from("aeoiXSkмраоеСёй ABc12 -'\n.—«₽é½²\u0301\u0308\u200b\u200d\ufe0f😊👩⚕🇷🇺👍🏽\ud83dΑàÅ€[ӘßЇ\uffff"),
    max_size=40,
)
texts = any_text | tricky_text


def skeleton(text: str) -> str:
    """What an eye sees of a word: look-alikes as one letter."""
    return "".join(TWINS.get(char, char) for char in text)


class TestEncoding:
    def test_gsm_tables_have_the_sizes_of_the_standard(self) -> None:
        assert (len(GSM_BASIC), len(GSM_EXTENSION)) == (127, 10)

    @pytest.mark.parametrize("char", sorted(GSM_BASIC | GSM_EXTENSION))
    def test_every_gsm_character_stays_in_gsm(self, char: str) -> None:
        assert analyse(f"a{char}").encoding == Encoding.GSM7

    @pytest.mark.parametrize("char", "ёЯ—«`\tçÀ😊\u00a0№")
    def test_anything_else_forces_ucs2(self, char: str) -> None:
        assert analyse(f"a{char}").encoding == Encoding.UCS2

    @pytest.mark.parametrize("sign", GSM_SIGN)
    def test_an_extension_character_takes_two_septets_and_one_of_the_length(self, sign: str) -> None:
        found = analyse(f"a{sign}")
        assert (found.units, found.length) == (3, 2)

    def test_a_surrogate_pair_takes_two_units(self) -> None:
        assert analyse("a😊").units == 3

    def test_part_size_is_what_fits_one_part_alone(self) -> None:
        assert (analyse("a").part_size, analyse("я").part_size) == (160, 70)


class TestParts:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("", 0),
            ("a", 1),
            ("a" * 160, 1),
            ("a" * 161, 2),
            ("a" * 306, 2),
            ("a" * 307, 3),
            ("я" * 70, 1),
            ("я" * 71, 2),
            ("я" * 134, 2),
            ("я" * 135, 3),
            ("я" * 201, 3),
            ("я" * 202, 4),
            ("я" * 268, 4),
            ("я" * 269, 5),
            ("[" * 80, 1),
            ("[" * 81, 2),
            ("😊" * 35, 1),
            ("😊" * 36, 2),
        ],
    )
    def test_edges(self, text: str, parts: int) -> None:
        """160 and 70 units fit alone, 153 and 67 in each of several."""
        assert parts == analyse(text).parts

    def test_an_extension_character_is_never_split(self) -> None:
        """The 306 septets would fill two parts, but the pair on the border moves on whole."""
        assert (analyse("[" + "a" * 304).parts, analyse("a" * 152 + "[" + "a" * 152).parts) == (2, 3)

    def test_a_surrogate_pair_is_never_split(self) -> None:
        assert (analyse("😊" + "я" * 132).parts, analyse("я" * 66 + "😊" + "я" * 66).parts) == (2, 3)

    @given(texts)
    def test_parts_hold_all_units_and_waste_at_most_one_each(self, text: str) -> None:
        found = analyse(text)
        joined = 153 if found.encoding is Encoding.GSM7 else 67
        room = found.part_size if found.parts <= 1 else found.parts * joined
        assert found.units <= room
        assert found.parts <= 1 or found.units > (found.parts - 1) * (joined - 1)


class TestLength:
    @pytest.mark.parametrize(("length", "excess"), [(0, 0), (268, 0), (269, 1), (280, 12)])
    def test_excess_is_what_lies_beyond_the_limit(self, length: int, excess: int) -> None:
        assert excess == analyse("я" * length).excess

    @given(st.integers(0, 40))
    def test_the_excess_is_the_slice_beyond_the_limit(self, more: int) -> None:
        """A card strikes out `text[MAX_LENGTH:]`, whatever characters stand there."""
        text = "😊" * (MAX_LENGTH + more)
        assert len(text[MAX_LENGTH:]) == analyse(text).excess

    @pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
    def test_a_blank_text_is_empty(self, text: str) -> None:
        assert analyse(text).is_empty

    def test_a_text_is_not_empty(self) -> None:
        assert not analyse(" . ").is_empty


class TestUnencodable:
    @pytest.mark.parametrize(
        ("char", "replacement"),
        [
            ("₽", "руб."),
            ("\u2009", " "),
            ("\u202f", " "),
            ("\u3000", " "),
            ("\u2028", "\n"),
            ("→", "->"),
            ("←", "<-"),
            ("➡️", "->"),
            ("≥", ">="),
            ("≤", "<="),
            ("≈", "~"),
            ("×", "x"),
            ("−", "-"),
            ("\u2011", "-"),
            ("―", "—"),
            ("″", '"'),
            ("ʼ", "'"),
            ("и\u0306", "й"),
            ("е\u0308", "ё"),
            ("а\u0301", "а"),
            ("й\u0301", "й"),
            ("é", "e"),
            ("e\u0301", "e"),
            ("ß", "ss"),
            ("ł", "l"),
            ("Ａ", "A"),
            ("＋", "+"),
            ("①", "1"),
            ("1\ufe0f\u20e3", "1"),
            ("©\ufe0f", "©"),
            ("½", "1/2"),
            ("²", "2"),
            ("℃", "°C"),
            ("ﬁ", "fi"),
            ("‼", "!!"),
            ("❗\ufe0f", "!"),
            ("Қ", "К"),
            ("ә", "а"),
            ("😊", None),
            ("\u200b", None),
            ("\ufeff", None),
            ("你", None),
            ("\ud83d", None),
            ("👩\u200d⚕\ufe0f", None),
            ("👨\u200d👩\u200d👧", None),
            ("👍🏽", None),
            ("🇷🇺", None),
            ("\U0001fae8", None),
        ],
    )
    def test_stand_ins(self, char: str, replacement: str | None) -> None:
        """What a reader takes for one character is one entry with a sensible stand-in, or is removed."""
        assert (Unencodable(char, replacement, (2,)),) == analyse(f". {char}.").unencodable

    def test_entries_come_in_order_of_first_appearance_with_all_positions(self) -> None:
        expected = (Unencodable("₽", "руб.", (2, 8)), Unencodable("😊", None, (4,)))
        assert expected == analyse("5 ₽ 😊 7 ₽").unencodable

    @pytest.mark.parametrize(("text", "repaired"), [("10²", "10^2"), ("2½ ч", "2 1/2 ч"), ("м²", "м2")])
    def test_a_number_keeps_its_value(self, text: str, repaired: str) -> None:
        """A raised digit or a fraction after a digit must not read as part of the number."""
        assert repaired == repair(text).text

    def test_the_whole_of_windows_1251_is_carried(self) -> None:
        assert analyse("".join(sorted(CP1251))).unencodable == ()

    @given(texts)
    def test_an_entry_stands_for_each_loss_and_for_nothing_else(self, text: str) -> None:
        """Outside the named places everything encodes; inside each of them something does not."""
        rest = list(text)
        for found in analyse(text).unencodable:
            for at in found.positions:
                assert found.char == text[at : at + len(found.char)]
                assert not CP1251.issuperset(found.char)
                rest[at : at + len(found.char)] = [""] * len(found.char)
        assert CP1251.issuperset("".join(rest))

    @given(texts)
    def test_a_stand_in_can_itself_be_sent(self, text: str) -> None:
        assert all(CP1251.issuperset(found.replacement or "") for found in analyse(text).unencodable)

    @given(texts)
    def test_clusters_lose_nothing(self, text: str) -> None:
        found = list(clusters(text))
        assert text == "".join(cluster for _, cluster in found)
        assert all(cluster == text[at : at + len(cluster)] for at, cluster in found)


class TestMixed:
    def test_a_word_is_named_with_its_foreign_letters_and_repair(self) -> None:
        expected = MixedWord("мaгазине", 2, "магазине", (Letter("a", Script.LATIN, 3),))
        assert (expected,) == analyse("в мaгазине").mixed

    @pytest.mark.parametrize(
        ("word", "repaired"),
        [
            ("Cкидка", "Скидка"),
            ("Саle", "Cale"),
            ("НDMI", "HDMI"),
            ("Киpoв", "Киров"),
            ("Кiров", "Кіров"),
            ("ëлка", "ёлка"),
            ("e\u0308лка", "е\u0308лка"),
            ("кафé", "кафе"),
            ("Ａбв", "Абв"),
            ("iPhoneом", None),
            ("сайтs", None),
        ],
    )
    def test_letters_go_over_to_the_alphabet_with_more_of_them(self, word: str, repaired: str | None) -> None:
        assert [repaired] == [found.repair for found in analyse(word).mixed]

    @pytest.mark.parametrize(("word", "repaired"), [("oо", "оо"), ("VК", "VK"), ("IТ", "IT"), ("Rи", None)])
    def test_a_tie_goes_to_russian_if_it_can_then_to_latin(self, word: str, repaired: str | None) -> None:
        assert [repaired] == [found.repair for found in analyse(word).mixed]

    def test_the_smaller_alphabet_wins_where_the_larger_cannot(self) -> None:
        """V has no Russian twin, so the two Cyrillic letters are the foreign ones."""
        (found,) = analyse("VТВ").mixed
        assert (found.repair, "".join(letter.char for letter in found.foreign)) == ("VTB", "ТВ")

    @pytest.mark.parametrize("text", ["SMS-рассылка", "SMS2рассылка", "d'Артаньян", "SMS рассылка", "SMSʼка"])
    def test_hyphen_digit_and_apostrophe_end_a_word(self, text: str) -> None:
        assert analyse(text).mixed == ()

    def test_a_letter_of_a_third_alphabet_does_not_end_a_word(self) -> None:
        assert [found.word for found in analyse("Aµб").mixed] == ["Aµб"]

    @given(texts)
    def test_a_repaired_word_is_of_one_alphabet(self, text: str) -> None:
        for found in analyse(text).mixed:
            if found.repair is not None:
                assert analyse(found.repair).mixed == ()

    @given(st.text("АВЕКМНОРСТХаеорсхABEKMHOPCTXaeopcxiмSй", min_size=1, max_size=12))
    def test_a_repair_of_plain_letters_swaps_twins_alone(self, word: str) -> None:
        for found in analyse(word).mixed:
            if found.repair is not None:
                assert skeleton(found.word) == skeleton(found.repair)
                swapped = {at for at, pair in enumerate(zip(word, found.repair, strict=True)) if len(set(pair)) > 1}
                assert swapped == {letter.position for letter in found.foreign}

    @given(texts)
    def test_a_word_is_found_where_it_says(self, text: str) -> None:
        for found in analyse(text).mixed:
            assert found.word == text[found.start : found.start + len(found.word)]
            assert all(letter.char == text[letter.position] for letter in found.foreign)


class TestCostly:
    def test_one_dash_costs_a_part(self) -> None:
        text = "Order 1042 — ready" + "." * 100
        assert (Costly("—", "-", (11,), 1),) == analyse(text).costly
        assert (analyse(text).parts, analyse(replace_costly(text)).parts) == (2, 1)

    def test_all_signs_are_named_and_counted_together(self) -> None:
        text = "«Shop»\u00a0" + "a" * 100
        assert [(found.char, found.parts_if_replaced) for found in analyse(text).costly] == [
            ("«", 1),
            ("»", 1),
            ("\u00a0", 1),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Order — ready",
            "Заказ — готов" + "." * 100,
            "Order 30° — ready" + "." * 100,
            "Order — ready 😊" + "." * 100,
            "a" * 200,
            "…" * 100,
        ],
        ids=[
            "no part saved",
            "Cyrillic",
            "no stand-in",
            "repair comes first",
            "GSM-7 already",
            "too long after",
        ],
    )
    def test_nothing_is_offered_in_vain(self, text: str) -> None:
        assert (analyse(text).costly, replace_costly(text)) == ((), text)

    @given(st.text("aZ[ —«»…№\t•°я", max_size=300))
    def test_an_offer_keeps_its_word(self, text: str) -> None:
        found = analyse(text)
        after = analyse(replace_costly(text))
        if found.costly:
            assert {after.parts} == {costly.parts_if_replaced for costly in found.costly}
            assert after.parts < found.parts
            assert (after.encoding, after.costly) == (Encoding.GSM7, ())


class TestRepair:
    def test_words_and_characters_are_counted(self) -> None:
        found = repair("Cкидка в мaгазине 500 ₽")
        assert (found.text, found.words, found.characters) == ("Скидка в магазине 500 руб.", 2, 1)

    @pytest.mark.parametrize(
        ("text", "repaired"),
        [
            ("Ура 😊 всем", "Ура всем"),
            ("Ура 😊😊 🎉!", "Ура!"),
            ("😊 Ура", "Ура"),
            ("Ура 😊\n🎉 Всем", "Ура\nВсем"),
            ("Ура😊всем", "Уравсем"),
            ("Ура  всем 😊", "Ура  всем"),
        ],
    )
    def test_a_removed_emoji_takes_its_space_along(self, text: str, repaired: str) -> None:
        assert repaired == repair(text).text

    def test_it_never_cuts(self) -> None:
        assert repair("я" * 300 + "₽").text == "я" * 300 + "руб."

    def test_words_joined_by_a_removal_are_mended_too(self) -> None:
        assert repair("c\u200bок").text == "сок"

    @given(texts)
    def test_a_repaired_text_can_be_sent_but_for_hopeless_words(self, text: str) -> None:
        found = analyse(repair(text).text)
        assert found.unencodable == ()
        assert all(mixed.repair is None for mixed in found.mixed)

    @given(texts)
    def test_repairing_again_changes_nothing(self, text: str) -> None:
        once = repair(text)
        again = repair(once.text)
        assert (once.text, 0, 0) == (again.text, again.words, again.characters)

    @given(texts)
    def test_a_sound_text_is_left_alone(self, text: str) -> None:
        found = analyse(text)
        if not found.unencodable and not found.mixed:
            assert text == repair(text).text


class TestSender:
    @pytest.mark.parametrize("sender", ["SMS", "MyShop", "1A2", "A1234567890"])
    def test_three_to_eleven_latin_letters_and_digits_will_do(self, sender: str) -> None:
        assert check_sender(sender) is None

    @pytest.mark.parametrize(
        ("sender", "problem"),
        [
            ("", SenderProblem.TOO_SHORT),
            ("ab", SenderProblem.TOO_SHORT),
            ("A12345678901", SenderProblem.TOO_LONG),
            ("Магазин", SenderProblem.BAD_CHARACTERS),
            ("My Shop", SenderProblem.BAD_CHARACTERS),
            ("MyShop\n", SenderProblem.BAD_CHARACTERS),
            ("Café", SenderProblem.BAD_CHARACTERS),
            ("１２３ab", SenderProblem.BAD_CHARACTERS),
            ("12345", SenderProblem.NO_LETTER),
        ],
    )
    def test_each_broken_rule_has_its_name(self, sender: str, problem: SenderProblem) -> None:
        assert problem is check_sender(sender)
