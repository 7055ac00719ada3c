"""A typed line names a base, whatever its name holds, with a phone behind it or without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.base_names import matching, meant
from bot.domain.bases import Listed
from tests.times import NOON

PHONE = "79119876543"
NAMES = ("VIP", "vip", "Опт, розница", "Клиенты 2024", "Совет <ТСЖ> & Ко", f"База {PHONE}", "База")
LISTED = [Listed(n, name, 1, None, listed=True, seen_at=NOON) for n, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize("name", NAMES)
def test_an_exact_name_always_means_its_own_base(name: str) -> None:
    """Even one that ends like a phone, or differs from another by case alone."""
    found = meant(name, LISTED)
    assert found.base is not None
    assert (found.base.name, found.phone) == (name, None)


@pytest.mark.parametrize("phone", [PHONE, "+7 911 987-65-43", "8 (911) 987-65-43", "8 911 987 65 43"])
@pytest.mark.parametrize("name", ["VIP", "Опт, розница", "Клиенты 2024", "Совет <ТСЖ> & Ко"])
def test_a_phone_behind_a_name_is_split_off_however_it_is_written(name: str, phone: str) -> None:
    found = meant(f"  {name} {phone} ", LISTED)
    assert found.base is not None
    assert (found.base.name, found.phone) == (name, PHONE)


def test_case_is_forgiven_where_no_name_is_exact() -> None:
    found = meant("КЛИЕНТЫ 2024", LISTED)
    assert found.base is not None
    assert found.base.name == "Клиенты 2024"


def test_what_is_no_name_becomes_a_search_without_its_phone() -> None:
    found = meant(f"розн {PHONE}", LISTED)
    assert (found.base, found.phone, found.query) == (None, PHONE, "розн")
    assert [base.name for base in matching(found.query, LISTED)] == ["Опт, розница"]


@pytest.mark.parametrize("phone", [PHONE, "+7 (911) 987-65-43", "8 911 987 65 43"])
def test_a_phone_alone_is_looked_for_and_no_part_of_a_name(phone: str) -> None:
    found = meant(phone, LISTED)
    assert (found.base, found.phone, found.query) == (None, PHONE, "")
    assert matching(found.query, LISTED) == LISTED


@given(st.text(max_size=60))
def test_any_line_means_something_and_finds_at_most_what_is_listed(typed: str) -> None:
    found = meant(typed, LISTED)
    assert found.base is None or found.base in LISTED
    assert set(matching(found.query, LISTED)) <= set(LISTED)


@given(st.text(min_size=1, max_size=60).filter(lambda name: name == name.strip()))
def test_any_name_is_found_by_typing_it(name: str) -> None:
    only = [Listed(1, name, 1, None, listed=True, seen_at=NOON)]
    assert meant(name, only).base == only[0]
