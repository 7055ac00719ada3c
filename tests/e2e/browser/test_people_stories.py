"""Stories of a team in a real browser at 360 px: a newcomer with a link, and a second person's word on what is large."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser_house import BrowserHouse, Viewer
from tests.sandbox.telegram_client import IVAN, MARIA, PETR

pytest_plugins = ["tests.browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TEXT = "Скидка 20 % до конца недели"


async def invited(maria: Viewer, role: str) -> str:
    """Make an invite as an owner does; return what its link carries."""
    await maria.say("/admins")
    await maria.press("Пригласить")
    await maria.see("✏️ Приглашение · какая роль?")
    await maria.press(role)
    card = maria.page.shown.filter(has_text="Войдёт тот, кто откроет первым.").last
    await expect(card).to_contain_text(f"⏳ Приглашение · {role.lower()}")
    picture = maria.page.shown.filter(has_text=f"Код приглашения, {role.lower()}: по нему войдёт один человек.")
    size = "image => image.decode().then(() => image.naturalWidth)"
    assert await picture.get_by_role("img", name="Фото").evaluate(size) > 300
    return (await card.locator("code").inner_text()).rpartition("=")[2]


async def test_a_link_lets_one_newcomer_in_and_the_next_one_stays_outside(house: BrowserHouse, maria: Viewer) -> None:
    """Silence before, one greeting with the role after; the owner sees who came, and is asked about nobody else."""
    petr = await house.viewer(PETR)
    await petr.say("Есть кто?")
    await house.viewer(MARIA)
    link = await invited(maria, "Оператор")
    await house.viewer(PETR)
    await petr.see_only()
    await petr.say(f"/start {link}")
    await petr.see("Вам дали доступ · оператор", "Ваша роль: оператор · часовой пояс: Москва, UTC+3")
    await petr.see_buttons("Новое SMS", "Баланс", "Помощь", "English")
    await petr.press("Новое SMS")
    await petr.see("✏️ Новое SMS · кому?")
    ivan = await house.viewer(IVAN)
    await ivan.say(f"/start {link}")
    await house.viewer(MARIA)
    await maria.see("⚠️ Незнакомый человек · Иван")
    house.go(seconds=10)
    told = maria.page.shown
    await expect(told.filter(has_text="Доступ дан · Пётр")).to_contain_text("Роль: оператор. Решение: Мария, 12:04.")
    await expect(told.filter(has_text="✅ Приглашение принято · оператор")).to_contain_text("Доступ: Пётр, 12:04.")
    await expect(told.filter(has_text="✅ Доступ по приглашению · Пётр")).to_contain_text("Приглашение: Мария")
    await house.viewer(IVAN)
    await ivan.see_only()
    assert house.received == []


@pytest.mark.parametrize("options", [{"approve_recipients": 10, "owners": f"{MARIA},{IVAN}"}])
async def test_a_second_person_refuses_then_approves_and_only_then_it_waits_for_its_time(
    house: BrowserHouse, maria: Viewer
) -> None:
    """Each sees what the other has said, with the reason; the author has no button that would do it alone."""
    ivan = await house.viewer(IVAN)
    await ivan.say("/start")
    await ivan.see("SMS из Telegram")
    await house.viewer(MARIA)
    await maria.say(f"/multicast VIP\nсегодня 15:00\n{TEXT}")
    await maria.see("Проверьте рассылку · VIP", "Нужен второй человек: уйдёт после одобрения.")
    await maria.press_first()
    await maria.see("⏳ Ждёт одобрения · VIP", "Запрос у: Иван. Решить до 14:50")
    await maria.see_buttons("Изменить", "Отозвать")
    await house.viewer(IVAN)
    await ivan.see("⚠️ Нужно одобрение · VIP", "Автор: Мария. 12 номеров × 1 часть", TEXT)
    await ivan.press("Отклонить")
    await ivan.see("⚠️ Почему нет? · VIP")
    await ivan.say("Сначала уберите уволенных")
    await ivan.see("🚫 Не одобрено · VIP", "Причина: «Сначала уберите уволенных»")
    await house.viewer(MARIA)
    await maria.see("🚫 Не одобрено · VIP", "Причина: «Сначала уберите уволенных»", "Ничего не ушло.")
    await maria.press("Изменить")
    await maria.see("Проверьте рассылку · VIP", TEXT)
    await maria.press_first()
    await maria.see("⏳ Ждёт одобрения · VIP")
    await house.viewer(IVAN)
    await ivan.see_buttons("Одобрить", "Отклонить")
    await ivan.press("Одобрить")
    await ivan.see("✅ Одобрено · VIP", "Решение: Иван, 12:04.")
    await house.viewer(MARIA)
    await maria.see("⏳ Ждёт времени · VIP", "Одобрение: Иван, 12:04.")
    house.go(hours=2, minutes=47)
    await maria.see("📤 У провайдера · VIP")
    assert [one["bases"] for one in house.multicasts] == [["VIP"]]
