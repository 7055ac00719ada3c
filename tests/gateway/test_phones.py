import re
import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.phones import Entry, Phone, Refusal, Why, extract, leading, mask, parse, redact, show

PHONE = "79119876543"
OTHER = "79119876544"
SHORT = "8911987654"
TOO_SHORT = Refusal(SHORT, Why.TOO_FEW_DIGITS, 10)

mobiles = st.integers(9_000_000_000, 9_999_999_999).map(lambda number: f"7{number}")
phones = st.integers(70_000_000_000, 79_999_999_999).map(str)
gaps = st.sampled_from(["", " ", "-", "\u00a0", ".", "\u2011", " - "])


@st.composite
def formatted(draw: st.DrawFn) -> tuple[str, str]:
    """A mobile phone and one way to write it."""
    phone = draw(mobiles)
    head = draw(st.sampled_from(["+7", "7", "8", ""]))
    area = draw(st.sampled_from(["{}", " {} ", "({})", " ({}) ", "-{}-"])).format(phone[1:4])
    sizes = draw(st.sampled_from([(3, 2, 2), (2, 2, 3), (2, 3, 2), (3, 4), (7,)]))
    groups, at = [], 4
    for size in sizes:
        groups.append(phone[at : at + size])
        at += size
    return phone, (head + area).strip(" -") + draw(gaps).join(groups)


noise = st.text("79813 +-()., ;:\n\tаяZO²₽ /№", max_size=30)
messy = st.lists(st.one_of(noise, phones, formatted().map(lambda pair: pair[1])), max_size=6).map("".join)
prose = st.lists(st.one_of(st.sampled_from(["Звоните", "500", "18:00", "5 %"]), formatted().map(lambda pair: pair[1])))


def is_valid_abroad(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}"))
    except phonenumbers.NumberParseException:
        return False


def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text.translate({0xFF10 + digit: str(digit) for digit in range(10)}))


