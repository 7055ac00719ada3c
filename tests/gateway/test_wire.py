"""Bodies are what the provider documents; replies are read leniently, and never into a false success."""

import email
import email.policy
import json
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import wire
from gateway.errors import Flaw, InvalidRequestError, Reason
from gateway.models import Balance, BatchResult, DeliveryStatus, PhoneBase
from tests.gateway.test_errors import DOCUMENTED

Parser = Callable[[str], object]
PARSERS: list[Parser] = [
    wire.parse_balance,
    wire.parse_bases,
    wire.parse_batch,
    wire.parse_error,
    wire.parse_mms,
    wire.parse_mms_error,
    wire.parse_phones,
    wire.parse_send,
    wire.parse_status,
    wire.parse_success,
    wire.parse_yes_no,
]
WINDOWS_1251 = "".join(bytes([code]).decode("cp1251") for code in range(256) if code != 0x98)
BLANKS = st.text(" \t\r\n", max_size=3)
PHONES = st.from_regex("7[0-9]{10}", fullmatch=True)
MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def drift(text: str) -> st.SearchStrategy[str]:
    """The same answer in other letter cases, with blanks around it."""
    cases = st.sampled_from([text, text.lower(), text.upper(), text.title()])
    return st.tuples(BLANKS, cases, BLANKS).map("".join)


def test_a_form_is_windows_1251() -> None:
    """Russian letters travel as Windows-1251 bytes."""
    assert wire.encode_form({"message": "Привет, мир!"}, "cp1251") == b"message=%CF%F0%E8%E2%E5%F2%2C+%EC%E8%F0%21"


@given(st.dictionaries(st.sampled_from(["message", "from", "base"]), st.text(WINDOWS_1251)))
def test_a_form_carries_every_character_of_its_charset(fields: dict[str, str]) -> None:
    """What Windows-1251 has, arrives: separators, line breaks and blanks too."""
    content = wire.encode_form(fields, "cp1251").decode("ascii")
    assert dict(parse_qsl(content, keep_blank_values=True, encoding="cp1251", errors="strict")) == fields


@pytest.mark.parametrize(("text", "charset"), [("5 ₽", "cp1251"), ("👍", "cp1251"), ("\ud800", "utf-8")])
def test_what_the_charset_lacks_is_refused_by_field(text: str, charset: str) -> None:
    """No character is replaced in silence; the error names the field and holds nothing of the text."""
    with pytest.raises(InvalidRequestError) as caught:
        wire.encode_form({"user": "me", "message": text}, charset)
    assert (caught.value.field, caught.value.flaw) == ("message", Flaw.UNENCODABLE)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), st.binary())
def test_a_multipart_body_carries_texts_and_picture(text: str, picture: bytes) -> None:
    """An independent parser reads every part as it was given."""
    content = wire.encode_multipart({"subject": "Тема", "text": text}, picture, "b0und4ry")
    head = b"Content-Type: multipart/form-data; boundary=b0und4ry\r\n\r\n"
    message = email.message_from_bytes(head + content, policy=email.policy.HTTP)
    parts = list(message.walk())[1:]
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["subject", "text", "picture"]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/plain", "image/png"]
    assert parts[2].get_filename() == "picture.png"
    assert content.split(b"\r\n\r\n")[1].startswith("Тема".encode())
    assert b"\r\n\r\n" + text.encode() + b"\r\n--b0und4ry" in content
    assert b"\r\n\r\n" + picture + b"\r\n--b0und4ry--\r\n" in content


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Баланс".encode(), "Баланс"),
        ("Баланс".encode("cp1251"), "Баланс"),
        (b"\xef\xbb\xbfYes", "Yes"),
        (b"\xff\x98", "я\ufffd"),
    ],
)
def test_replies_are_utf_8_else_windows_1251(content: bytes, text: str) -> None:
    """Either charset is read, with or without a byte order mark."""
    assert wire.decode(content) == text


@given(st.binary())
def test_decoding_never_fails(content: bytes) -> None:
    """Any bytes become a text: what was answered can always be shown."""
    assert isinstance(wire.decode(content), str)


