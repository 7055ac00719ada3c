"""Text documents: charsets, lists, tables, address book cards."""

import pytest

from bot.worker.reading.documents import read_text
from bot.worker.reading.verdict import BadRow, Trouble, Unreadable
from gateway.phones import Why
from tests.bot.worker.reading.readings import read, summed

A, B, C = "79119876543", "79219876543", "79319876543"
TABLE = f"Имя;Телефон\nИван;{A}\nОльга;8911\nПётр;+7 (921) 987-65-43\n"
CHARSETS = {
    "UTF-8": TABLE.encode(),
    "UTF-8 with mark": TABLE.encode("utf-8-sig"),
    "UTF-16 with mark": TABLE.encode("utf-16"),
    "UTF-16 little end first": TABLE.encode("utf-16-le"),
    "UTF-16 big end first": TABLE.encode("utf-16-be"),
    "UTF-16 big end first, with mark": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "Windows-1251": TABLE.encode("cp1251"),
}


@pytest.mark.parametrize("data", CHARSETS.values(), ids=CHARSETS)
def test_every_charset_gives_the_same_verdict(data: bytes) -> None:
    reading = read(data)
    assert reading.phones == (A, B)
    assert reading.verdict.columns[0].title == "Телефон"
    assert (BadRow(3, "8911", Why.TOO_FEW_DIGITS, 4),) == reading.bad


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_from_one_whatever_ends_them(end: str) -> None:
    assert [row.row for row in read(end.join([A, "", "8911", B])).bad] == [3]


def test_only_line_ends_end_a_row() -> None:
    reading = read(f"Имя;Телефон\nИван\u2028\x0b;{A}\nОльга;8911\n")
    assert [row.row for row in reading.bad] == [3]


def test_counts_tell_valid_invalid_duplicate_and_empty_rows_apart() -> None:
    reading = read(f"{A}\n8 (911) 987-65-43\n\n  \n—\nнет\n{B}\n", "list.txt")
    assert reading.counts == (2, 1, 1, 3)
    assert reading.verdict.rows == 7
    assert reading.phones == (A, B)


def test_half_a_character_in_a_pasted_text_spoils_no_number() -> None:
    reading = summed(read_text(f"\ud83d\n{A} \ud83d\n{B}"))
    assert reading.phones == (A, B)


def test_a_duplicate_is_found_across_the_whole_document() -> None:
    many = [f"7911{number:07}" for number in range(30_000)]
    reading = read("\n".join([*many, many[0], many[-1]]), "list.txt")
    assert reading.counts == (30_000, 0, 2, 0)
    assert tuple(many) == reading.phones


def test_several_numbers_in_one_cell_count_each() -> None:
    reading = read(f"Имя;Телефон\nИван;{A}, {B}\nПётр;{A}\n")
    assert reading.counts == (2, 0, 1, 0)
    assert reading.verdict.rows == 3


def test_a_quoted_cell_of_two_lines_holds_two_numbers_and_is_one_row() -> None:
    reading = read(f'Имя,Телефон\n"Иванов, Иван","{A}\n{B}"\nПётр,8911\n')
    assert reading.phones == (A, B)
    assert [row.row for row in reading.bad] == [3]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(sign: str) -> None:
    rows = [["ФИО", "Город", "Телефон"], ["Иванов Иван", "Омск", A], ["Петров Пётр", "Тверь", B]]
    reading = read("\n".join(sign.join(row) for row in rows))
    assert reading.verdict.column == 3
    assert reading.phones == (A, B)


def test_the_delimiter_that_excel_writes_down_is_believed_and_is_no_row() -> None:
    reading = read(f"sep=|\nИмя|Телефон\nИван|{A}\nОльга|8911\n")
    assert reading.phones == (A,)
    assert [row.row for row in reading.bad] == [3]


def test_a_quote_that_never_closes_swallows_no_rows() -> None:
    reading = read(f'Имя;Телефон\n"ООО Ромашка;{A}\nИван;{B}\nПётр;{C}\n')
    assert reading.phones == (A, B, C)


def test_numbers_in_all_columns_and_no_titles_are_a_list_and_all_of_them_count() -> None:
    reading = read(f"{A}, {B}\n{C}, 79419876543\n", "list.txt")
    assert reading.counts == (4, 0, 0, 0)
    assert reading.verdict.column is None


def test_a_title_above_a_list_is_no_row() -> None:
    reading = read(f"Телефон\n{A}\n8911\n")
    assert reading.counts == (1, 1, 0, 0)
    assert reading.verdict.header
    assert [row.row for row in reading.bad] == [3]


def test_other_words_above_a_list_are_a_bad_row_not_dropped_in_silence() -> None:
    reading = read(f"Иванов\n{A}\n")
    assert (BadRow(1, "Иванов", Why.LETTERS_INSIDE, 0),) == reading.bad


def test_the_column_is_found_by_what_it_holds_not_by_its_title() -> None:
    reading = read(f"Телефон;Куда звонить\nнет;{A}\nнет;{B}\nнет;{C}\n")
    assert reading.verdict.column == 2


