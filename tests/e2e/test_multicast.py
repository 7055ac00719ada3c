"""A multicast from the choice of bases to its start: what people see, and what the provider gets when."""

from typing import Any

import pytest

from bot.domain.access import Role
from sandbox.sms2 import multicasts
from tests.e2e.house import House
from tests.e2e.screen import Chat, Person

TEXT = "Скидка 20 % до конца недели"


@pytest.fixture
def options() -> dict[str, Any]:
    return {"price_per_part": "5.00"}


def queued(house: House) -> list[tuple[list[str], str, float]]:
    """What the provider has: bases, text, start; the latter by its own clock."""
    return [(one["bases"], one["text"], one["start_at"] - house.time.now().timestamp()) for one in multicasts.queued(house.store)]


async def test_a_multicast_by_dialogue_is_held_handed_over_once_and_seen_to_begin(house: House, maria: Person) -> None:
    await maria.say("/multicast")
    assert maria.card.title == "✏️ Новая рассылка · какие базы?"
    assert maria.card.labels == [
        "☐ VIP · 12",
        "☐ Клиенты · 62",
        "☐ Опт, розница · 3",
        "☐ Совет <ТСЖ> & Ко · 5",
        "☐ Сотрудники · 8",
        "Закрыть",
    ]
    await maria.press("☐ VIP · 12")
    await maria.press("☐ Сотрудники · 8")
    assert "Выбрано: 2, номеров 20" in maria.card
    await maria.press("Дальше")
    await maria.say(TEXT)
    assert maria.card.title == "✏️ Когда начать? · VIP, Сотрудники"
    await maria.press("Завтра")
    assert maria.card.title == "✏️ В котором часу? · среда, 25 ноября"
    await maria.press("10:00")
    assert maria.card.lines[:6] == [
        "✏️ Проверьте рассылку · VIP, Сотрудники",
        "Ещё не запущена.",
        "20 номеров × 1 часть, ≈ 100,00 ₽",
        "Начало: среда, 25 ноября, 10:00 (Москва, UTC+3), через 21 ч 56 мин",
        "Подпись: MyShop",
        TEXT,
    ]
    await maria.press("Назначить")
    assert maria.card.lines[:3] == [
        "⏳ Ждёт времени · VIP, Сотрудники",
        "Начало: среда, 25 ноября, 10:00 (Москва, UTC+3), через 21 ч",
        "Отменить можно до 09:50: потом она у провайдера",
    ]
    await house.go(hours=21, minutes=45)
    assert queued(house) == []
    await house.go(minutes=2)
    assert queued(house) == [(["VIP", "Сотрудники"], TEXT, 540.0)]
    assert maria.card.lines[:2] == [
        "📤 У провайдера · VIP, Сотрудники",
        "Принято 09:50, начнёт в 10:00. Отменить отсюда нельзя.",
    ]
    await house.go(minutes=30)
    assert maria.card.lines[:2] == [
        "📤 Время пришло · VIP, Сотрудники",
        "Должна идти с 10:00. Отчёта по рассылке провайдер не даёт.",
    ]
    assert len(queued(house)) == 1
    assert len(maria.cards) == 1


async def test_a_night_multicast_is_moved_to_the_morning_then_cancelled(house: House, maria: Person) -> None:
    """Usability story 8."""
    await maria.say("/multicast")
    await maria.press("☐ VIP · 12")
    await maria.press("Дальше")
    await maria.say(TEXT)
    await maria.say("сегодня 23:30")
    await maria.press(maria.card.labels[0])
    assert maria.card.lines[:2] == [
        "⚠️ Точно назначить? · VIP",
        "• Начнётся ночью: 23:30, тихие часы 22–09",
    ]
    await maria.press("Перенести на 09:00")
    assert "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3), через 20 ч 56 мин" in maria.card
    await maria.press(maria.card.labels[0])
    assert maria.card.lines[:3] == [
        "⏳ Ждёт времени · VIP",
        "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3), через 20 ч",
        "Отменить можно до 08:50: потом она у провайдера",
    ]
    await maria.press("Отменить рассылку")
    assert maria.card.title == "⚠️ Отменить рассылку? · VIP"
    await maria.press("Отменить рассылку")
    assert maria.card.lines[:2] == ["🚫 Рассылка отменена · VIP", "Провайдеру её не передавали."]
    await house.go(days=2)
    assert queued(house) == []
    assert house.calls("/api_call.cgi")
    assert len(maria.cards) == 1