@pytest.mark.parametrize("parse_error", [wire.parse_error, wire.parse_mms_error])
@given(data=st.data())
def test_documented_errors_are_recognised(parse_error: Parser, data: st.DataObject) -> None:
    """Each documented text gives its reason, however cased, spaced or quoted."""
    text, reason = data.draw(st.sampled_from(sorted(DOCUMENTED.items(), key=lambda item: item[0])))
    colon = data.draw(st.sampled_from([":", ": ", " : ", ":\t"]))
    apostrophe = data.draw(st.sampled_from("'’`"))
    assert parse_error(data.draw(drift(f"Error{colon}{text}".replace("'", apostrophe)))) is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Error: something new", Reason.OTHER),
        ("Error: authentication failure, sort of", Reason.OTHER),
        ("Error", None),
        ("Error:", None),
        ("Error 502", None),
        ("Error: one\nMessage successfully sent! Message_ID=1", None),
        ("Error: <b>gone</b>", None),
        ("An Error: wrong base", None),
    ],
)
def test_unknown_error_texts_are_other_and_nothing_else_is_an_error(text: str, reason: Reason | None) -> None:
    """One line behind `Error:` is a refusal; anything looser might be a server's page."""
    assert wire.parse_error(text) is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Error", Reason.OTHER),
        ("Error: picture is too large", Reason.OTHER),
        ("Error\nwrong phone number", Reason.WRONG_PHONE_NUMBER),
        ("error_your credit is null", Reason.YOUR_CREDIT_IS_NULL),
        ("Errors everywhere", None),
        ("Error <html>", None),
        ("Ok_Error", None),
    ],
)
def test_mms_errors_come_in_any_shape(text: str, reason: Reason | None) -> None:
    """The MMS description promises `Error` and a description, no more."""
    assert wire.parse_mms_error(text) is reason


@given(st.from_regex("[A-Za-z0-9_-]{1,64}", fullmatch=True), BLANKS, BLANKS)
def test_ids_are_read_as_they_stand(number: str, before: str, after: str) -> None:
    """An id is opaque: neither its case nor its zeros change."""
    assert wire.parse_send(f"{before}Message successfully sent! Message_ID={number}{after}") == number
    assert wire.parse_send(f"message  successfully sent !\r\nmessage_id = {number}") == number
    assert wire.parse_mms(f"{before}Ok_{number}{after}") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Message successfully sent!",
        "Message successfully sent! Message_ID=",
        "Message successfully sent! Message_ID=12 34",
        "Message successfully sent! Message_ID=<b>",
        "Message not successfully sent! Message_ID=1",
        "<p>Message successfully sent! Message_ID=1</p>",
        "Ok",
        "Ok_",
        "Ok_1 2",
        "Success",
    ],
)
def test_half_a_success_is_none(text: str) -> None:
    """A send is believed only in the provider's own words."""
    assert (wire.parse_send(text), wire.parse_mms(text)) == (None, None)


@pytest.mark.parametrize("status", DeliveryStatus)
@given(data=st.data())
def test_statuses_are_recognised(status: DeliveryStatus, data: st.DataObject) -> None:
    """Each status is read, however cased and spaced."""
    assert wire.parse_status(data.draw(drift(f"Status : {status.value}"))) is status


@pytest.mark.parametrize("text", ["Status: sent", "delivered", "Status: delivered soon", "Status:"])
def test_unknown_statuses_are_none(text: str) -> None:
    """A status the description does not name is not taken for one it does."""
    assert wire.parse_status(text) is None


@given(MONEY, MONEY, BLANKS)
def test_money_is_read_to_the_kopeck(balance: Decimal, overdraft: Decimal, blank: str) -> None:
    """Balance and overdraft come back as the very decimals, with a point or a comma."""
    text = f"{blank}Balance: {balance:f};{blank}Overdraft: {overdraft:f}{blank}"
    expected = Balance(balance, overdraft)
    assert wire.parse_balance(text) == expected
    assert wire.parse_balance(text.replace(".", ",").upper()) == expected


def test_the_documented_balance() -> None:
    """Section 4.2's own example; what can be spent reaches down to the overdraft."""
    balance = wire.parse_balance("Balance: 5006.75; Overdraft: -10000.00")
    assert balance == Balance(Decimal("5006.75"), Decimal(-10000))
    assert balance.available == Decimal("15006.75")


@pytest.mark.parametrize("text", ["Balance: 5006.75", "Balance: 5 006.75; Overdraft: 0", "Balance: ; Overdraft: 0"])
def test_half_a_balance_is_none(text: str) -> None:
    """No sum is guessed from a part of one."""
    assert wire.parse_balance(text) is None


