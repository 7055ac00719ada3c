"""Pieces as bytes, for the pipe between the process that reads and the one that asked."""

import json
from dataclasses import asdict
from struct import Struct
from typing import Any, Final, cast

from bot.worker.reading.verdict import BadRow, BadRows, Chunk, Column, Piece, Trouble, Unreadable, Verdict
from gateway.phones import Phone, Why

HEAD: Final = Struct(">cI")
"""What a piece is, and how many bytes of body follow."""


def pack(piece: Piece) -> bytes:
    """Write one piece, its head included."""
    match piece:
        case Chunk(phones):
            kind, body = b"p", "\n".join(phones)
        case BadRows(rows):
            kind, body = b"b", json.dumps([_listed(row) for row in rows])
        case Verdict():
            kind, body = b"v", json.dumps(asdict(piece) | {"bad": [_listed(row) for row in piece.bad]})
        case Unreadable(why):
            kind, body = b"u", why.value
    data = body.encode("ascii")
    return HEAD.pack(kind, len(data)) + data


def unpack(kind: bytes, body: bytes) -> Piece:
    """Read one piece. Raises ValueError for a kind that there is none of."""
    text = body.decode("ascii")
    match kind:
        case b"p":
            return Chunk(cast("tuple[Phone, ...]", tuple(text.split("\n"))))
        case b"b":
            return BadRows(_bad_rows(json.loads(text)))
        case b"v":
            return _verdict(json.loads(text))
        case b"u":
            return Unreadable(Trouble(text))
        case _:
            raise ValueError(kind)


def _listed(row: BadRow) -> list[object]:
    return [row.row, row.raw, row.why.value, row.digits]


def _bad_rows(rows: list[Any]) -> tuple[BadRow, ...]:
    return tuple([BadRow(row, raw, Why(why), digits) for row, raw, why, digits in rows])


def _verdict(fields: dict[str, Any]) -> Verdict:
    columns = tuple(Column(**column) for column in fields["columns"])
    return Verdict(**{**fields, "bad": _bad_rows(fields["bad"]), "columns": columns})
