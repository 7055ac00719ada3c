"""The forms a call arrives in, kept as bytes until the charset is known: query, body, multipart."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

__all__ = ["Charset", "Form", "decode", "read"]

Charset = Literal["cp1251", "utf-8"]

_ESCAPED = re.compile(rb"(?:[!-$'-~]|%[0-9A-Fa-f]{2})*")
_RUSSIAN = re.compile("[А-Яа-яЁё]")


@dataclass(slots=True)
class Form:
    """What arrived: fields and files as bytes, the raw size in bytes, what was wrong with the form."""

    method: str
    size: int
    fields: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    unescaped: bool = False
    problems: list[str] = field(default_factory=list)

    def add(self, name: bytes, value: bytes) -> None:
        """Take one field; a name may come once."""
        key = name.decode("ascii", "backslashreplace")
        if key in self.fields or key in self.files:
            self.problems.append(f"parameter {key} twice")
        self.fields[key] = value


async def read(request: Request) -> Form:
    """Read the call's form: the query of a GET, the body of a POST (urlencoded or multipart)."""
    query = request.scope["query_string"]
    if request.method != "POST":
        form = Form(request.method, len(query))
        _add_pairs(form, query)
        return form
    body = await request.body()
    form = Form(request.method, len(body))
    if query:
        form.problems.append("a POST with parameters in its URL")
    await _add_body(form, request, body)
    return form


def decode(form: Form, charset: Charset) -> tuple[dict[str, str], list[str]]:
    """Every field as text, and what could not be read so: broken bytes, UTF-8 where Windows-1251 is due."""
    params, problems = {}, []
    for name, value in form.fields.items():
        try:
            params[name] = value.decode(charset)
        except UnicodeDecodeError:
            params[name] = value.decode("ascii", "backslashreplace")
            problems.append(f"parameter {name} is not {charset}")
        if charset == "cp1251" and _looks_like_utf8(value):
            problems.append(f"parameter {name} is UTF-8 where Windows-1251 is due")
    if charset == "cp1251" and form.unescaped:
        problems.append("a body that is not percent-encoded")
    return params, problems


async def _add_body(form: Form, request: Request, body: bytes) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        _add_pairs(form, body)
    elif kind == "multipart/form-data":
        await _add_parts(form, request)
    elif body:
        form.problems.append(f"a body of type {kind or 'unknown'}")


def _add_pairs(form: Form, encoded: bytes) -> None:
    for pair in encoded.split(b"&") if encoded else ():
        name, _, value = pair.partition(b"=")
        form.unescaped |= not (_ESCAPED.fullmatch(name) and _ESCAPED.fullmatch(value))
        form.add(_unescape(name), _unescape(value))


def _unescape(value: bytes) -> bytes:
    return unquote_to_bytes(value.replace(b"+", b" "))


async def _add_parts(form: Form, request: Request) -> None:
    # Read as Latin-1, every character is one byte: the parser's own guess at UTF-8 would blur what was sent.
    declared = f"{request.headers['content-type']}; charset=latin-1"
    try:
        parts = await MultiPartParser(Headers({"content-type": declared}), request.stream()).parse()
    except MultiPartException as error:
        form.problems.append(f"broken multipart: {error.message}")
        return
    for name, value in parts.multi_items():
        if isinstance(value, UploadFile):
            form.files[name] = await value.read()
            await value.close()
        else:
            form.add(name.encode("latin-1"), value.encode("latin-1"))


def _looks_like_utf8(value: bytes) -> bool:
    # Russian text in Windows-1251 is next to never valid UTF-8, and Russian again when read so.
    try:
        return _RUSSIAN.search(value.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False
