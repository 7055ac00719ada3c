"""Start times as people type them; now is Monday, 23 November 2026, 12:04:30 in Moscow unless a test says otherwise."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.when import AskHour, At, Now, Past, Unreadable, When, at, days, parse
from bot.domain.when_words import _VOCABULARY, canonical

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
CAIRO = ZoneInfo("Africa/Cairo")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = [MOSCOW, BERLIN, NEW_YORK, KATHMANDU, CAIRO, LORD_HOWE, ZoneInfo("UTC")]
NOW = datetime(2026, 11, 23, 9, 4, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(reading: When, zone: ZoneInfo = MOSCOW) -> str:
    """A reading in one line, by the clock of the zone."""
    match reading:
        case At(moment, shift):
            return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" + (f" {shift}" if shift else "")
        case Past(moment):
            return f"past {moment.astimezone(zone):%Y-%m-%d %H:%M}"
        case AskHour(day):
            return f"ask {day}"
        case _:
            return type(reading).__name__.lower()


def read(text: str, now: str = "2026-11-23 12:04:30", zone: ZoneInfo = MOSCOW, on: date | None = None) -> str:
    """Read at this time of the zone's clock."""
    return told(parse(text, datetime.fromisoformat(now).replace(tzinfo=zone).astimezone(UTC), zone, on), zone)


