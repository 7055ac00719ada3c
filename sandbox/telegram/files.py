"""Files up and down: what was uploaded, its ids, and the Bot API's Document and PhotoSize objects."""

import secrets
import struct
from dataclasses import dataclass
from typing import Any

from sandbox.store import Store
from sandbox.telegram.errors import CallError, bad_request
from sandbox.telegram.params import Upload

__all__ = ["File", "Files", "dimensions"]

_DDL = """
CREATE TABLE IF NOT EXISTS tg_files (
    id INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    name TEXT NOT NULL, mime TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, data BLOB NOT NULL
);
"""
_LARGEST_UPLOAD = 50 * 1024 * 1024
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_THUMBNAIL = 90
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class File:
    """A stored file; `kind` is document or photo, sizes are in pixels (0 for documents)."""

    id: int
    file_id: str
    kind: str
    name: str
    mime: str
    width: int
    height: int
    data: bytes

    @property
    def path(self) -> str:
        """Where it is downloaded from, behind `/file/bot<token>/`."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{self.kind}s/file_{self.id}.{suffix}"

    @property
    def unique_id(self) -> str:
        """The id that other bots would see too."""
        return f"AgAD{self.id:08x}"

    def describe(self) -> dict[str, Any]:
        """Give the fields that File, Document and PhotoSize have in common."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    """All files, the bot's and the people's."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.script(_DDL)

    def document(self, upload: Upload) -> dict[str, Any]:
        """Keep a file as it is and give the Document object; raises `CallError`."""
        _check_size(upload, _LARGEST_UPLOAD)
        return _document(self._keep("document", upload, 0, 0))

    def photo(self, upload: Upload) -> list[dict[str, Any]]:
        """Keep a picture and give its PhotoSize objects, the smallest first; raises `CallError`."""
        _check_size(upload, _LARGEST_PHOTO)
        size = dimensions(upload.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return _photo(self._keep("photo", upload, width, height))

    def again(self, kind: str, file_id: str) -> Any:
        """Give the objects of a file that was stored before; raises `CallError`."""
        file = self.find(file_id)
        if file is None or file.kind != kind:
            raise bad_request("Wrong file identifier/HTTP URL specified")
        return _document(file) if kind == "document" else _photo(file)

    def find(self, file_id: str) -> File | None:
        """Find a file by its id, or by that of its thumbnail."""
        return self._one("file_id = ?", file_id.removesuffix("-s"))

    def at(self, path: str) -> File | None:
        """Find a file by its download path."""
        number = path.rpartition("_")[2].partition(".")[0]
        file = self._one("id = ?", int(number)) if number.isdecimal() else None
        return file if file and file.path == path else None

    def downloadable(self, file_id: str) -> dict[str, Any]:
        """Give the Bot API's File object (getFile); raises `CallError`."""
        file = self.find(file_id)
        if file is None:
            raise bad_request("Invalid file_id")
        if len(file.data) > _LARGEST_DOWNLOAD:
            raise bad_request("File is too big")
        return {**file.describe(), "file_id": file_id, "file_path": file.path}

    def _one(self, where: str, value: object) -> File | None:
        rows = self._store.read(f"SELECT * FROM tg_files WHERE {where}", value)  # noqa: S608 – our own words
        return File(**dict(rows[0])) if rows else None

    def _keep(self, kind: str, upload: Upload, width: int, height: int) -> File:
        # By chance alone an id in base 64 ends as a thumbnail's does, and is then taken for one.
        file_id = f"BQAC{secrets.token_hex(24)}"
        number = self._store.write(
            "INSERT INTO tg_files (file_id, kind, name, mime, width, height, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(file_id, kind, upload.name, upload.mime, width, height, upload.data),
        )
        return File(number, file_id, kind, upload.name, upload.mime, width, height, upload.data)


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG picture in pixels; None if it is neither."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return (width, height) if width and height else None
    return _jpeg_dimensions(data) if data.startswith(_JPEG) else None


def _jpeg_dimensions(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _check_size(upload: Upload, most: int) -> None:
    if not upload.data:
        raise bad_request("File must be non-empty")
    if len(upload.data) > most:
        raise CallError(413, "Request Entity Too Large")


def _document(file: File) -> dict[str, Any]:
    return {**file.describe(), "file_name": file.name, "mime_type": file.mime}


def _photo(file: File) -> list[dict[str, Any]]:
    whole = {**file.describe(), "width": file.width, "height": file.height}
    scale = _THUMBNAIL / max(file.width, file.height)
    if scale >= 1:
        return [whole]
    small = {
        "file_id": f"{file.file_id}-s",
        "file_unique_id": f"{file.unique_id}s",
        "width": max(1, round(file.width * scale)),
        "height": max(1, round(file.height * scale)),
    }
    return [small, whole]
