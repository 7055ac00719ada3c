"""A slow provider delays no chat, a dead Telegram stops no SMS; both recover by themselves."""

import pytest

from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

PHONE = "79119876543"


async def test_with_the_provider_hanging_another_chat_is_answered(house: House, maria: Person, ivan: Person) -> None:
    """Told by the order of events: the call has begun, the answer is on the screen, the call has not ended."""
    house.faults.set("sms2", "sms.cgi", "hang")
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    async with house.aside("dispatch"):
        await house.go(seconds=11)
        await house.until(house.calls)
        await ivan.say("/help")
        assert ivan.card.title == "Команды"
        [call] = house.calls()
        assert not call["executed"]
        assert maria.card.title == "📤 Отправляется · +79119876543"
        await house.provider_down()
    await house.go(seconds=5)
    assert maria.card.title == "❓ Исход неизвестен · +79119876543"


async def test_with_free_calls_hanging_sends_and_chats_go_on(house: House, maria: Person, ivan: Person) -> None:
    house.faults.set("sms2", "get_credit_info.cgi", "hang")
    async with house.aside("requests"):
        await maria.say("/balance")
        await house.go(seconds=1)
        assert maria.card.title == "Баланс · спрашиваем провайдера"
        await ivan.say(f"/send {PHONE} Привет")
        await ivan.press("Отправить")
        await house.go(seconds=30)
        assert ivan.card.title == "✅ Доставлено · +79119876543"
        await house.provider_down()
    assert "Провайдер не ответил." in maria.card


async def test_with_telegram_dead_sms_reach_the_phones_and_the_cards_catch_up(house: House, maria: Person) -> None:
    """A hundred SMS on ten cards; in the end each stands on the screen exactly once."""
    async with house.at_once():
        for n in range(10):
            phones = " ".join(f"7911{n:03}{m:04}" for m in range(1001, 1011))
            await maria.say(f"/send {phones} Заказ {n} готов")
    previews = [card for card in maria.cards if "Отправить: 10" in card.labels]
    async with house.at_once():
        for card in previews:
            await maria.press("Отправить: 10", on=card)
    house.faults.set("telegram", "*", "cut_before", times=None)
    await house.go(seconds=25)
    assert len(house.sms) == 100
    assert {sms["status"] for sms in house.sms} == {"delivered"}
    house.faults.clear("telegram")
    await house.skip(minutes=1)
    await house.go(seconds=30)
    assert [card.title for card in maria.cards] == ["✅ Доставлены все 10"] * 10


@ON_ONE_DATABASE
@pytest.mark.parametrize("kind", ["error500_before", "html", "429"])
async def test_a_telegram_that_answers_nonsense_or_wants_patience_ends_with_one_card(
    house: House, maria: Person, kind: str
) -> None:
    """What edits mean is the same however often they are made."""
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    more = {"retry_after": 5} if kind == "429" else {}
    house.faults.set("telegram", "*", kind, times=None, **more)
    await house.go(minutes=1)
    assert [sms["status"] for sms in house.sms] == ["delivered"]
    house.faults.clear("telegram")
    await house.go(minutes=2)
    assert [card.title for card in maria.cards] == ["✅ Доставлено · +79119876543"]


async def test_a_dead_telegram_loses_nothing_that_people_did_meanwhile(house: House, maria: Person) -> None:
    """What they wrote waits at Telegram, and is answered once, in order."""
    house.faults.set("telegram", "*", "cut_before", times=None)
    await maria.say("/send")
    await maria.say(PHONE)
    await maria.say("Привет")
    await house.go(minutes=1)
    house.faults.clear("telegram")
    await house.go(minutes=2)
    assert [card.title for card in maria.cards] == ["✏️ Проверьте SMS · +79119876543"]


async def test_a_restart_between_any_two_steps_changes_nothing(house: House, maria: Person) -> None:
    """The dialogue lives in the database alone."""
    await maria.say("/send")
    await house.restart()
    await maria.say(PHONE)
    await house.restart()
    await maria.say("Привет")
    await house.restart()
    await maria.press("Отправить")
    await house.restart()
    await house.go(seconds=10)
    await house.restart()
    await house.go(seconds=20)
    assert [card.title for card in maria.cards] == ["✅ Доставлено · +79119876543"]
    assert len(house.calls()) == 1


async def test_someone_who_blocked_the_bot_is_left_alone_and_sees_the_end_when_he_is_back(
    house: House, maria: Person
) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    await house.do("block", user=maria.id, blocked=True)
    await house.go(minutes=2)
    assert len(house.sms) == 1
    await house.do("block", user=maria.id, blocked=False)
    await house.go(seconds=5)
    assert [card.title for card in maria.cards] == ["✅ Доставлено · +79119876543"]
