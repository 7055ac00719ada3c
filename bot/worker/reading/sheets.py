"""Workbooks (XLSX, ODS, also XLS and XLSB) into a table."""

import io
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from bot.worker.reading.table import Row, Table, look
from bot.worker.reading.verdict import Trouble, UnreadableError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""An XLSX with a password is no zip any more but an OLE file with this stream."""
_PARTS: Final = frozenset(("content.xml", "xl/workbook.bin", "xl/workbook.xml"))


def is_workbook(data: bytes) -> bool:
    """Say whether the bytes begin as a workbook does."""
    return data.startswith((_ZIP, _OLE))


def open_workbook(data: bytes, unpacked: int) -> Table:
    """
    Give the first visible sheet that holds phones, else the first one.

    Raises UnreadableError: encrypted, broken, not_a_table (a zip of something else), too_large (its parts would
    unpack to more than `unpacked` bytes).
    """
    if data.startswith(_ZIP):
        _check_parts(data, unpacked)
    elif _ENCRYPTED in data:
        raise UnreadableError(Trouble.ENCRYPTED)
    return _pick(data)


def _check_parts(data: bytes, unpacked: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UnreadableError(Trouble.BROKEN) from None
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(Trouble.ENCRYPTED)
    if not _PARTS & {info.filename for info in infos}:
        raise UnreadableError(Trouble.NOT_A_TABLE)
    if sum(info.file_size for info in infos) > unpacked:
        raise UnreadableError(Trouble.TOO_LARGE)


def _pick(data: bytes) -> Table:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            index
            for index, sheet in enumerate(book.sheets_metadata)
            if sheet.visible is calamine.SheetVisibleEnum.Visible and sheet.typ is calamine.SheetTypeEnum.WorkSheet
        ]
        return _first_with_phones(book, visible)
    except calamine.PasswordError:
        raise UnreadableError(Trouble.ENCRYPTED) from None
    except calamine.CalamineError:
        raise UnreadableError(Trouble.BROKEN if data.startswith(_ZIP) else Trouble.NOT_A_TABLE) from None


def _first_with_phones(book: "CalamineWorkbook", visible: list[int]) -> Table:
    tables = (_table(book.get_sheet_by_index(index), len(visible)) for index in visible)
    first = next(tables, None)
    if first is None:
        raise UnreadableError(Trouble.NOT_A_TABLE)
    return next((table for table in chain([first], tables) if _holds_phones(table)), first)


def _holds_phones(table: Table) -> bool:
    return any(column.valid for column in look(table).columns)


def _table(sheet: "CalamineSheet", sheets: int) -> Table:
    """Rows come from the sheet's first one on, but cells only from its first filled column."""

    def rows() -> Iterator[Row]:
        return sheet.iter_rows()

    return Table(rows, left=1 + (sheet.start or (0, 0))[1], sheet=sheet.name, sheets=sheets)
