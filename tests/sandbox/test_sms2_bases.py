import json

import pytest

from tests.sandbox.sms2_client import Sms2Client

_ALL = ["VIP", "Клиенты", "Совет <ТСЖ> & Ко", "Опт, розница", "Сотрудники"]
_NEEDS_PHONE = ["add_phone_to_base", "is_phone_in_base", "remove_phone_from_base"]


async def _totals(sms2: Sms2Client) -> dict[str, str]:
    bases = json.loads(await sms2.function("list_of_bases"))
    return {base["base_name"]: base["phones_total"] for base in bases}


async def test_the_list_is_json_of_strings(sms2: Sms2Client) -> None:
    bases = json.loads(await sms2.function("list_of_bases"))
    assert [base["base_name"] for base in bases] == _ALL
    assert bases[0] == {"base_name": "VIP", "id": "1", "phones_total": "12"}


async def test_an_added_phone_is_in_the_base_and_counted_until_removed(sms2: Sms2Client) -> None:
    member = {"base": "Совет <ТСЖ> & Ко", "phone": "79119876543"}
    answers = [
        await sms2.function(name, **member)
        for name in (
            "is_phone_in_base",
            "add_phone_to_base",
            "is_phone_in_base",
            "remove_phone_from_base",
            "is_phone_in_base",
        )
    ]
    assert answers == ["No", "Success", "Yes", "Success", "No"]


async def test_the_total_counts_what_was_added(sms2: Sms2Client) -> None:
    await sms2.function("add_phone_to_base", base="Опт, розница", phone="79119876543")
    assert (await _totals(sms2))["Опт, розница"] == "4"


async def test_a_phone_is_neither_added_twice_nor_removed_twice(sms2: Sms2Client) -> None:
    answers = [
        await sms2.function(name, base="VIP", phone="79161230001")
        for name in ("add_phone_to_base", "remove_phone_from_base", "remove_phone_from_base")
    ]
    assert answers == ["Error: can't add phone number", "Success", "Error: can't remove phone number"]


async def test_a_base_is_read_one_phone_a_line(sms2: Sms2Client) -> None:
    assert await sms2.function("get_base", base="Опт, розница") == "79161250001\n79161250002\n79161250003"


async def test_an_empty_base_says_so(sms2: Sms2Client) -> None:
    await sms2.control("sms2/bases", name='Без "номеров"', phones=[])
    assert await sms2.function("get_base", base='Без "номеров"') == "No phones in base"
    assert (await _totals(sms2))['Без "номеров"'] == "0"


async def test_a_batch_answers_with_a_perl_hash(sms2: Sms2Client) -> None:
    """Bad numbers, repeats and phones that are there already are the errors, in the order given."""
    given = "79119876543\r\n79119876544\n\n70987654321\n1728376\n79119876543\n79161230001\nsix"
    answer = await sms2.function("add_phone_to_base_batch", base="VIP", phones=given)
    errors = '"70987654321", "1728376", "79119876543", "79161230001", "six"'
    assert answer == f'{{"success"=>2, "errors"=>[{errors}]}}'
    assert (await _totals(sms2))["VIP"] == "14"


async def test_a_batch_without_errors_has_an_empty_list(sms2: Sms2Client) -> None:
    answer = await sms2.function("add_phone_to_base_batch", base="VIP", phones="79119876543")
    assert answer == '{"success"=>1, "errors"=>[]}'


async def test_a_batch_escapes_what_would_end_its_strings(sms2: Sms2Client) -> None:
    answer = await sms2.function("add_phone_to_base_batch", base="VIP", phones='a"b\\c')
    assert answer == '{"success"=>0, "errors"=>["a\\"b\\\\c"]}'


@pytest.mark.parametrize("function", [*_NEEDS_PHONE, "get_base", "add_phone_to_base_batch"])
async def test_a_protected_base_may_only_be_sent_to(sms2: Sms2Client, function: str) -> None:
    extra = {"phone": "79161260001"} if function in _NEEDS_PHONE else {}
    assert await sms2.function(function, base="Сотрудники", **extra) == "Error: base is protected"


@pytest.mark.parametrize("function", [*_NEEDS_PHONE, "get_base", "add_phone_to_base_batch"])
@pytest.mark.parametrize("base", ["", "vip", "VIP ", "Никто"])
async def test_only_the_exact_name_finds_a_base(sms2: Sms2Client, function: str, base: str) -> None:
    extra = {"phone": "79119876543"} if function in _NEEDS_PHONE else {}
    assert await sms2.function(function, base=base, **extra) == "Error: wrong base"


@pytest.mark.parametrize("function", _NEEDS_PHONE)
@pytest.mark.parametrize("phone", ["", "89119876543", "791198765433", "79110000004"])
async def test_a_wrong_or_unsupported_phone_is_refused(sms2: Sms2Client, function: str, phone: str) -> None:
    assert await sms2.function(function, base="VIP", phone=phone) == "Error: wrong phone number"


async def test_bases_are_for_the_account_alone(sms2: Sms2Client) -> None:
    answer = await sms2.function("list_of_bases", **{"pass": "wrong"})
    assert answer == "Error: authentication failure"


async def test_a_deleted_base_is_unknown_and_cannot_be_deleted_again(sms2: Sms2Client) -> None:
    """The cabinet deletes; no call of the gate can."""
    answers = [await sms2.http.delete("/control/sms2/bases", params={"name": "VIP"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert await sms2.function("get_base", base="VIP") == "Error: wrong base"
    await sms2.control("sms2/bases", name="VIP", phones=[])
    assert await sms2.function("get_base", base="VIP") == "No phones in base"
