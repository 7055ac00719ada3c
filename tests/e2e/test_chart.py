"""The balance and its chart: how long it lasts, what it is reserved for, and how it went, as a picture below the card."""

from typing import Any

import pytest

from bot.domain.access import Role
from sandbox.telegram import views
from tests.e2e.house import GROUP, TOPIC, House
from tests.e2e.screen import Person


@pytest.fixture
def options() -> dict[str, Any]:
    return {"price_per_part": "5.00"}


def pictures(house: House, who: Person) -> list[dict[str, Any]]:
    """Return the pictures that the bot has sent, as the sandbox tells them."""
    told = (views.message(house.world, one) for one in house.world.chats.all(who.id))
    return [one for one in told if one["by_bot"] and one["photo"]]


async def spend(house: House, who: Person) -> None:
    """Let three days go by, a thousand roubles each: it is Friday then."""
    house.account(overdraft="0.00")
    for balance in ("7000.00", "6000.00", "5000.00"):
        house.account(balance=balance)
        await who.say("/balance")
        await house.skip(days=1)
    house.account(balance="4000.00")
    await who.say("/balance")


async def test_the_chart_comes_as_a_silent_picture_below_the_card(house: House, maria: Person) -> None:
    """Three figures stand in its caption; the card then offers the other periods."""
    await spend(house, maria)
    balance, rings = maria.card, maria.rings
    assert balance.labels == ["Обновить", "График", "Оповещения"]
    await maria.press("График")
    [picture] = pictures(house, maria)
    assert picture["reply_to"] == balance.id
    assert (picture["photo"]["width"], picture["photo"]["height"]) == (1080, 900)
    assert maria.rings == rings
    lines = picture["text"].replace("\xa0", " ").split("\n")
    assert lines[0].startswith("Баланс с ")
    assert lines[1:] == [
        "Сейчас 4 000,00 ₽ · потрачено 3 000,00 ₽",
        "Хватит примерно до вторника",
        "Точками – время без ответов провайдера: 3 дн.",
    ]
    offering = maria.find("Можно потратить")
    assert offering.labels == ["Обновить", "Оповещения", "7 дней", "30 дней", "90 дней"]
    await maria.press("90 дней")
    assert len(pictures(house, maria)) == 2
    await maria.press("Обновить")
    assert "90 дней" in maria.find("Можно потратить").labels


async def test_a_viewer_sees_it_in_his_language(house: House, maria: Person, john: Person) -> None:
    await house.change(john, role=Role.VIEWER)
    await spend(house, maria)
    await john.say("/balance")
    await john.press("Chart")
    [picture] = pictures(house, john)
    assert "Now 4,000.00 ₽" in picture["text"].replace("\xa0", " ")


async def test_without_a_history_words_come_instead(house: House, maria: Person) -> None:
    await maria.say("/balance")
    await maria.press("График")
    assert maria.card.title == "График · пока рано"
    assert "График" in maria.find("Можно потратить").labels
    assert pictures(house, maria) == []


async def test_a_period_without_any_balance_is_called_what_it_is(house: House, maria: Person) -> None:
    """There is more than an hour of history, only none of these days."""
    await maria.say("/balance")
    await house.provider_down()
    await house.skip(days=40)
    await maria.press("График")
    assert maria.card.title == "График · нет данных"
    assert "За 30 дней провайдер ни разу не сообщил баланс. Последнее известное: " in maria.card
    assert pictures(house, maria) == []


async def test_two_taps_at_once_are_one_picture(house: House, maria: Person) -> None:
    await spend(house, maria)
    async with house.at_once():
        await maria.press("График")
        await maria.press("График")
    assert len(pictures(house, maria)) == 1


async def test_in_a_group_it_stands_in_the_topic_of_its_card(house: House, maria: Person) -> None:
    await spend(house, maria)
    topic = house.chat(GROUP, TOPIC)
    await maria.say("/balance", at=topic)
    await maria.press("График", at=topic)
    [picture] = [one for one in (views.message(house.world, it) for it in house.world.chats.all(GROUP)) if one["photo"]]
    assert picture["thread"] == TOPIC


async def test_the_card_says_how_long_it_lasts_and_what_is_scheduled(house: House, maria: Person) -> None:
    await spend(house, maria)
    assert "хватит примерно до вторника" in maria.card
    assert "назначено" not in maria.card
    await maria.say("/multicast")
    await maria.press("☐ VIP · 12")
    await maria.press("Дальше")
    await maria.say("Скидка 20 % до конца недели")
    await maria.press("Завтра")
    await maria.press("10:00")
    await maria.press("Назначить")
    await house.go(minutes=1)
    await maria.say("/balance")
    assert "назначено на 60,00 ₽" in maria.card
    assert maria.card.lines[-1] == "После назначенного останется 3 940,00 ₽"
