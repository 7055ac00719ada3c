"""Parameters of a call: however they come over the wire, they leave here typed, or refused."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.telegram.errors import MisuseError, bad_request

__all__ = [
    "Check",
    "Upload",
    "array",
    "as_json",
    "boolean",
    "integer",
    "json_object",
    "only",
    "read",
    "string",
]

Check = Callable[[str, Any], Any]
"""Give the typed value of a named raw one, or raise `CallError`."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart body."""

    name: str
    mime: str
    data: bytes


async def read(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Collect the raw parameters of a request (query, form, multipart or JSON) and its files by field."""
    raw: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        raw |= _body(await request.body())
        return raw, files
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or "file", mime, await value.read())
            else:
                raw[name] = value
    return raw, files


def _body(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise bad_request("Can't parse JSON object")
    return {name: value for name, value in parsed.items() if value is not None}


def only(where: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse any name this sandbox does not know: the caller is wrong, or the sandbox has to learn it."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise MisuseError(400, f"Unknown field in {where}: {', '.join(unknown)}")


def integer(name: str, raw: Any) -> int:
    """Read a whole number, given as such or as text."""
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise MisuseError(400, f"{name} must be an integer")
    try:
        return int(raw)
    except ValueError:
        raise MisuseError(400, f"{name} must be an integer") from None


def boolean(name: str, raw: Any) -> bool:
    """Read a truth value as the server does: true, yes and 1 are true."""
    text = str(raw).lower()
    if text not in {"true", "yes", "1", "false", "no", "0"}:
        raise MisuseError(400, f"{name} must be a boolean")
    return text in {"true", "yes", "1"}


def string(name: str, raw: Any) -> str:
    """Take text only."""
    if not isinstance(raw, str):
        raise MisuseError(400, f"{name} must be a string")
    return raw


def as_json(what: str, raw: Any) -> Any:
    """Decode a value that is JSON inside a form and plain inside a JSON body."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        raise bad_request(f"Can't parse {what} JSON object") from None


def array(item: Check) -> Check:
    """Check every item of a JSON array."""

    def check(name: str, raw: Any) -> list[Any]:
        values = as_json(name, raw)
        if not isinstance(values, list):
            raise bad_request(f"Expected an Array as {name}")
        return [item(name, value) for value in values]

    return check


def json_object(fields: Mapping[str, Check], *required: str) -> Check:
    """Check a JSON object with exactly these fields."""

    def check(name: str, raw: Any) -> dict[str, Any]:
        values = as_json(name.replace("_", " "), raw)
        if not isinstance(values, dict):
            raise bad_request(f"Object expected as {name.replace('_', ' ')}")
        only(name, values, fields)
        for field in required:
            if field not in values:
                raise bad_request(f"Can't parse {name.replace('_', ' ')}: Can't find field \"{field}\"")
        return {field: fields[field](field, value) for field, value in values.items()}

    return check