@given(st.lists(st.tuples(st.text(), st.text(st.characters(codec="ascii")), st.integers(0, 10**9)), max_size=5))
def test_bases_come_back_as_they_are_named(rows: list[tuple[str, str, int]]) -> None:
    """Names survive with their quotes and commas; totals, which come as strings, are numbers."""
    reply = json.dumps([{"base_name": n, "id": i, "phones_total": str(t)} for n, i, t in rows])
    assert wire.parse_bases(reply) == [PhoneBase(*row) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        "[{}]",
        '[{"base_name": "a", "id": "1"}]',
        '[{"base_name": "a", "id": "1", "phones_total": "many"}]',
        '[{"base_name": "a", "id": "1", "phones_total": "-1"}]',
        "[" * 100_000,
        "[" + "9" * 5_000 + "]",
    ],
)
def test_broken_lists_of_bases_are_none(text: str) -> None:
    """A list is read whole or not at all."""
    assert wire.parse_bases(text) is None


@given(
    st.integers(0, 10**9),
    st.lists(st.text(st.characters(codec="ascii"))),
    st.sampled_from(["=>", " => ", ":"]),
)
def test_batch_results_are_read_from_the_perl_hash(added: int, rejected: list[str], arrow: str) -> None:
    """Arrows separate keys from values, and an arrow within a refused entry stays one."""
    reply = f'{{"success"{arrow}{added}, "errors"{arrow}{json.dumps(rejected)}}}'
    assert wire.parse_batch(reply) == BatchResult(added, tuple(rejected))


def test_the_documented_batch_result() -> None:
    """Section 3.2's own example."""
    reply = '{"success"=>2, "errors"=>["70987654321", "1728376"]}'
    assert wire.parse_batch(reply) == BatchResult(2, ("70987654321", "1728376"))


def test_an_arrow_within_a_refused_entry_stays() -> None:
    """Only arrows outside quotes are the hash's own."""
    reply = r'{"success"=>0, "errors"=>["a=>b", "\"=>"]}'
    assert wire.parse_batch(reply) == BatchResult(0, ("a=>b", '"=>'))


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"success"=>2}',
        '{"success"=>true, "errors"=>[]}',
        '{"success"=>-1, "errors"=>[]}',
        '{"success"=>2, "errors"=>[null]}',
        '{"success"=>2, "errors"=>"none"}',
        '{"success"=>2, "errors"=>[system("ls")]}',
    ],
)
def test_broken_batch_results_are_none(text: str) -> None:
    """A count is not believed without the list of refusals, and nothing is evaluated."""
    assert wire.parse_batch(text) is None


@given(st.lists(PHONES, min_size=1, max_size=20), st.lists(st.from_regex(r"[\s,;]+", fullmatch=True), min_size=1))
def test_phones_are_read_whatever_separates_them(phones: list[str], separators: list[str]) -> None:
    """Line breaks, commas, semicolons and blanks all end a phone, in order and with repeats."""
    reply = "".join(phone + separators[index % len(separators)] for index, phone in enumerate(phones))
    assert wire.parse_phones(reply) == phones


@given(drift("No phones in base"))
def test_an_empty_base_says_so(reply: str) -> None:
    """An empty base is an empty list only in the provider's words."""
    assert wire.parse_phones(reply) == []


@pytest.mark.parametrize("text", ["", "<html>", "79119876543 ok", "404", "7911987654379119876543"])
def test_what_is_no_list_of_phones_is_none(text: str) -> None:
    """An empty answer or a page is not an empty base."""
    assert wire.parse_phones(text) is None


@given(drift("Success"), drift("Yes"), drift("No"))
def test_single_words(success: str, yes: str, no: str) -> None:
    """`Success`, `Yes` and `No` are read in any case."""
    assert (wire.parse_success(success), wire.parse_yes_no(yes), wire.parse_yes_no(no)) == (True, True, False)


@pytest.mark.parametrize("text", ["", "Successful", "Success? No", "Yes and No", "1", "<p>Success</p>"])
def test_other_words_are_none(text: str) -> None:
    """Nothing but the bare word is taken for it."""
    assert (wire.parse_success(text), wire.parse_yes_no(text)) == (None, None)


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@given(junk=st.one_of(st.text(), st.text(WINDOWS_1251), st.text('{}[]"=>:,\\ 1')))
def test_junk_is_never_read_and_never_raises(parse: Parser, junk: str) -> None:
    """A text outside the provider's grammar gives None, quietly."""
    parse(junk)
    assert parse(f"?{junk}") is None