def test_a_title_decides_between_columns_that_both_hold_phones() -> None:
    rows = "".join(f"{A[:-1]}{digit};7921987654{digit}\n" for digit in range(5))
    assert read(f"Факс;Моб. телефон\n{rows}").verdict.column == 2
    assert read(f"Факс;Ещё факс\n{rows}").verdict.column == 1


@pytest.mark.parametrize("title", ["Hotel", "Телефонистка", "Telegram", "Пантелеймон"])
def test_a_word_that_only_holds_a_title_is_none(title: str) -> None:
    rows = "".join(f"{A[:-1]}{digit};7921987654{digit}\n" for digit in range(5))
    assert read(f"Факс;{title}\n{rows}").verdict.column == 1


def test_the_columns_that_may_be_chosen_come_with_their_titles_and_counts() -> None:
    reading = read(f"Имя;Домашний;Телефон\nИван;83452123456;{A}\nПётр;;{B}\n")
    assert [(column.number, column.title, column.valid, column.filled) for column in reading.verdict.columns] == [
        (3, "Телефон", 2, 2),
        (2, "Домашний", 1, 1),
    ]


def test_another_column_can_be_chosen() -> None:
    reading = read(f"Имя;Домашний;Телефон\nИван;83452123456;{A}\nПётр;;{B}\n", column=2)
    assert reading.phones == ("73452123456",)
    assert reading.counts == (1, 0, 0, 1)
    assert reading.verdict.column == 2


def test_a_column_that_is_not_there_is_empty_in_every_row() -> None:
    reading = read(f"Имя;Телефон\nИван;{A}\nПётр;{B}\n", column=9)
    assert Unreadable(Trouble.NO_NUMBERS) == reading.end


def test_phones_that_begin_late_are_found_all_the_same() -> None:
    rows = "".join(f"Имя{number};нет\n" for number in range(1_200))
    assert read(f"{rows}Иван;{A}\n").verdict.column == 2


def test_a_vcard_gives_its_phones_and_the_card_without_one_is_empty() -> None:
    card = "BEGIN:VCARD\nVERSION:{}\n{}END:VCARD\n"
    cards = [
        card.format("3.0", f"FN:Иван\nBDAY:19900101\nitem1.TEL;type=CELL:+7 911 987-65-43\nTEL;WORK:{B}\n"),
        card.format("4.0", f'TEL;VALUE=uri;TYPE="voice,cell":tel:+{C};ext=5\n'),
        card.format("2.1", "FN:Без телефона\nNOTE:79419876543\n"),
        card.format("2.1", "TEL;CELL:8911\n 98\n"),
    ]
    reading = read("".join(cards), "contacts.vcf")
    assert reading.phones == (A, B, C)
    assert reading.counts == (3, 1, 0, 1)
    assert (BadRow(19, "891198", Why.TOO_FEW_DIGITS, 6),) == reading.bad


@pytest.mark.parametrize(
    "cell", ['="79119876543"', "7,9119876543E+10", "7.9119876543e10", "79119876543,0", "'79119876543", "«79119876543»"]
)
def test_what_spreadsheets_make_of_a_number_is_read_exactly(cell: str) -> None:
    assert read(f"Имя;Телефон\nИван;{cell}\n").phones == (A,)


@pytest.mark.parametrize("cell", ["7,91199E+10", "7.9E+10", "9E+9", "7,91198765432E+10"])
def test_a_number_whose_digits_were_rounded_away_is_refused(cell: str) -> None:
    reading = read(f"Имя;Телефон\nИван;{A}\nПётр;{cell}\n")
    assert reading.phones == (A,)
    assert [(3, cell)] == [(row.row, row.raw) for row in reading.bad]


def test_a_bad_row_shows_at_most_40_printable_characters() -> None:
    reading = read(f"{A}\nзвонить\u202e после обеда, а лучше вечером и никогда по утрам\n", "list.txt")
    assert reading.bad[0].raw == "звонить  после обеда, а лучше вечером и"


def test_the_verdict_holds_the_first_20_bad_rows_and_the_stream_all() -> None:
    reading = read("\n".join([A, *("8911" for _ in range(2_500))]), "list.txt")
    assert len(reading.bad) == 2_500
    assert reading.bad[:20] == reading.verdict.bad


@pytest.mark.parametrize("data", ["", "\n\n", "\ufeff", ";;\n;;\n"])
def test_nothing_at_all_is_no_numbers(data: str) -> None:
    assert Unreadable(Trouble.NO_NUMBERS) == read(data).end


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n79119876543", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"<html>79119876543</html>", b"{\\rtf1 7911}"]
)
def test_what_is_no_text_is_not_a_table(data: bytes) -> None:
    assert Unreadable(Trouble.NOT_A_TABLE) == read(data).end


def test_a_cell_larger_than_any_cell_is_not_a_table() -> None:
    data = f"Имя;Телефон\nИван;{A}\n" * 300 + "Ольга;" + "x" * 200_000
    assert read(data).end == Unreadable(Trouble.NOT_A_TABLE)


def test_a_pasted_text_is_read_by_the_same_rules() -> None:
    reading = summed(read_text(f"Добрый день\n{A}\nИван\t8 921 987-65-43\n8911\0\n"))
    assert reading.phones == (A, B)
    assert [row.row for row in reading.bad] == [1, 4]
