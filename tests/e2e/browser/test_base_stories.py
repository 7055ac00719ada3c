"""Stories of bases, multicasts and pictures in a real browser at 360 px: words, presses, and what the provider gets."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import FilePayload, expect

from tests.e2e.browser_house import BrowserHouse, Viewer
from tests.sandbox.telegram_client import JOHN, MARIA

pytest_plugins = ["tests.browser"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PHONE = "79119876543"
TEXT = "Скидка 20 % до конца недели"


async def see_base(viewer: Viewer, name: str, size: str) -> None:
    """Expect the provider's panel to show a base of that size."""
    await viewer.page.show("phones")
    fold = viewer.page.page.locator("details", has=viewer.page.see("bases"))
    if await fold.get_attribute("open") is None:
        await fold.locator("summary").click()
    await expect(viewer.page.see("base").filter(has_text=name)).to_contain_text(size)
    await viewer.page.show("chat")


async def see_no_multicast(viewer: Viewer) -> None:
    """Expect the provider's panel to show neither a multicast nor an SMS."""
    await viewer.page.show("phones")
    await viewer.page.page.locator("summary").get_by_text("Рассылки").click()
    await expect(viewer.page.see("multicasts")).to_have_text("Рассылок нет")
    await expect(viewer.page.page.locator("#no-phones")).to_be_visible()
    assert await viewer.page.overflow() == []
    await viewer.page.show("chat")


@pytest.mark.parametrize("options", [{"quiet_hours": "22-9"}])
async def test_a_night_multicast_is_moved_to_the_morning_then_cancelled(house: BrowserHouse, maria: Viewer) -> None:
    """Story 8: quiet hours are named before anything is held; after the cancel the provider never had it."""
    await maria.say("/multicast")
    await maria.see("Новая рассылка · какие базы?")
    await maria.press("☐ VIP · 12")
    await maria.see("Выбрано: 1, номеров 12")
    await maria.press_first()
    await maria.see("Новая рассылка · VIP", "Пришлите текст, до 268 знаков.")
    await maria.say(TEXT)
    await maria.see("Когда начать? · VIP", "Нажмите или напишите: завтра в 10, пн 9:30, через 2 часа.")
    await maria.say("сегодня 23:30")
    await maria.see("Проверьте рассылку · VIP", "Ещё не запущена.", "12 номеров × 1 часть, ≈ 60,00 ₽")
    await maria.see("Начало: вторник, 24 ноября, 23:30 (Москва, UTC+3), через 11 ч", TEXT)
    await maria.press_first()
    await maria.see("⚠️ Точно назначить? · VIP", "Начнётся ночью: 23:30, тихие часы 22–09")
    await maria.see_buttons("Да, назначить", "Перенести на 09:00", "Назад")
    await maria.press("Перенести на 09:00")
    await maria.see("Проверьте рассылку · VIP", "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3)")
    await maria.press_first()
    await maria.see("⏳ Ждёт времени · VIP", "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3), через 20 ч")
    await maria.see("Отменить можно до 08:50: потом она у провайдера")
    await maria.see_buttons("Перенести", "Изменить", "Отдать сейчас", "Отменить рассылку")
    await maria.press("Отменить рассылку")
    await maria.see("⚠️ Отменить рассылку? · VIP")
    await maria.press_first()
    await maria.see("🚫 Рассылка отменена · VIP", "Провайдеру её не передавали.")
    await maria.see_only("🚫 Рассылка отменена · VIP")
    house.go(days=2)
    await see_no_multicast(maria)
    await maria.see_only("🚫 Рассылка отменена · VIP")
    assert (maria.presses, maria.typed) == (7, 3)
    assert (house.multicasts, house.received) == ([], [])


@pytest.mark.parametrize("options", [{"quiet_hours": "22-9", "owners": f"{MARIA},{JOHN}"}])
async def test_a_night_multicast_is_moved_then_cancelled_in_english_too(house: BrowserHouse) -> None:
    """Story 8 once more, as John reads it."""
    john = await house.viewer(JOHN)
    await john.say("/multicast")
    await john.see("New multicast · which bases?")
    await john.press("☐ VIP · 12")
    await john.see("Chosen: 1, 12 numbers")
    await john.press_first()
    await john.see("New multicast · VIP")
    await john.say("20 % off until Sunday")
    await john.see("When to start? · VIP")
    await john.say("today 23:30")
    await john.see("Check the multicast · VIP", "Starts: Tuesday, 24 November, 23:30 (Moscow, UTC+3)")
    await john.press_first()
    await john.see("⚠️ Schedule anyway? · VIP", "Starts at night: 23:30, quiet hours 22–09")
    await john.press("Move to 09:00")
    await john.see("Check the multicast · VIP", "Starts: Wednesday, 25 November, 09:00 (Moscow, UTC+3)")
    await john.press_first()
    await john.see("⏳ Held · VIP", "Can be cancelled until 08:50; then the provider has it")
    await john.press("Cancel multicast")
    await john.see("⚠️ Cancel the multicast? · VIP")
    await john.press_first()
    await john.see("🚫 Multicast cancelled · VIP", "The provider never had it.")
    await see_no_multicast(john)
    assert (john.presses, john.typed, house.multicasts) == (7, 3, [])


