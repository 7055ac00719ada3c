"""Workbooks: XLSX and ODS."""

import pytest

from bot.worker.reading.limits import Limits
from bot.worker.reading.verdict import BadRow, Trouble, Unreadable
from gateway.phones import Why
from tests.bot.worker.reading.readings import read
from tests.bot.worker.reading.workbooks import Cell, ods, packed, sheet, xlsx

A, B = "79119876543", "79219876543"
ROWS: list[list[Cell]] = [["Имя", "Телефон"], ["Иван", float(A)], ["Ольга", "8911"], [None, None], ["Пётр", f"+{B}"]]


@pytest.mark.parametrize("data", [xlsx(sheet(ROWS)), ods(ROWS)], ids=["XLSX", "ODS"])
def test_a_workbook_is_read_as_a_table(data: bytes) -> None:
    reading = read(data, "list")
    assert reading.phones == (A, B)
    assert reading.counts == (2, 1, 0, 1)
    assert (BadRow(3, "8911", Why.TOO_FEW_DIGITS, 4),) == reading.bad
    assert (reading.verdict.column, reading.verdict.sheet, reading.verdict.sheets) == (2, "Sheet1", 1)


def test_rows_and_columns_are_numbered_as_the_spreadsheet_shows_them() -> None:
    reading = read(xlsx(sheet(ROWS, top=4, left="C")))
    assert reading.verdict.column == 4
    assert [row.row for row in reading.bad] == [6]


def test_a_column_of_a_shifted_sheet_is_chosen_by_its_shown_number() -> None:
    reading = read(xlsx(sheet([["Дом", "Телефон"], [83452123456.0, float(A)]], left="C")), column=3)
    assert reading.phones == ("73452123456",)


@pytest.mark.parametrize("number", [79119876543.0, 89119876543.0, 9119876543.0])
def test_whole_floats_are_exact_numbers(number: float) -> None:
    assert read(xlsx(sheet([["Телефон"], [number]]))).phones == (A,)


def test_a_number_with_a_fraction_is_none() -> None:
    reading = read(xlsx(sheet([["Телефон"], [float(A)], [79119876543.5]])))
    assert [(row.row, row.raw) for row in reading.bad] == [(3, "79119876543.5")]


def test_the_first_visible_sheet_that_holds_phones_is_read() -> None:
    hidden, words, phones = sheet([[float(B)]]), sheet([["Пояснения"]]), sheet([["Телефон"], [float(A)]])
    reading = read(xlsx(hidden, words, phones, hidden=[1]))
    assert reading.phones == (A,)
    assert (reading.verdict.sheet, reading.verdict.sheets) == ("Sheet3", 2)


def test_a_sheet_without_a_good_number_still_shows_what_is_wrong_with_them() -> None:
    reading = read(xlsx(sheet([["Имя", "Телефон"], ["Иван", "8911"]])))
    assert reading.counts == (0, 1, 0, 0)
    assert (BadRow(2, "8911", Why.TOO_FEW_DIGITS, 4),) == reading.bad


def test_a_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    parts = {"xl/workbook.xml": bytes(3 << 20)}
    assert len(packed(parts)) < 10_000
    assert Unreadable(Trouble.TOO_LARGE) == read(packed(parts), limits=Limits(unpacked=2 << 20)).end


def test_a_zip_of_something_else_is_not_a_table() -> None:
    assert Unreadable(Trouble.NOT_A_TABLE) == read(packed({"word/document.xml": "<w/>"}), "letter.docx").end


@pytest.mark.parametrize("data", [xlsx(sheet(ROWS))[:-40], b"PK\x03\x04", b"\1\0\0\0\0\xff"])
def test_a_damaged_workbook_is_broken(data: bytes) -> None:
    assert Unreadable(Trouble.BROKEN) == read(data, "Список.XLSX").end


def test_an_xlsx_with_a_password_is_encrypted() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    assert Unreadable(Trouble.ENCRYPTED) == read(data, "list.xlsx").end


def test_a_workbook_with_encrypted_parts_is_encrypted() -> None:
    data = bytearray(packed({"content.xml": "<x/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert Unreadable(Trouble.ENCRYPTED) == read(bytes(data), "list.ods").end


def test_a_table_in_words_under_a_workbooks_name_is_read_as_what_it_is() -> None:
    assert read(f"Имя;Телефон\nИван;{A}\n".encode("cp1251"), "list.xls").phones == (A,)
