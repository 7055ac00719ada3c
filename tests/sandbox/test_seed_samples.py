"""The provider's own samples (sections 1.3, 2.3, 5, 6 and 7), as the bytes those scripts put on the wire."""

from urllib.parse import quote_from_bytes

import pytest

from sandbox.store import Store
from tests.sandbox.sms2_client import FORM, Sms2Client

_TEXT = "Ваш заказ № 5 готов: (скидка) 10% & 'подарок'!"
_SENT = "Message successfully sent! Message_ID=27460"


@pytest.fixture(autouse=True)
async def _account(sms2: Sms2Client) -> None:
    await sms2.control("sms2/settings", login="your_login", password="your_password")


async def _received(sms2: Sms2Client) -> list[tuple[str, str, str, bool]]:
    messages = (await sms2.state())["messages"]
    return [(row["phone"], row["sender"], row["text"], row["flash"]) for row in messages]


def _lwp_form(fields: dict[str, str]) -> bytes:
    """Section 5: LWP escapes the UTF-8 bytes that came from the browser, and leaves the marks of RFC 2396."""
    escaped = {name: quote_from_bytes(value.encode(), safe=" !'()*~") for name, value in fields.items()}
    pairs = (f"{name}={value.replace(' ', '+')}" for name, value in escaped.items())
    return "&".join(pairs).encode()


def _curl_multipart(fields: dict[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """Section 6: curl turns a PHP array into multipart/form-data, every value as raw bytes."""
    boundary = "------------------------d74496d66958873e"
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    )
    headers = {"content-type": f"multipart/form-data; boundary={boundary}", "user-agent": "SMSSender/1.5"}
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), headers


def _vbs_body(line: str, sender: str) -> bytes:
    """Section 7: a string glued together, nothing escaped, sent as UTF-8 by Microsoft.XMLHTTP."""
    phone, text = line.split("#")
    start = "user=your_login&pass=your_password"
    return f"{start}&phone={phone}&message={text}&enc=utf-8&from={sender}".encode()


async def test_the_perl_sample_sends(sms2: Sms2Client) -> None:
    fields = {"user": "your_login", "pass": "your_password", "phone": "79119876543", "message": _TEXT}
    body = _lwp_form({**fields, "flash": "0", "from": "Test", "enc": "utf-8"})
    assert b"(%D1%81%D0%BA%D0%B8%D0%B4%D0%BA%D0%B0)+10%25+%26+'" in body
    assert await sms2.post("/sms.cgi", body) == _SENT
    assert await _received(sms2) == [("79119876543", "Test", _TEXT, False)]


async def test_the_perl_samples_default_sender_must_be_latin_letters_and_digits(sms2: Sms2Client) -> None:
    """Without `from` the script signs with the login, and `your_login` has an underscore."""
    fields = {"user": "your_login", "pass": "your_password", "phone": "79119876543", "message": _TEXT}
    body = _lwp_form({**fields, "flash": "0", "from": "your_login", "enc": "utf-8"})
    assert await sms2.post("/sms.cgi", body) == "Error: can't send this message"


async def test_the_php_sample_sends(sms2: Sms2Client) -> None:
    fields = {"user": "your_login", "pass": "your_password", "phone": "79119876543", "message": _TEXT, "from": "Test"}
    body, headers = _curl_multipart({name: value.encode("cp1251") for name, value in fields.items()})
    assert await sms2.post("/sms.cgi", body, headers) == _SENT
    assert await _received(sms2) == [("79119876543", "Test", _TEXT, False)]


async def test_the_1c_sample_sends(sms2: Sms2Client) -> None:
    """A stray percent sign stays, as it does with every lenient CGI library."""
    body = _vbs_body("79119876543#Ваш заказ № 5 готов: скидка 10% вам!", "Test")
    assert await sms2.post("/sms.cgi", body, FORM) == _SENT
    assert await _received(sms2) == [("79119876543", "Test", "Ваш заказ № 5 готов: скидка 10% вам!", False)]


async def test_the_1c_samples_placeholder_is_no_sender(sms2: Sms2Client) -> None:
    body = _vbs_body("79119876543#Заказ готов", "your_sender")
    assert await sms2.post("/sms.cgi", body, FORM) == "Error: can't send this message"


async def test_the_browser_sample_sends_and_asks(sms2: Sms2Client) -> None:
    """Sections 1.3 and 2.3: a URL typed into the browser's address line."""
    account = "user=your_login&pass=your_password"
    sent = await sms2.http.get(f"/sms.cgi?{account}&phone=79119876543&flash=0&message=Test&from=Test")
    status = await sms2.http.get(f"/sms_status2.cgi?{account}&mess_id=27460")
    assert [sent.text, status.text] == [_SENT, "Status: unknown"]
    assert await _received(sms2) == [("79119876543", "Test", "Test", False)]


async def test_the_html_sample_fails_by_its_slip(sms2: Sms2Client, store: Store) -> None:
    """The form says `login` where the parameter is `user`; its button posts a value without a name, thus nothing."""
    body = b"login=your_login&pass=your_password&phone=79119876543&from=Test&flash=1&message=Test"
    assert await sms2.post("/sms.cgi", body) == "Error: authentication failure"
    assert [violation["what"] for violation in store.violations()] == ["unknown parameter login"]
    store.forgive()


async def test_the_html_sample_sends_once_its_slip_is_mended(sms2: Sms2Client) -> None:
    body = b"user=your_login&pass=your_password&phone=79119876543&from=Test&flash=1&message=%CF%F0%E8%E2%E5%F2"
    assert await sms2.post("/sms.cgi", body) == _SENT
    assert await _received(sms2) == [("79119876543", "Test", "Привет", True)]
