import struct
import zlib
from hashlib import md5

import pytest

from tests.sandbox.sms2_client import Sms2Client

_HASH = md5(b"sandbox", usedforsecurity=False).hexdigest()
_FIELDS = {"user": "sandbox", "hash": _HASH, "phone": "79119876543", "subject": "Меню", "text": "Ждём вас ☕"}


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(padding: int = 0) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + _chunk(b"teXt", b"x" * padding) + _chunk(b"IEND", b"")


async def _send(sms2: Sms2Client, picture: bytes | None = None, **changes: str) -> str:
    files = None if picture is None else {"picture": ("picture.png", picture, "image/png")}
    answer = await sms2.http.post("/api.php", data={**_FIELDS, **changes}, files=files)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain")
    return answer.text


async def test_text_and_picture_arrive_as_they_were_sent(sms2: Sms2Client) -> None:
    assert await _send(sms2, _png()) == "Ok_006B44"
    [message] = (await sms2.state())["messages"]
    shown = [message[key] for key in ("kind", "mms_id", "phone", "subject", "text", "price")]
    assert shown == ["mms", "Ok_006B44", "79119876543", "Меню", "Ждём вас ☕", "15.00"]
    picture = await sms2.http.get(message["picture"])
    assert (picture.headers["content-type"], picture.content) == ("image/png", _png())


async def test_a_picture_is_optional(sms2: Sms2Client) -> None:
    assert await _send(sms2) == "Ok_006B44"
    [message] = (await sms2.state())["messages"]
    assert message["picture"] is None
    assert (await sms2.http.get("/control/sms2/pictures/27460")).status_code == 404


async def test_its_id_has_no_status(sms2: Sms2Client) -> None:
    mms_id = await _send(sms2)
    answers = [await sms2.call("/sms_status2.cgi", mess_id=mess_id) for mess_id in (mms_id, "27460")]
    assert answers == ["Error: no such message"] * 2


async def test_the_hash_may_be_in_capitals(sms2: Sms2Client) -> None:
    assert await _send(sms2, hash=_HASH.upper()) == "Ok_006B44"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"hash": "sandbox"}, "authentication failure"),
        ({"user": "other"}, "authentication failure"),
        ({"phone": "89119876543"}, "unsupported phone number"),
        ({"phone": "79110000005"}, "direction is closed"),
        ({"phone": "79110000001"}, "phone blacklisted"),
        ({"text": " "}, "message is empty"),
    ],
)
async def test_a_wrong_one_is_refused(sms2: Sms2Client, changes: dict[str, str], error: str) -> None:
    assert await _send(sms2, None, **changes) == f"Error: {error}"
    assert (await sms2.state())["messages"] == []


@pytest.mark.parametrize("picture", [b"GIF89a", b"\xff\xd8\xff\xe0 JFIF", _png()[:-4], b"x" + _png()])
async def test_only_a_whole_png_is_a_picture(sms2: Sms2Client, picture: bytes) -> None:
    assert await _send(sms2, picture) == "Error: picture is not a PNG"


@pytest.mark.parametrize(("excess", "answer"), [(0, "Ok_006B44"), (1, "Error: message is larger than 300 KB")])
async def test_subject_text_and_picture_share_300_kilobytes(sms2: Sms2Client, excess: int, answer: str) -> None:
    texts = len((_FIELDS["subject"] + _FIELDS["text"]).encode())
    assert await _send(sms2, _png(300 * 1024 - texts - len(_png()) + excess)) == answer


async def test_it_costs_its_own_price(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", balance="14.99", overdraft="0")
    assert await _send(sms2) == "Error: your credit is null"
    await sms2.control("sms2/settings", mms_price="14.99")
    assert await _send(sms2) == "Ok_006B44"


async def test_the_journal_has_the_pictures_size_and_no_hash(sms2: Sms2Client) -> None:
    await _send(sms2, _png())
    [call] = (await sms2.state())["calls"]
    assert call["params"]["picture"] == f"{len(_png())} bytes"
    assert "hash" not in call["params"]
