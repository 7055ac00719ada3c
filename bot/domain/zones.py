"""Zones as people name them: Europe/Berlin, Berlin, and the city in either language."""

from collections.abc import Iterator, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

__all__ = ["zone_named"]

_LOCALES = ("en", "ru")


def zone_named(text: str) -> str | None:
    """Return the IANA name of the zone that somebody means; None where there is no such zone."""
    return _zones().get(_key(text))


@cache
def _zones() -> Mapping[str, str]:
    """Map every way to write a zone to its name; of two zones so called the one written out wins."""
    zones: dict[str, str] = {}
    for written, zone in _names(sorted(available_timezones())):
        zones.setdefault(_key(written), zone)
    return zones


def _names(zones: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((zone, zone) for zone in zones)
    # Etc/GMT+3 lies west of Greenwich: who writes GMT+3 means the other side.
    yield from ((zone.rpartition("/")[2], zone) for zone in zones if not zone.startswith("Etc/"))
    for locale in _LOCALES:
        cities = Locale(locale).time_zones
        yield from ((cities[zone]["city"], zone) for zone in zones if "city" in cities.get(zone, {}))


def _key(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").casefold().replace("ё", "е").split())
