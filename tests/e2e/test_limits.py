"""What one person may send: whatever the command, and nothing that was typed is lost where it is too much."""

from sandbox.sms2 import bases, multicasts
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person
from tests.e2e.test_mms import picture as photo
from tests.e2e.test_mms import send

TEXT = "Скидка 20 % до конца недели"
THREE = "79119876543, 79119876544, 79119876545"
LIMIT = "имит: 2 номера за раз, здесь 3. Поднять может владелец."


async def test_a_send_to_many_may_not_be_larger_than_its_sender_may_write_to_at_once(
    house: House, ivan: Person
) -> None:
    await house.change(ivan, largest_multicast=2)
    await ivan.say(f"/send {THREE} {TEXT}")
    assert f"Л{LIMIT}" in ivan.card
    assert await ivan.press("Отправить: 3") == f"Ваш л{LIMIT}"
    await house.go(minutes=1)
    assert house.sms == []
    await house.change(ivan, largest_multicast=3)
    assert await ivan.press("Отправить: 3") == ""
    await house.go(minutes=1)
    assert len(house.sms) == 3


@ON_ONE_DATABASE
async def test_an_mms_and_what_is_sent_one_by_one_are_no_way_round_it(house: House, ivan: Person) -> None:
    await house.change(ivan, largest_multicast=2)
    await send(house, ivan, photo(), caption="Меню на неделю")
    await ivan.say(THREE)
    assert f"Л{LIMIT}" in ivan.card
    assert await ivan.press("Отправить MMS: 3") == f"Ваш л{LIMIT}"
    bases.put(house.store, "VIP", THREE.split(", "))
    await ivan.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await ivan.press("По одному, с отчётом")
    assert await ivan.press("Запустить: 3") == f"Ваш л{LIMIT}"
    await house.go(minutes=1)
    assert house.sms == []


async def test_left_as_it_was_against_a_limit_the_edit_stays_as_it_was_typed(house: House, ivan: Person) -> None:
    """Nothing leaves and nothing is lost: the edit can still be confirmed once the limit is lifted, or go as it was."""
    await ivan.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await ivan.press("Назначить")
    await ivan.press("Изменить")
    await ivan.press("Текст")
    await ivan.say("Другой текст")
    await house.change(ivan, parts_a_day=5)
    assert await ivan.press("Оставить как было") == "Ваш лимит: 5 частей в день, осталось 5. Поднять может владелец."
    assert ivan.card.title == "✏️ Проверьте рассылку · VIP"
    assert "Другой текст" in ivan.card
    assert TEXT not in ivan.card
    await house.change(ivan, parts_a_day=None)
    await ivan.press("Оставить как было")
    assert ivan.card.title == "⏳ Ждёт времени · VIP"
    await house.go(days=1)
    assert [one["text"] for one in multicasts.queued(house.store)] == [TEXT]


@ON_ONE_DATABASE
async def test_what_cannot_go_as_it_was_says_so_and_keeps_the_edit(house: House, ivan: Person) -> None:
    await ivan.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await ivan.press("Назначить")
    await ivan.press("Изменить")
    await ivan.press("Базы")
    await ivan.press("☑ VIP · 12")
    await ivan.press("☐ Сотрудники · 8")
    await ivan.press("Дальше")
    bases.remove(house.store, "VIP")
    await house.go(minutes=20)
    await ivan.press("Текст")
    await ivan.say("Другой текст")
    said = await ivan.press("Оставить как было")
    assert said == "Как было, уже не отправить: проверьте базы и время. Правка сохранена."
    assert ivan.card.title == "✏️ Проверьте рассылку · Сотрудники"
    assert "Другой текст" in ivan.card