class TestParse:
    @pytest.mark.parametrize(
        "raw",
        [
            "79119876543",
            "+79119876543",
            "89119876543",
            "9119876543",
            "+7 (911) 987-65-43",
            "8 911 987 65 43",
            "8(911)9876543",
            "8 9119876543",
            "8\u00a0911\u00a0987-65-43",
            "7.911.987.65.43",
            "+7\u2011911\u2011987\u201165\u201143",
            "\u202a+7 911 987-65-43\u202c",
            "＋７９１１９８７６５４３",
            "tel:+79119876543",
            "tel:+7-911-987-65-43;ext=5",
            "тел. 8 911 987-65-43",
            "Моб.: 8 911 987-65-43",
            "  '79119876543\n",
            '"79119876543"',
            "79119876543.0",
            "12. 8 911 987-65-43",
            "8. 911 987-65-43",
            "007 911 987 65 43",
            "8-10-7-911-987-65-43",
            "+89119876543",
        ],
    )
    def test_what_russians_write_is_read(self, raw: str) -> None:
        assert parse(raw) == PHONE

    @pytest.mark.parametrize("raw", ["77011234567", "74951234567", "+7 701 123-45-67", "70000000000"])
    def test_eleven_digits_with_a_seven_in_front_are_a_phone(self, raw: str) -> None:
        """The provider asks for no more: landlines and Kazakh numbers pass."""
        assert parse(raw) == digits(raw)

    def test_a_code_of_four_digits_is_read(self) -> None:
        assert parse("8 (8123) 45-67-89") == "78123456789"

    @pytest.mark.parametrize(
        ("raw", "why", "count"),
        [
            ("", Why.EMPTY, 0),
            (" \n", Why.EMPTY, 0),
            ("—", Why.EMPTY, 0),
            ("Иван", Why.LETTERS_INSIDE, 0),
            ("8911O987654", Why.LETTERS_INSIDE, 10),
            ("7.9119876543E+10", Why.LETTERS_INSIDE, 13),
            ("8911987654²", Why.LETTERS_INSIDE, 10),
            ("8911", Why.TOO_FEW_DIGITS, 4),
            ("8911987654", Why.TOO_FEW_DIGITS, 10),
            ("+7 911 987-65-4", Why.TOO_FEW_DIGITS, 10),
            ("4951234567", Why.TOO_FEW_DIGITS, 10),
            ("791198765433", Why.TOO_MANY_DIGITS, 12),
            ("79119876543 79119876544", Why.TOO_MANY_DIGITS, 22),
            ("19119876543", Why.NOT_RUSSIAN, 11),
            ("81234567890", Why.NOT_RUSSIAN, 11),
            ("+380 67 123-45-67", Why.NOT_RUSSIAN, 12),
            ("380671234567", Why.NOT_RUSSIAN, 12),
            ("+45 32 12 34 56", Why.NOT_RUSSIAN, 10),
            ("0049 30 123456", Why.NOT_RUSSIAN, 10),
        ],
    )
    def test_a_refusal_says_why_and_counts_the_digits(self, raw: str, why: Why, count: int) -> None:
        assert parse(raw) == Refusal(raw, why, count)

    @pytest.mark.parametrize("raw", ["8911987654 2", "8911987654\u00a02", "8911987654.0", "8. 8911987654"])
    def test_a_short_number_never_borrows_a_digit(self, raw: str) -> None:
        """A quantity, a spreadsheet's .0 or a list mark beside it would make up the number of a stranger."""
        assert parse(raw) == Refusal(raw, Why.TOO_FEW_DIGITS, 10)

    @given(phones)
    def test_what_is_shown_is_read_back(self, phone: str) -> None:
        assert parse(show(phone)) == phone

    @given(formatted())
    def test_any_formatting_of_a_phone_gives_it(self, pair: tuple[str, str]) -> None:
        phone, raw = pair
        assert parse(raw) == phone

    @given(noise)
    def test_a_phone_is_made_of_the_digits_written(self, raw: str) -> None:
        phone = parse(raw)
        if isinstance(phone, str):
            assert re.fullmatch("7[0-9]{10}", phone)
            assert phone[1:] in digits(raw)

    @given(st.from_regex(r"78?(?:9[0-9]{9}|[0-9]{5,14})", fullmatch=True).filter(lambda number: len(number) != 11))
    def test_what_begins_with_a_7_is_refused_as_the_library_would_have_it(self, number: str) -> None:
        result = parse(f"+{number}")
        if isinstance(result, Refusal):
            assert (result.why is Why.NOT_RUSSIAN) == is_valid_abroad(number)

    def test_who_reads_phones_waits_for_no_http_library(self) -> None:
        code = "import sys, gateway.phones; assert 'httpx' not in sys.modules; from gateway import Gateway"
        subprocess.run([sys.executable, "-I", "-c", code], check=True, timeout=30)

    def test_good_numbers_never_load_the_library(self) -> None:
        """It costs a tenth of a second and 20 MB: only foreign-looking numbers may ask for it."""
        code = (
            "import sys; from gateway.phones import extract, parse; parse('8 (911) 987-65-43'); "
            "extract('Иван 8 911 987-65-43, 8911987654'); assert 'phonenumbers' not in sys.modules; "
            "parse('+380671234567'); assert 'phonenumbers' in sys.modules"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestExtract:
    @pytest.mark.parametrize(
        "text",
        [
            f"{PHONE}\n{OTHER}",
            f"{PHONE}, {OTHER}",
            f"{PHONE};{OTHER};",
            f"{PHONE} {OTHER}",
            f"{PHONE}\t{OTHER}",
            "8 911 987-65-43\r\n8 911 987-65-44",
            "8 911 987-65-43, 8 911 987-65-44",
            "8 911 987-65-43 8 911 987-65-44",
            "1. 89119876543\n2. 9119876544",
            "Иван\t8 911 987-65-43\t500\nПётр\t8 911 987-65-44\t700",
            "Иван +7 (911) 987-65-43, Пётр 89119876544",
            "• 8 911 987 65 43\n• 8 911 987 65 44",
            "Телефоны: 8 911 987-65-43 и 8(911)987-65-44.",
        ],
    )
    def test_numbers_are_found_however_they_are_listed(self, text: str) -> None:
        found = extract(text)
        assert (found.valid, found.invalid) == ((PHONE, OTHER), ())

    @pytest.mark.parametrize(
        "text",
        [
            "Звоните 8 911 987-65-43 до 18:00, скидка 500",
            "21.11.2026 тел. 8 911 987-65-43, цена 1 500,50 ₽",
            "Заказ 123456789012, карта 4276 3800 8911 1234, 8 911 987-65-43",
            "ИНН 7707083893, р/с 40702810900000012345, тел. +79119876543",
            "https://shop.ru/order/79119876544 +79119876543",
            "id79119876544, №79119876544, +79119876543",
            f"{PHONE}\n500\n21.11.2026\n18:00\n1500 ₽\n",
        ],
    )
    def test_prices_dates_and_ids_are_no_numbers(self, text: str) -> None:
        found = extract(text)
        assert (found.valid, found.invalid) == ((PHONE,), ())

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (SHORT, Why.TOO_FEW_DIGITS),
            ("8911", Why.TOO_FEW_DIGITS),
            ("8911O987654", Why.LETTERS_INSIDE),
            ("8 911 987-65-43-21", Why.TOO_MANY_DIGITS),
            ("19119876543", Why.NOT_RUSSIAN),
            ("8. 8911987654", Why.TOO_FEW_DIGITS),
            ("Иван 8911987654", Why.TOO_FEW_DIGITS),
            ("Иван; 8911987654", Why.TOO_FEW_DIGITS),
        ],
    )
    def test_a_failed_attempt_is_told_with_its_reason(self, text: str, why: Why) -> None:
        found = extract(f"{PHONE}\n{text}\n{OTHER}")
        assert ((PHONE, OTHER), [why]) == (found.valid, [refusal.why for refusal in found.invalid])

    def test_entries_keep_their_order_and_lines(self) -> None:
        expected = (Entry(1, PHONE, Phone(PHONE)), Entry(3, SHORT, TOO_SHORT), Entry(3, "+" + OTHER, Phone(OTHER)))
        assert extract(f"{PHONE}\n\n{SHORT}, +{OTHER}").entries == expected

    def test_a_repeat_is_a_duplicate_each_time_it_comes_again(self) -> None:
        found = extract(f"{PHONE}\n8 911 987-65-43\n{OTHER}\n+{PHONE}")
        assert (found.valid, found.duplicates) == ((PHONE, OTHER), (PHONE, PHONE))

    def test_a_short_number_does_not_hide_among_good_ones(self) -> None:
        found = extract(f"{PHONE} {SHORT} {OTHER}")
        assert (found.valid, found.invalid) == ((PHONE, OTHER), (TOO_SHORT,))

    def test_only_the_phones_of_a_vcard_count(self) -> None:
        card = (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Иванов;Иван;;;\r\nREV:89119876500\r\nUID:79119876501\r\n"
            'TEL;TYPE=CELL:+7 911 987-65-43\r\nitem1.TEL;VALUE=uri;TYPE="home":tel:+7-911-987-65-44\r\nEND:VCARD'
        )
        found = extract(card)
        assert (found.valid, found.invalid) == ((PHONE, OTHER), ())

    def test_numbers_around_a_vcard_count_too(self) -> None:
        card = "begin:vcard\nREV:89119876500\nTEL:8 (911) 987-65-44\nend:vcard"
        assert extract(f"{PHONE}\n{card}\n79119876545").valid == (PHONE, OTHER, "79119876545")

    def test_a_lone_line_of_a_vcard_will_do(self) -> None:
        assert extract(f"TEL;TYPE=CELL:+{PHONE}").valid == (PHONE,)

    @given(messy)
    def test_it_never_invents(self, text: str) -> None:
        """Each phone's digits stand in its own place in the text, in one piece but for spacing."""
        lines = text.splitlines()
        for entry in extract(text).entries:
            raw = entry.raw if isinstance(entry.result, str) else entry.result.raw
            assert raw in lines[entry.line - 1]
            if isinstance(entry.result, str):
                assert digits(raw).endswith(entry.result[1:])

    @given(messy)
    def test_an_entry_reads_alone_as_it_reads_in_the_text(self, text: str) -> None:
        for found in (extract(text), leading(text)[0]):
            assert [parse(entry.raw) for entry in found.entries] == [entry.result for entry in found.entries]

    @given(messy)
    def test_every_entry_is_sorted_into_one_place(self, text: str) -> None:
        found = extract(text)
        assert len(found.entries) == len(found.valid) + len(found.invalid) + len(found.duplicates)
        assert len(set(found.valid)) == len(found.valid)

    @given(st.lists(formatted(), min_size=1), st.sampled_from(["\n", ", ", ";", "\n\n", ",\n"]))
    def test_a_list_gives_all_its_numbers(self, pairs: list[tuple[str, str]], separator: str) -> None:
        found = extract(separator.join(raw for _, raw in pairs))
        assert [entry.result for entry in found.entries] == [phone for phone, _ in pairs]


