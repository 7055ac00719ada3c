"""Numbers, money, times and phones as a reader writes them: Python formats first, Fluent gets ready strings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal, format_percent

from bot.chat.texts import Markup, Texts
from gateway.phones import mask, show

__all__ = ["Formats"]

_NBSP: Final = "\u00a0"
_MINUS: Final = "\u2212"
_SHARE: Final = {"ru": f"#,##0{_NBSP}%", "en": "#,##0%"}
_UNITS: Final = (("unit-days", 86_400), ("unit-hours", 3_600), ("unit-minutes", 60), ("unit-seconds", 1))


@dataclass(frozen=True, slots=True)
class Formats:
    """How one reader's language and zone write values; `now` decides what is "today"."""

    words: Texts
    zone: ZoneInfo
    now: datetime

    def count(self, number: int) -> str:
        """Group the thousands: 12 431 or 12,431."""
        return format_decimal(number, locale=self.words.language)

    def amount(self, roubles: Decimal) -> str:
        """Write money without its sign: −1 240,00 or −1,240.00."""
        written = format_decimal(roubles, "#,##0.00", locale=self.words.language)
        return written.replace("-", _MINUS)

    def money(self, roubles: Decimal) -> str:
        """Write money: 15 006,75 ₽ or 15,006.75 ₽. Babel's own currency format gives "RUB15,006.75"."""
        return f"{self.amount(roubles)}{_NBSP}₽"

    def percent(self, share: float) -> str:
        """Write a share of one: 62 % or 62%."""
        return format_percent(share, _SHARE[self.words.language], locale=self.words.language)

    def change(self, before: int, after: int) -> str:
        """Write by how much of itself a number has changed: +14 %, −100 %; from nothing, by how many."""
        sign, by = (_MINUS if after < before else "+"), abs(after - before)
        return f"{sign}{self.percent(by / before) if before else self.count(by)}"

    def moment(self, instant: datetime) -> str:
        """Write when something happened: 12:04 today, else 24 нояб., 12:04; another year is named."""
        local, today = instant.astimezone(self.zone), self.now.astimezone(self.zone)
        if local.date() == today.date():
            return self._date(local, "HH:mm")
        return self._date(local, "d MMM, HH:mm" if local.year == today.year else "d MMM y, HH:mm")

    def at(self, instant: datetime) -> str:
        """Write when, as part of a sentence: в 12:04, at 12:04, on 24 Nov, 12:04."""
        written = self.moment(instant)
        if instant.astimezone(self.zone).date() == self.now.astimezone(self.zone).date():
            return self.words.plain("word-at-time", time=written)
        return self.words.plain("word-on-day", day=written)

    def second(self, instant: datetime) -> str:
        """Write a time of the day to the second: 12:04:15."""
        return self._date(instant.astimezone(self.zone), "HH:mm:ss")

    def start(self, instant: datetime) -> str:
        """Write an appointed time in full: вторник, 24 ноября, 10:00 (Москва, UTC+3)."""
        local = instant.astimezone(self.zone)
        return f"{self._date(local, 'EEEE, d MMMM, HH:mm')} ({self.place(self.zone, instant)})"

    def dated(self, instant: datetime) -> str:
        """Write an appointed time for a list: вт 24 нояб., 10:00."""
        return self._date(instant.astimezone(self.zone), "ccc d MMM, HH:mm")

    def clock(self, instant: datetime, zone: ZoneInfo | None = None) -> str:
        """Write the time of the day alone: 10:00."""
        return self._date(instant.astimezone(zone or self.zone), "HH:mm")

    def day(self, day: date) -> str:
        """Write a day in full: вторник, 24 ноября."""
        return format_date(day, f"EEEE, d{_NBSP}MMMM", locale=self.words.language)

    def brief_day(self, day: date) -> str:
        """Write a day in a line: 24 нояб.; another year is named."""
        this = day.year == self.now.astimezone(self.zone).year
        return format_date(day, f"d{_NBSP}MMM" if this else f"d{_NBSP}MMM y", locale=self.words.language)

    def short_day(self, day: date) -> str:
        """Write a day for a button: Вт 24."""
        written = format_date(day, "ccc d", locale=self.words.language)
        return written[:1].upper() + written[1:]

    def city(self, zone: ZoneInfo) -> str:
        """Name the zone's city: Екатеринбург."""
        name = get_timezone_location(zone.key, locale=self.words.language, return_city=True)
        return name.rsplit("/", 1)[-1]

    def offset(self, zone: ZoneInfo, instant: datetime | None = None) -> str:
        """Write the zone's distance from UTC, at present or at an instant: +3, +5:30, −5."""
        minutes = int(((instant or self.now).astimezone(zone).utcoffset() or timedelta()).total_seconds()) // 60
        sign = _MINUS if minutes < 0 else "+"
        hours, rest = divmod(abs(minutes), 60)
        return f"{sign}{hours}" + (f":{rest:02}" if rest else "")

    def place(self, zone: ZoneInfo, instant: datetime | None = None) -> str:
        """Name a zone as a person knows it, at present or at an instant: Москва, UTC+3."""
        city = self.city(zone)
        return city if city == "UTC" else f"{city}, UTC{self.offset(zone, instant)}"

    def duration(self, length: timedelta) -> str:
        """Write a length of time in its two largest units, rounded down: 40 с, 2 дн. 4 ч."""
        rest, written = max(0, int(length.total_seconds())), []
        for unit, size in _UNITS:
            number, rest = divmod(rest, size)
            written.append(self._unit(unit, number) if number else "")
        first = next((place for place, part in enumerate(written) if part), len(_UNITS) - 1)
        return " ".join(filter(None, written[first : first + 2])) or self._unit("unit-seconds", 0)

    def hours(self, length: timedelta) -> str:
        """Write a length of time in hours alone, as waiting periods are named: 72 ч."""
        return self._unit("unit-hours", int(length / timedelta(hours=1)))

    def interval(self, length: timedelta) -> str:
        """Write a distance for a button: Через 30 мин, In 30 min."""
        return self.words.plain("word-in", duration=self.duration(length))

    @staticmethod
    def phone(phone: str, *, masked: bool = False) -> Markup:
        """Write a phone so that a tap copies it; masked it cannot be copied, for there is nothing to copy."""
        return Markup(mask(phone)) if masked else Markup(f"<code>{show(phone)}</code>")

    def _unit(self, unit: str, number: int) -> str:
        return self.words.plain(unit, n=number).replace(" ", _NBSP)

    def _date(self, local: datetime, pattern: str) -> str:
        return format_datetime(local, pattern.replace("d MMM", f"d{_NBSP}MMM"), locale=self.words.language)