A_DAY_AND_A_TIME = [
    ("завтра в 10|завтра 10:00|завтра, 10.00|завтра 10|завтра в десять|в 10 завтра|10:00 завтра", "2026-11-24 10:00"),
    (
        "завтра в 10 часов|завтра в 10ч|завтра в 10 ч 00 мин|завтра в 10-00|завтра 10 00|завтра на 10",
        "2026-11-24 10:00",
    ),
    ("на завтра в 10 утра|завтра утром в 10|в 10 завтра утром|ЗАВТРА В 10|  завтра \t в\u00a010 ", "2026-11-24 10:00"),
    ("tomorrow at 10|Tomorrow 10am|tomorrow 10 a.m.|at 10 tomorrow|10 o'clock tomorrow", "2026-11-24 10:00"),
    ("tomorrow morning at 10|at 10 tomorrow morning|tomorrow at 10 in the morning", "2026-11-24 10:00"),
    ("сегодня 23:30|сегодня в 11:30 вечера|today 11:30 pm|tonight at 11:30", "2026-11-23 23:30"),
    ("сегодня вечером в 10|сегодня в 10 вечера|tonight at 10pm|at 10 tonight|today 10 at night", "2026-11-23 22:00"),
    ("послезавтра в 9 утра|после завтра в 9", "2026-11-25 09:00"),
    ("day after tomorrow at 9|the day after tomorrow 9:00", "2026-11-25 09:00"),
    (
        "завтра в 3 дня|завтра 3 дня|завтра днём в 3|завтра дне\u0308м в 3|tomorrow at 3 in the afternoon",
        "2026-11-24 15:00",
    ),
    ("завтра в полдень|завтра в 12 дня|tomorrow at noon|tomorrow 12pm", "2026-11-24 12:00"),
    ("сегодня в 24:00|сегодня в полночь|сегодня в 12 ночи|завтра 00:00|завтра в 0:00", "2026-11-24 00:00"),
    ("завтра в 12:30 ночи|tomorrow 12:30 am|завтра 0:30", "2026-11-24 00:30"),
]
A_TIME = [
    ("10:00|в 10|at 10|10am|10 утра|в 10-00|утром в 10|в десять утра", "2026-11-24 10:00"),
    ("18:00|18-00|18.00|18:00:00|в 18|в 18 00|6 pm|в 6 вечера|вечером в 6", "2026-11-23 18:00"),
    ("12:05|в 12.05", "2026-11-23 12:05"),
    ("12:04|в 12:04", "2026-11-24 12:04"),
    ("в 9 вечера|9 at night|at 9 in the evening", "2026-11-23 21:00"),
    ("в час дня|1 час дня|в 1 час дня|at one in the afternoon", "2026-11-23 13:00"),
    ("в час ночи|1 ночи|1 am", "2026-11-24 01:00"),
    ("в полдень|at noon|noon|midday", "2026-11-24 12:00"),
    ("в полночь|at midnight|12am|12 ночи|в 24:00", "2026-11-24 00:00"),
]
A_WEEKDAY = [
    ("пн 9:30|в понедельник в 9.30|Mon 9:30|Пн., 9-30|on Monday at 9:30", "2026-11-30 09:30"),
    ("пн 18:00|понедельник в 18|mon 6pm", "2026-11-23 18:00"),
    ("вт 10:00|во вторник в 10|в этот вторник в 10|this Tuesday at 10|в 10 во вт", "2026-11-24 10:00"),
    ("в следующий вторник в 10|след. вт 10:00|next Tuesday 10:00", "2026-12-01 10:00"),
    ("в следующий понедельник в 10|next Monday at 10", "2026-11-30 10:00"),
    ("в воскресенье вечером в 8|воскресение 20:00|Sun 8pm", "2026-11-29 20:00"),
]
TIME_THAT_PASSES = [
    ("через 2 часа|через два часа|in 2 hours|in 2h|2 hours from now", "2026-11-23 14:04"),
    ("через час|in an hour|через 60 минут", "2026-11-23 13:04"),
    ("через полчаса|через пол часа|in half an hour|in 30 min|через 30 м", "2026-11-23 12:34"),
    ("через 1 ч 30 мин|через час и 30 минут|через 1,5 часа|через 1.5 ч|через полтора часа", "2026-11-23 13:34"),
    ("in an hour and a half|in 1h 30m|in 1.5 hours|an hour and a half from now", "2026-11-23 13:34"),
    ("через минуту|in 1 minute", "2026-11-23 12:05"),
    ("через 1 дн. 21 ч|in 1 d 21 h", "2026-11-25 09:04"),
]
DAYS_AHEAD = [
    ("через 3 дня в 12|in 3 days at noon|через три дня, 12:00|в 12 через 3 дня", "2026-11-26 12:00"),
    ("через неделю в 10|in a week at 10|через 7 дней в 10", "2026-11-30 10:00"),
]
A_DATE = [
    ("24 ноября 10:00|24-го ноября в 10|24 нояб., 10:00|24 Nov at 10|Nov 24th, 10:00", "2026-11-24 10:00"),
    ("24.11 10:00|24.11.2026 в 10|24.11.26 10.00|10:00 24.11|2026-11-24 10:00|2026-11-24T10:00", "2026-11-24 10:00"),
    ("вторник, 24 ноября, 10:00|Tuesday, 24 November, 10:00|Tue, Nov 24, 2026, 10:00 AM", "2026-11-24 10:00"),
    ("24 числа в 10|24-го в 10|24–го в 10|on the 24th at 10", "2026-11-24 10:00"),
    ("2026-12-01 09:00|1 декабря 2026 г. 9:00|Dec 1 9:00|1st of December at 9am", "2026-12-01 09:00"),
    ("22 числа в 10|22 декабря в 10", "2026-12-22 10:00"),
    ("22 ноября 10:00|22.11 10:00|Nov 22 at 10|22 ноября 2027 в 10", "2027-11-22 10:00"),
]
A_DAY_ALONE = [
    ("завтра|tomorrow|завтра утром|tomorrow morning|вт|24.11|24 ноября|через 1 день", "ask 2026-11-24"),
    ("сегодня|today|сегодня вечером|tonight|пн|Monday|23 ноября|23.11.2026", "ask 2026-11-23"),
    ("1 декабря|1.12|Dec 1|2026-12-01|через 8 дней|в следующий вторник", "ask 2026-12-01"),
    ("10.12|чт 10.12|on 10.12", "ask 2026-12-10"),
]
WHAT_IS_OVER = [
    ("сегодня 9:00|23.11 9:00|today at 9am|23 числа в 9", "past 2026-11-23 09:00"),
    ("сегодня 12:04", "past 2026-11-23 12:04"),
    ("вчера|yesterday|22.11.2026", "past 2026-11-22 00:00"),
    ("вчера в 10|22.11.2026 10:00", "past 2026-11-22 10:00"),
]
AT_ONCE = [("сейчас|now|сразу|Сейчас|прямо сейчас|right now|немедленно", "now")]
NO_TIME = [
    # more than a time
    (
        "Скидка завтра в 10|завтра в 10 скидка|Sale tomorrow at 10|Ждём вас 1 декабря|2 раза в день|10:00!|10:00 🎁",
        "unreadable",
    ),
    # bounds, other clocks
    ("до завтра|с 10:00|около 10|10:00 мск|tomorrow 10:00 UTC|каждый вторник в 10", "unreadable"),
    # half a time
    ("|10|в|в час|10 часов|10 30|утром|через|через день|24|май|2026|24.|в пн в|через 24.11", "unreadable"),
    # two times
    (
        "10-12|завтра 10-15|пн 10|24.11 10|24/11 10:00|10 или 11|завтра в 10 в 11|10:00 завтра в 10|завтра 24.11",
        "unreadable",
    ),
    ("3 дня|через 3 недели 2 дня", "unreadable"),
    # at odds with itself
    ("среда, 24 ноября, 10:00|tonight 10am|10:00 pm утра|завтра вечером в 2|13pm|0 pm|18 утра", "unreadable"),
    # no such time
    (
        "в 25:00|24:30|10:60|31.04 10:00|29.02 10:00|32 числа в 10|00.11 10:00|9:3|завтра 9,5|через 0 минут",
        "unreadable",
    ),
    # beyond a year
    ("через 400 дней|24.11.2028 10:00|через 99999 минут и 1 день|12.05.1999 10:00|через 9000 часов", "unreadable"),
]


