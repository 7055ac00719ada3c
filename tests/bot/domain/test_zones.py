"""A zone is found by whatever a person calls it."""

from zoneinfo import available_timezones

import pytest

from bot.domain.zones import zone_named


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Москва", "Europe/Moscow"),
        (" екатеринбург ", "Asia/Yekaterinburg"),
        ("Нью-Йорк", "America/New_York"),
        ("Петропавловск Камчатский", "Asia/Kamchatka"),
        ("UTC", "UTC"),
    ],
)
def test_a_city_in_either_language_is_its_zone(written: str, zone: str) -> None:
    assert zone_named(written) == zone


def test_every_zone_is_found_by_its_name() -> None:
    assert [zone for zone in available_timezones() if zone_named(zone) != zone] == []


@pytest.mark.parametrize("written", ["", "Марс", "GMT+3", "UTC+3", "3"])
def test_what_names_no_zone_is_none(written: str) -> None:
    """GMT+3 least of all: as a zone it is the hour west of Greenwich, not the one east of it."""
    assert zone_named(written) is None
