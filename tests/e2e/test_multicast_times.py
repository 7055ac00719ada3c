"""When a multicast starts: by whose clock it is said, and by whose it is handed over."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.sms2 import multicasts
from sandbox.telegram import views
from tests.e2e.house import House
from tests.e2e.screen import Person

TEXT = "Скидка 20 % до конца недели"


def starts(house: House) -> list[datetime]:
    """When the provider will begin, as instants."""
    return [datetime.fromtimestamp(one["start_at"], UTC) for one in multicasts.queued(house.store)]


def edits(house: House, person: Person) -> int:
    """How often the newest message of the person's chat was edited."""
    return int(views.message(house.world, house.world.chats.all(person.id)[-1])["edits"])


async def _held(person: Person, when: str) -> None:
    await person.say(f"/multicast VIP\n{when}\n{TEXT}")
    await person.press("Назначить")


async def test_a_start_is_written_and_read_by_the_admins_own_clock(house: House, maria: Person) -> None:
    await house.change(maria, zone="Asia/Yekaterinburg")
    await maria.say(f"/multicast VIP\nзавтра 12:30\n{TEXT}")
    assert "Начало: среда, 25 ноября, 12:30 (Екатеринбург, UTC+5), через 22 ч 26 мин" in maria.card
    assert "У провайдера: 10:30 (Москва, UTC+3)" in maria.card
    await maria.press("Назначить")
    assert "Отменить можно до 12:20: потом она у провайдера" in maria.card
    await house.go(days=1)
    assert starts(house) == [datetime(2026, 11, 25, 7, 30, tzinfo=UTC)]


async def test_a_length_of_time_is_echoed_as_it_was_typed_whatever_second_it_is(house: House, maria: Person) -> None:
    await house.go(seconds=20)
    await maria.say(f"/multicast VIP\nчерез 2 часа\n{TEXT}")
    assert "Начало: вторник, 24 ноября, 14:04 (Москва, UTC+3), через 2 ч" in maria.card.lines


async def test_an_hour_that_is_not_read_is_asked_for_with_an_hour(house: House, maria: Person) -> None:
    await maria.say("/multicast VIP")
    await maria.say(TEXT)
    await maria.say("завтра")
    await maria.say("не знаю")
    assert maria.card.lines == ["✏️ В котором часу? · среда, 25 ноября", "Время не распознано. Например: 9:30"]
    await maria.press("Назад")
    await maria.press("Закрыть")
    assert maria.card.title == "🚫 Черновик закрыт · VIP"


async def test_who_asks_for_another_time_cannot_close_what_was_held_by_a_slip(house: House, maria: Person) -> None:
    await _held(maria, "завтра 10:00")
    await maria.press("Перенести")
    assert (maria.card.title, maria.card.labels[-1]) == ("✏️ Когда начать? · VIP", "Назад")
    await maria.press("Назад")
    assert "Оставить как было" in maria.card.labels


async def test_quiet_hours_are_the_organisations_whatever_the_admins_clock_shows(house: House, maria: Person) -> None:
    await house.change(maria, zone="Asia/Yekaterinburg")
    await maria.say(f"/multicast VIP\nзавтра 10:30\n{TEXT}")
    await maria.press("Назначить")
    assert maria.card.lines[1] == "• Начнётся ночью: 08:30, тихие часы 22–09 (Москва)"
    await maria.press("Перенести на 11:00")
    assert "Начало: среда, 25 ноября, 11:00 (Екатеринбург, UTC+5)" in maria.card


async def test_the_evening_before_is_when_a_start_after_midnight_is_handed_over(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\n26.11 00:05\n{TEXT}")
    await maria.press("Назначить")
    await maria.press("Да, назначить")
    assert "Отменить можно до 25 нояб., 23:55: потом она у провайдера" in maria.card
    await house.go(hours=35, minutes=50)
    assert starts(house) == []
    await house.go(minutes=2)
    assert starts(house) == [datetime(2026, 11, 25, 21, 5, tzinfo=UTC)]
    assert "Принято 23:55, начнёт 26 нояб., 00:05." in maria.card


@pytest.mark.parametrize(
    ("when", "said", "note", "start"),
    [
        (
            "28.03.2027 02:30",
            "28 марта, 03:00 (Берлин, UTC+2)",
            "Названного времени в тот день нет",
            "2027-03-28 01:00",
        ),
        ("31.10.2027 02:30", "31 октября, 02:30 (Берлин, UTC+2)", "Это время в тот день бывает", "2027-10-31 00:30"),
        ("27.03.2027 10:00", "27 марта, 10:00 (Берлин, UTC+1)", None, "2027-03-27 09:00"),
        ("01.11.2027 10:00", "1 ноября, 10:00 (Берлин, UTC+1)", None, "2027-11-01 09:00"),
    ],
)
async def test_a_clock_change_between_now_and_then_says_what_was_taken(
    house: House, maria: Person, when: str, said: str, note: str | None, start: str
) -> None:
    await house.change(maria, zone="Europe/Berlin")
    await maria.say(f"/multicast VIP\n{when}\n{TEXT}")
    assert said in maria.card
    assert [line for line in maria.card.lines if "часы переводят" in line] == [
        line for line in maria.card.lines if note is not None and line.startswith(note)
    ]
    await maria.press(maria.card.labels[0])
    if "Да, назначить" in maria.card.labels:
        await maria.press("Да, назначить")
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
    await house.skip((moment - house.time.now()).total_seconds() - 300)
    assert starts(house) == [moment]


class TestWhereTheProvidersClockChanges:
    """Its wall clock cannot name an hour that comes twice."""

    @pytest.fixture
    def options(self) -> dict[str, Any]:
        return {"gateway_timezone": "Europe/Berlin"}

    async def test_an_hour_that_it_shows_twice_is_refused_before_anything_is_held(
        self, house: House, maria: Person
    ) -> None:
        await maria.say(f"/multicast VIP\n31.10.2027 03:30\n{TEXT}")
        assert maria.card.lines[1] == "По часам провайдера (Берлин) этот час бывает дважды. Выберите другое время"
        assert "Назначить" not in maria.card.labels


async def test_the_countdown_is_told_as_often_as_it_reads_differently_and_no_oftener(
    house: House, maria: Person
) -> None:
    await _held(maria, "26.11 13:00")
    assert "через 2 дн." in maria.card
    before = edits(house, maria)
    await house.go(hours=4)
    assert ("через 1 дн. 20 ч" in maria.card, edits(house, maria) - before) == (True, 4)
    await house.skip(hours=43)
    assert ("через 1 ч" in maria.card, edits(house, maria) - before) == (True, 4 + 1)
    await house.go(hours=1, minutes=40)
    assert ("через 10 мин" in maria.card, edits(house, maria) - before) == (True, 4 + 1 + 5)
