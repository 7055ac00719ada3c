from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.sms2.forms import Form, decode
from sandbox.store import Store
from tests.sandbox.sms2_client import ACCOUNT, FORM, SMS, Sms2Client

_CP1251 = bytes(byte for byte in range(256) if byte != 0x98).decode("cp1251")
_SENT = "Message successfully sent! Message_ID=27460"
_CANT_SEND = "Error: can't send this message"


def _forgive(store: Store) -> list[tuple[str, str]]:
    """Give the violations so far, and forget them."""
    found = [(violation["where"], violation["what"]) for violation in store.violations()]
    store.forgive()
    return found


@pytest.mark.parametrize("text", ["Ёлка, №5 — «да»", "100% + 1 & 2 = 3;\r\nда", "€uro", "Я", "ВСЁ"])
async def test_windows_1251_arrives_byte_by_byte(sms2: Sms2Client, text: str) -> None:
    assert await sms2.send(message=text) == _SENT
    assert [message["text"] for message in (await sms2.state())["messages"]] == [text]


async def test_utf8_is_refused_where_windows_1251_is_due(sms2: Sms2Client, store: Store) -> None:
    """Real gateways send the mojibake; here it is a fault of the client's, even if Windows-1251 can read it."""
    answer = await sms2.post("/sms.cgi", urlencode({**ACCOUNT, **SMS}).encode())
    assert (answer, (await sms2.state())["messages"]) == (_CANT_SEND, [])
    assert _forgive(store) == [("sms.cgi", "parameter message is UTF-8 where Windows-1251 is due")]


async def test_utf8_is_right_once_enc_says_so(sms2: Sms2Client) -> None:
    text = "Ваш заказ 1042 готов 😀 ₽"
    assert await sms2.post("/sms.cgi", urlencode({**ACCOUNT, **SMS, "message": text, "enc": "utf-8"}).encode()) == _SENT
    assert [message["text"] for message in (await sms2.state())["messages"]] == [text]


async def test_windows_1251_is_refused_once_enc_promises_utf8(sms2: Sms2Client, store: Store) -> None:
    assert await sms2.send(enc="utf-8") == _CANT_SEND
    assert _forgive(store) == [("sms.cgi", "parameter message is not utf-8")]


async def test_a_byte_that_windows_1251_lacks_is_refused(sms2: Sms2Client, store: Store) -> None:
    body = urlencode({**ACCOUNT, "phone": SMS["phone"], "from": SMS["from"]}) + "&message=%98"
    assert await sms2.post("/sms.cgi", body.encode()) == _CANT_SEND
    assert _forgive(store) == [("sms.cgi", "parameter message is not cp1251")]


async def test_base_names_are_windows_1251_too(sms2: Sms2Client, store: Store) -> None:
    fields = {**ACCOUNT, "function": "get_base", "base": "Клиенты"}
    assert await sms2.post("/api_call.cgi", urlencode(fields).encode()) == "Error: wrong function"
    assert _forgive(store) == [("api_call.cgi", "parameter base is UTF-8 where Windows-1251 is due")]


async def test_enc_is_known_to_sms_cgi_alone(sms2: Sms2Client, store: Store) -> None:
    answer = await sms2.function("start_multicast", message="Hi", bases="VIP", enc="utf-8", **{"from": "MyShop"})
    assert answer == "Error: wrong function"
    assert _forgive(store) == [("api_call.cgi", "unknown parameter enc")]


@pytest.mark.parametrize(
    ("script", "fields", "answer", "what"),
    [
        ("sms.cgi", {**SMS, "to": "me"}, _CANT_SEND, "unknown parameter to"),
        ("sms.cgi", {**SMS, "flash": "yes"}, _CANT_SEND, "flash is 'yes'"),
        ("sms.cgi", {**SMS, "enc": "cp1251"}, _CANT_SEND, "enc is 'cp1251'"),
        ("sms_status2.cgi", {"mess_id": "1", "id": "1"}, "Error: no such message", "unknown parameter id"),
        ("get_credit_info.cgi", {"f": "1"}, "Error: authentication failure", "unknown parameter f"),
        ("api_call.cgi", {"function": "drop_base"}, "Error: wrong function", "unknown function 'drop_base'"),
        ("api_call.cgi", {}, "Error: wrong function", "unknown function ''"),
        (
            "api_call.cgi",
            {"function": "list_of_bases", "base": "VIP"},
            "Error: wrong function",
            "unknown parameter base",
        ),
    ],
)
async def test_what_a_script_does_not_know_is_refused_and_remembered(
    sms2: Sms2Client, store: Store, *, script: str, fields: dict[str, str], answer: str, what: str
) -> None:
    assert await sms2.call(f"/{script}", **fields) == answer
    assert _forgive(store) == [(script, what)]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"user=sandbox&pass=sandbox&phone=79119876543&from=MyShop&message=Hi&message=Hi", "parameter message twice"),
        (
            b"user=sandbox&pass=sandbox&phone=79119876543&from=MyShop&message=Hi all",
            "a body that is not percent-encoded",
        ),
        (b"user=sandbox&pass=sandbox&phone=79119876543&from=MyShop&message=5%", "a body that is not percent-encoded"),
    ],
)
async def test_a_careless_body_is_refused(sms2: Sms2Client, store: Store, body: bytes, what: str) -> None:
    assert await sms2.post("/sms.cgi", body) == _CANT_SEND
    assert _forgive(store) == [("sms.cgi", what)]