async def test_a_held_multicast_reaches_the_provider_then_the_phones(house: BrowserHouse, maria: Viewer) -> None:
    """Handed over once, ten minutes before; the provider's queue shows its time, and fires then."""
    await maria.say(f"/multicast VIP\nсегодня 15:00\n{TEXT}")
    await maria.see("Проверьте рассылку · VIP")
    await maria.press_first()
    await maria.see("⏳ Ждёт времени · VIP", "Отменить можно до 14:50")
    house.go(hours=2, minutes=47)
    await maria.see("📤 У провайдера · VIP", "начнёт в 15:00. Отменить отсюда нельзя.")
    await maria.page.show("phones")
    await maria.page.page.locator("summary").get_by_text("Рассылки").click()
    await expect(maria.page.see("multicasts")).to_contain_text("VIPждёт 24 нояб., 15:00")
    await expect(maria.page.see("multicasts")).to_contain_text(f"MyShop: {TEXT}")
    house.go(minutes=10)
    await maria.page.show("chat")
    await maria.see("📤 Время пришло · VIP", "Должна идти с 15:00. Отчёта по рассылке провайдер не даёт.")
    await maria.page.show("phones")
    await expect(maria.page.see("multicasts")).to_contain_text("ушло 12")
    await expect(maria.page.see("phone-79161230001")).to_contain_text(TEXT)
    assert maria.presses == 1
    assert [one["bases"] for one in house.multicasts] == [["VIP"]]
    assert sorted(house.received) == [(str(79161230001 + n), TEXT) for n in range(12)]


async def test_a_file_becomes_a_verdict_and_then_numbers_in_the_base(house: BrowserHouse, maria: Viewer) -> None:
    """A CSV through the paperclip: nothing is added before the one confirming press."""
    phones = [str(79990000000 + n) for n in range(25)]
    rows = "".join(f"Клиент;{phone}\n" for phone in phones)
    table = f"Имя;Телефон\n{rows}Ольга;{phones[0]}\nОлег;8911\n".encode("cp1251")
    payload = FilePayload(name="клиенты.csv", mimeType="text/csv", buffer=table)
    await maria.page.see("pick-document").set_input_files(payload)
    await maria.see("✏️ Импорт · в какую базу?", "Файл: клиенты.csv")
    await maria.press("VIP · 12")
    await maria.see("✏️ Проверьте импорт · VIP", "Ещё ничего не добавлено. Подходит 25 из 27")
    await maria.see("Повторы 1 · с ошибкой 1", "строка 28: 8911 – мало цифр: 4")
    await see_base(maria, "VIP", "12 номеров")
    await maria.press("Добавить 25")
    await maria.see("📤 Импорт")
    house.go(seconds=4)
    await maria.see("✅ Импорт закончен · VIP", "Добавлено 25. В базе 37")
    await see_base(maria, "VIP", "37 номеров")
    await maria.see_only("✅ Импорт закончен · VIP")
    assert (maria.presses, maria.typed) == (2, 1)
    assert set(phones) <= set(house.base("VIP"))


async def test_a_photo_is_previewed_once_and_shown_on_the_phone(house: BrowserHouse, maria: Viewer) -> None:
    """A photo with a caption is an MMS: who to, look, one press; the phone shows the very picture."""
    await maria.page.see("composer").fill("Меню на неделю")
    photo = FilePayload(name="menu.jpg", mimeType="image/jpeg", buffer=_photo())
    await maria.page.see("pick-photo").set_input_files(photo)
    await maria.see("✏️ Новое MMS · кому?")
    await maria.say(PHONE)
    await maria.see("✏️ Проверьте MMS · +79119876543", "Ещё не отправлено.", "из 300, картинка 640 × 480")
    await maria.see("Меню на неделю")
    await expect(maria.page.page.locator("#messages > .message.bot").get_by_role("img", name="Фото")).to_have_count(1)
    assert house.received == []
    await maria.press_first()
    await maria.see("⏳ Сейчас уйдёт · +79119876543")
    house.go(seconds=10)
    await maria.see("📤 Отправлено · +79119876543", "Статус MMS провайдер не обещает.")
    await maria.page.show("phones")
    phone = maria.page.see(f"phone-{PHONE}")
    await expect(phone).to_contain_text("Меню на неделю")
    size = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"
    assert await phone.get_by_role("img", name="Картинка MMS").evaluate(size) == [640, 480]
    await expect(phone.locator("li.sms")).to_have_count(1)
    assert (maria.presses, house.received) == (1, [(PHONE, "Меню на неделю")])


def _photo() -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(file, "JPEG")
    return file.getvalue()