class TestLeading:
    @pytest.mark.parametrize(
        ("text", "valid", "rest"),
        [
            (f"{PHONE} Текст", (PHONE,), "Текст"),
            (f"{PHONE}", (PHONE,), ""),
            (f"{PHONE} {OTHER} Текст", (PHONE, OTHER), "Текст"),
            (f"+{PHONE} 89119876544 Текст", (PHONE, OTHER), "Текст"),
            (f"{PHONE}, {OTHER}; Текст, и ещё", (PHONE, OTHER), "Текст, и ещё"),
            ("8 911 987-65-43, 8 911 987-65-44 Текст", (PHONE, OTHER), "Текст"),
            ("8 911 987-65-43\n8 911 987-65-44\nТекст\n\n в две строки\n", (PHONE, OTHER), "Текст\n\n в две строки\n"),
            ("8 911 987-65-43 8 911 987-65-44 Текст", (PHONE,), "8 911 987-65-44 Текст"),
            ("+7 911 987-65-43 Привет", (PHONE,), "Привет"),
            ("9119876543 Привет", (PHONE,), "Привет"),
            ("911 9876543 Привет", (PHONE,), "Привет"),
            ("(911) 987-65-43 Привет", (PHONE,), "Привет"),
            ("8(911)987-65-43 Привет", (PHONE,), "Привет"),
            ("tel:+79119876543 Привет", (PHONE,), "Привет"),
            (f"{PHONE}: Привет", (PHONE,), "Привет"),
            (f"{PHONE}. Привет", (PHONE,), "Привет"),
            (f"{PHONE} 2 билета", (PHONE,), "2 билета"),
            (f"{PHONE}, 2 билета", (PHONE,), "2 билета"),
            (f"{PHONE} 9119876544 Текст", (PHONE,), "9119876544 Текст"),
            (f"{PHONE} 12345678901 ваш код", (PHONE,), "12345678901 ваш код"),
            ("8 911 987-65-43 2 билета", (PHONE,), "2 билета"),
            (f" \n{PHONE}\nТекст {OTHER}", (PHONE,), f"Текст {OTHER}"),
        ],
    )
    def test_the_run_of_numbers_in_front_are_the_recipients(self, text: str, valid: tuple[str], rest: str) -> None:
        found, actual = leading(text)
        assert (found.valid, found.invalid, actual) == (valid, (), rest)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Привет",
            f"Привет {PHONE}",
            "8 марта скидки",
            "2026 год",
            " 500 рублей",
            "900 100 200 рублей",
            "123456 код",
        ],
    )
    def test_without_a_number_in_front_all_is_text(self, text: str) -> None:
        found, rest = leading(text)
        assert (found.entries, rest) == ((), text)

    @pytest.mark.parametrize(
        ("text", "valid", "bad", "rest"),
        [
            (f"{SHORT} Привет", (), SHORT, "Привет"),
            (f"{SHORT}, {PHONE} Текст", (PHONE,), SHORT, "Текст"),
            (f"{PHONE}, {SHORT}, Текст", (PHONE,), SHORT, "Текст"),
            (f"{PHONE}\n8911987\nТекст", (PHONE,), "8911987", "Текст"),
            ("8911O98765 Привет", (), "8911O98765", "Привет"),
            ("8 911 987-65-4 Привет", (), "8 911 987-65-4", "Привет"),
            ("+380 67 123-45-67 Привет", (), "+380 67 123-45-67", "Привет"),
            (f"{SHORT} 2 билета", (), SHORT, "2 билета"),
            ("8 911 987-65-4 2 билета", (), "8 911 987-65-4", "2 билета"),
        ],
    )
    def test_a_failed_number_in_front_is_refused_and_not_sent_as_text(
        self, text: str, valid: tuple[str], bad: str, rest: str
    ) -> None:
        found, actual = leading(text)
        assert (found.valid, [refusal.raw for refusal in found.invalid], actual) == (valid, [bad], rest)

    def test_entries_tell_their_lines(self) -> None:
        found, _ = leading(f"\n{PHONE}, {OTHER}\n\n{SHORT}\nТекст")
        assert [entry.line for entry in found.entries] == [2, 2, 4]

    @given(st.one_of(messy, prose.map(" ".join)))
    def test_no_character_is_lost(self, text: str) -> None:
        """Recipients as written, separators between, and the rest make up the text."""
        found, rest = leading(text)
        at = 0
        for entry in found.entries:
            start = text.index(entry.raw, at)
            assert text[at:start].strip(" ,;:\t\n\u00a0") == ""
            at = start + len(entry.raw)
        assert text[at:] == rest if not found.entries else text[at:].endswith(rest)
        assert text[at : len(text) - len(rest)].strip(" ,;:\t\n\u00a0") == ""

    @given(
        st.lists(formatted(), min_size=1), st.sampled_from([", ", "\n", ";"]), st.sampled_from(["Да", "Да, 8 марта\n2"])
    )
    def test_list_and_text_come_apart(self, pairs: list[tuple[str, str]], separator: str, text: str) -> None:
        found, rest = leading(separator.join(raw for _, raw in pairs) + separator + text)
        assert ([entry.result for entry in found.entries], rest) == ([phone for phone, _ in pairs], text)