async def test_a_body_that_is_no_form_is_refused(sms2: Sms2Client, store: Store) -> None:
    answer = await sms2.post("/sms.cgi", b"{}", {"content-type": "application/json"})
    assert answer == "Error: authentication failure"
    assert _forgive(store) == [("sms.cgi", "a body of type application/json")]


async def test_a_broken_multipart_is_refused(sms2: Sms2Client, store: Store) -> None:
    answer = await sms2.post("/sms.cgi", b"--x\r\n\r\nno name", {"content-type": "multipart/form-data; boundary=x"})
    assert answer == "Error: authentication failure"
    assert [what.partition(":")[0] for _, what in _forgive(store)] == ["broken multipart"]


async def test_a_post_keeps_its_parameters_out_of_the_url(sms2: Sms2Client, store: Store) -> None:
    url = "/sms.cgi?" + urlencode(ACCOUNT)
    assert await sms2.post(url, urlencode(SMS, encoding="cp1251").encode()) == "Error: authentication failure"
    assert _forgive(store) == [("sms.cgi", "a POST with parameters in its URL")]


async def test_a_script_the_provider_does_not_have_is_remembered(sms2: Sms2Client, store: Store) -> None:
    answers = [await sms2.http.post(path) for path in ("/mms.cgi", "/status.php")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert _forgive(store) == [("/mms.cgi", "unknown script"), ("/status.php", "unknown script")]


async def test_answers_come_in_the_charset_the_control_chose(sms2: Sms2Client) -> None:
    """The description leaves the charset of answers open: a client has to bear both."""
    bodies = []
    for charset in ("utf-8", "windows-1251"):
        await sms2.control("sms2/settings", answer_charset=charset)
        answer = await sms2.http.post("/api_call.cgi", data={**ACCOUNT, "function": "list_of_bases"}, headers=FORM)
        bodies.append(answer.content)
    assert bodies[0].decode("utf-8") == bodies[1].decode("cp1251")


@given(st.text(_CP1251))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_windows_1251_text_decodes_to_itself(text: str) -> None:
    params, _ = decode(Form("POST", 0, {"message": text.encode("cp1251")}), "cp1251")
    assert params == {"message": text}


@given(st.text(min_size=1))
def test_only_proper_utf8_passes_as_utf8(text: str) -> None:
    form = Form("POST", 0, {"right": text.encode("utf-8"), "wrong": b"\xff" + text.encode("utf-8")})
    params, problems = decode(form, "utf-8")
    assert (params["right"], problems) == (text, ["parameter wrong is not utf-8"])


@given(st.text("АБВЯабвяёЁ ,.-", min_size=1).filter(str.strip))
def test_russian_in_utf8_never_passes_as_windows_1251(text: str) -> None:
    russian = "Да " + text
    _, problems = decode(Form("POST", 0, {"message": russian.encode()}), "cp1251")
    assert "parameter message is UTF-8 where Windows-1251 is due" in problems


@given(st.lists(st.sampled_from(["привет", "мир", "как", "дела", "заказ", "готов", "скидка"]), min_size=1))
def test_russian_words_in_windows_1251_never_pass_for_utf8(words: list[str]) -> None:
    text = " ".join(words)
    assert decode(Form("POST", 0, {"message": text.encode("cp1251")}), "cp1251") == ({"message": text}, [])


async def test_a_get_with_a_query_works_as_in_a_browser(sms2: Sms2Client) -> None:
    query = "&".join(f"{name}={quote(value, encoding='cp1251')}" for name, value in {**ACCOUNT, **SMS}.items())
    assert (await sms2.http.get(f"/sms.cgi?{query}")).text == _SENT