def each(table: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(phrase, meaning) for phrases, meaning in table for phrase in phrases.split("|")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    each(
        A_DAY_AND_A_TIME
        + A_TIME
        + A_WEEKDAY
        + TIME_THAT_PASSES
        + DAYS_AHEAD
        + A_DATE
        + A_DAY_ALONE
        + WHAT_IS_OVER
        + AT_ONCE
    ),
)
def test_what_people_type_means_what_they_mean(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(("text", "meaning"), each(NO_TIME))
def test_what_is_not_one_time_and_nothing_else_is_not_guessed(text: str, meaning: str) -> None:
    assert read(text) == meaning


def test_a_time_at_the_head_of_a_long_text_is_no_time() -> None:
    assert read("завтра в 10" + " " * 90 + "скидка") == "unreadable"


def test_this_very_moment_is_no_longer_to_come() -> None:
    assert read("10:00", "2026-11-23 10:00:00") == "2026-11-24 10:00"
    assert read("сегодня 10:00", "2026-11-23 10:00:00") == "past 2026-11-23 10:00"


def test_time_that_passes_is_counted_from_the_minute_the_clock_shows() -> None:
    assert parse("через 2 часа", NOW, MOSCOW) == At(datetime(2026, 11, 23, 11, 4, tzinfo=UTC))


def test_no_word_has_two_meanings() -> None:
    forms = [form for forms in _VOCABULARY.values() for form in forms.split()]
    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize("text", ["завтра в полночь", "tomorrow at midnight", "завтра в 12 ночи", "24.11 12am"])
def test_midnight_of_another_day_could_be_either_end_of_it_and_asks(text: str) -> None:
    assert read(text) == "ask 2026-11-24"


@pytest.mark.parametrize("text", ["10", "в 10", "10:00", "10 часов", "at 10", "10am", "пт 10:00", "завтра в 10"])
def test_an_asked_hour_is_of_the_day_it_was_asked_for_unless_it_names_its_own(text: str) -> None:
    day = {"завтра в 10": "2026-11-24"}.get(text, "2026-11-27")
    assert read(text, on=date(2026, 11, 27)) == f"{day} 10:00"


def test_an_asked_hour_that_is_over_is_past() -> None:
    assert read("10", on=date(2026, 11, 23)) == "past 2026-11-23 10:00"


@pytest.mark.parametrize(
    ("text", "now", "zone", "meaning"),
    [
        # Berlin goes on from 02:00 to 03:00 on 29 March and back from 03:00 to 02:00 on 25 October
        ("29.03 02:30", "2026-03-28 12:00", BERLIN, "2026-03-29 03:00 skipped"),
        ("завтра в 2:00", "2026-03-28 12:00", BERLIN, "2026-03-29 03:00 skipped"),
        ("29.03 01:59", "2026-03-28 12:00", BERLIN, "2026-03-29 01:59"),
        ("29.03 03:00", "2026-03-28 12:00", BERLIN, "2026-03-29 03:00"),
        ("25.10 02:30", "2026-10-24 12:00", BERLIN, "2026-10-25 02:30 repeated"),
        ("25.10 03:00", "2026-10-24 12:00", BERLIN, "2026-10-25 03:00"),
        ("вс 2:30", "2026-03-07 12:00", NEW_YORK, "2026-03-08 03:00 skipped"),
        ("sun 1:30", "2026-10-31 12:00", NEW_YORK, "2026-11-01 01:30 repeated"),
        # a clock change of half an hour, and one that takes midnight away
        ("04.10 02:10", "2026-10-03 12:00", LORD_HOWE, "2026-10-04 02:30 skipped"),
        ("24.04 00:15", "2026-04-23 12:00", CAIRO, "2026-04-24 01:00 skipped"),
        ("в полночь", "2026-04-23 12:00", CAIRO, "2026-04-24 01:00 skipped"),
        # time that passes takes no notice of clocks, days do
        ("через 2 часа", "2026-03-29 01:30", BERLIN, "2026-03-29 04:30"),
        ("через 2 часа", "2026-10-25 01:30", BERLIN, "2026-10-25 02:30"),
        ("через 1 день в 12", "2026-03-28 12:00", BERLIN, "2026-03-29 12:00"),
        ("через 24 часа", "2026-03-28 12:00", BERLIN, "2026-03-29 13:00"),
        # no clock changes at all
        ("29.03 02:30", "2026-03-28 12:00", KATHMANDU, "2026-03-29 02:30"),
        ("через 2 часа", "2026-03-28 12:07:59", KATHMANDU, "2026-03-28 14:07"),
    ],
)
def test_clock_changes_are_named_and_passed_over(text: str, now: str, zone: ZoneInfo, meaning: str) -> None:
    assert read(text, now, zone) == meaning


def test_of_a_repeated_time_the_first_is_taken() -> None:
    assert at(date(2026, 10, 25), 2, 30, BERLIN) == At(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "repeated")


def test_of_a_skipped_time_the_first_instant_after_the_gap_is_taken() -> None:
    assert at(date(2026, 3, 29), 2, 30, BERLIN) == At(datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "skipped")


@pytest.mark.parametrize(
    ("text", "now", "zone", "meaning"),
    [
        # the day is the zone's, not UTC's
        ("сегодня 10:00", "2026-11-24 00:30", MOSCOW, "2026-11-24 10:00"),
        ("завтра в 10", "2026-11-24 00:30", KATHMANDU, "2026-11-25 10:00"),
        ("завтра в 10", "2026-11-23 21:00", NEW_YORK, "2026-11-24 10:00"),
        ("завтра в 10", "2026-11-23 23:59:59", MOSCOW, "2026-11-24 10:00"),
        # midnight
        ("в полночь", "2026-11-24 00:00", MOSCOW, "2026-11-25 00:00"),
        ("0:00", "2026-11-23 23:59:59", MOSCOW, "2026-11-24 00:00"),
        ("сегодня в 24:00", "2026-11-23 23:59:59", MOSCOW, "2026-11-24 00:00"),
        ("через минуту", "2026-11-23 23:59:59", MOSCOW, "2026-11-24 00:00"),
        # the end of the year
        ("завтра в 10", "2026-12-31 12:00", MOSCOW, "2027-01-01 10:00"),
        ("1 января 10:00", "2026-12-31 23:59", MOSCOW, "2027-01-01 10:00"),
        ("1 числа в 10", "2026-12-31 23:59", MOSCOW, "2027-01-01 10:00"),
        ("31.12 23:59", "2026-12-31 23:58", MOSCOW, "2026-12-31 23:59"),
        ("в следующий пн в 10", "2026-12-31 12:00", MOSCOW, "2027-01-04 10:00"),
        # leap days
        ("29.02 10:00", "2027-03-01 12:00", MOSCOW, "2028-02-29 10:00"),
        ("29.02 10:00", "2028-02-28 12:00", MOSCOW, "2028-02-29 10:00"),
        ("29.02 10:00", "2028-03-01 12:00", MOSCOW, "unreadable"),
        ("завтра в 10", "2028-02-28 12:00", MOSCOW, "2028-02-29 10:00"),
        ("29 числа в 10", "2026-01-30 12:00", MOSCOW, "2026-03-29 10:00"),
        # 366 days are the farthest
        ("24.11.2027 10:00", "2026-11-23 12:00", MOSCOW, "2027-11-24 10:00"),
        ("25.11.2027 10:00", "2026-11-23 12:00", MOSCOW, "unreadable"),
    ],
)
def test_days_are_those_of_the_zones_calendar(text: str, now: str, zone: ZoneInfo, meaning: str) -> None:
    assert read(text, now, zone) == meaning


def test_buttons_show_days_from_today_by_the_zones_calendar() -> None:
    late = datetime(2026, 12, 30, 22, 0, tzinfo=UTC)
    assert days(late, MOSCOW, 3) == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
    assert days(late, NEW_YORK, 1) == [date(2026, 12, 30)]


MOMENTS = st.datetimes(
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2029-12-31"), timezones=st.just(UTC)
)
PIECES = (
    "завтра сегодня в через на пн next mon 24 10 30 10:00 10.12 24.11 2026-12-01 dec ч мин дня ночи утра am полночь ,"
)
TEXTS = st.text(max_size=120) | st.lists(st.sampled_from(PIECES.split()), max_size=7).map(" ".join)


@given(TEXTS, MOMENTS, st.sampled_from(ZONES))
def test_any_text_is_one_of_the_five_and_only_what_is_to_come_is_a_moment(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    match parse(text, now, zone):
        case At(moment):
            assert (moment > now, moment.tzinfo, moment.second, moment.microsecond) == (True, UTC, 0, 0)
            assert moment - now < timedelta(days=368)
        case Past(moment):
            assert moment <= now
        case AskHour(day):
            assert day >= now.astimezone(zone).date()
        case other:
            assert other in {Now(), Unreadable()}


@given(TEXTS, st.text("абвгджзклxyz", min_size=4, max_size=8))
def test_a_word_that_is_none_of_time_makes_any_text_unreadable(text: str, word: str) -> None:
    assume(not canonical(word))
    assert {parse(f"{text} {word}", NOW, MOSCOW), parse(f"{word} {text}", NOW, MOSCOW)} == {Unreadable()}


FORMS = [
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y в %H.%M",
    "%d %B %Y %H:%M",
    "%B %d, %Y at %I:%M %p",
]
FORMS += [
    "%A, %d %B %Y, %H:%M",
    "%a %d.%m.%Y %H-00",
    "%H:%M %d.%m.%Y",
    "%d %b %H:%M",
    "%d.%m %H:%M",
    "%a, %b %d at %I:%M %p",
]


@given(MOMENTS, st.integers(1, 364 * 24 * 60), st.sampled_from(ZONES), st.sampled_from(FORMS))
def test_a_moment_written_in_full_is_read_back(now: datetime, ahead: int, zone: ZoneInfo, form: str) -> None:
    local = (now + MINUTE * ahead).replace(second=0, microsecond=0).astimezone(zone)
    assume(not local.fold)
    local = local.replace(minute=0) if form.endswith("-00") else local
    assume(local > now)
    assert told(parse(local.strftime(form), now, zone), zone).startswith(f"{local:%Y-%m-%d %H:%M}")


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(0, 23), st.integers(0, 59), st.sampled_from(ZONES))
def test_at_is_the_first_moment_when_the_clock_shows_the_time_or_passes_it(
    day: date, hour: int, minute: int, zone: ZoneInfo
) -> None:
    asked = datetime.combine(day, time(hour, minute))
    found = at(day, hour, minute, zone)
    shown, before = (moment.astimezone(zone).replace(tzinfo=None) for moment in (found.moment, found.moment - MINUTE))
    assert before < asked
    assert shown > asked if found.shift == "skipped" else shown == asked