class TestHiding:
    def test_a_mask_keeps_four_digits_and_two(self) -> None:
        assert mask(PHONE) == "+7911•••••43"

    @given(phones)
    def test_a_mask_hides_five_digits(self, phone: str) -> None:
        assert (digits(mask(phone)), mask(phone).count("•")) == (phone[:4] + phone[-2:], 5)

    @pytest.mark.parametrize(
        "text",
        [
            "{79119876543}",
            "phone={79119876543}&message",
            "phone={%2B79119876543}&message",
            "phones=%0A{79119876543}%0A",
            "%20{79119876543}",
            "%22{79119876543}%22",
            '"\\u00a0{79119876543}"',
            "\\x20{79119876543}",
            "\\n{79119876543}\\n",
            "{+7 (911) 987-65-43}",
            "{8+911+987-65-43}",
            "{8%20911%20987-65-43}",
            "{8\\u00a0911\\u00a0987\\u201165-43}",
            "tel:{9119876543}",
            "{0079119876543}",
        ],
    )
    def test_a_phone_is_masked_however_it_is_written(self, text: str) -> None:
        expected = re.sub(r"\{.*\}", "+7911•••••43", text)
        assert redact(text.replace("{", "").replace("}", "")) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-24 12:04:15.123456 job 7 2026-11-24 12:04 try 8 2026-11-24 12:04",
            "chat=-1009119876543 user=7123456789 update=412345678",
            "1732190000.123 0.7911987654321",
            "+7911•••••43",
        ],
    )
    def test_times_and_ids_stay_readable(self, text: str) -> None:
        assert redact(text) == text

    @given(st.text("абв\n«»=&", max_size=5), formatted(), st.text("абв\n«»=&", max_size=5))
    def test_no_phone_is_left(self, before: str, pair: tuple[str, str], after: str) -> None:
        phone, raw = pair
        redacted = redact(before + raw + after)
        assert (digits(redacted), mask(phone) in redacted) == (digits(mask(phone)), True)

    @given(messy)
    def test_nothing_that_could_be_sent_to_is_left(self, text: str) -> None:
        assert extract(redact(text)).valid == ()
