"""The chat on the page: messages, presses, files, quotes."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page_driver import BOTH_SIZES, PageDriver, ScriptedBot, draw_png
from tests.sandbox.telegram_client import MARIA, TOKEN

pytest_plugins = ["tests.browser", "tests.sandbox.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = draw_png(1, 1)


@BOTH_SIZES
async def test_an_empty_chat_offers_to_start(page: PageDriver, bot: ScriptedBot) -> None:
    await page.see("start").click()
    heard = (await bot.hear())["message"]
    await expect(page.see("welcome")).to_be_hidden()
    assert (heard["text"], heard["from"]["id"]) == ("/start", MARIA)


@BOTH_SIZES
async def test_a_message_arrives_by_itself_as_telegram_would_show_it(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("<b>Баланс</b> <code>5&lt;6</code> <i>и</i> <u>так</u> <s>далее</s>", disable_notification=True)
    text = page.newest.locator(".text")
    await expect(text).to_have_text("Баланс 5<6 и так далее")
    assert [await text.locator(tag).count() for tag in ("b", "code", "i", "u", "s")] == [1] * 5


async def test_only_messages_that_notified_bear_a_bell(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    silent, loud = await bot.say("тихо", disable_notification=True), await bot.say("громко")
    await expect(page.message(loud).get_by_label("со звуком")).to_be_visible()
    assert await page.message(silent).get_by_label("со звуком").count() == 0


@BOTH_SIZES
async def test_a_press_reaches_the_bot_and_waits_for_its_alert(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("Отправить?", ["Отправить"], ["Закрыть"])
    await page.press("Отправить")
    query = (await bot.hear())["callback_query"]
    await expect(page.button("Отправить")).to_have_attribute("data-spinning", "")
    await expect(page.button("Закрыть")).to_be_disabled()
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Поздно", show_alert=True)
    await expect(page.see("alert")).to_contain_text("Поздно")
    await page.see("alert").get_by_role("button", name="OK").click()
    await expect(page.see("alert")).to_have_count(0)
    await expect(page.button("Закрыть")).to_be_enabled()
    assert (query["data"], query["from"]["id"]) == ("Отправить", MARIA)


async def test_an_answer_without_an_alert_is_a_toast(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("Проверено", ["Проверить"])
    await page.press("Проверить")
    query = (await bot.hear())["callback_query"]
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Новостей нет")
    await expect(page.see("toast")).to_have_text("Новостей нет")
    assert await page.see("alert").count() == 0


async def test_a_press_while_another_is_in_flight_does_nothing(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("Выберите", ["Да", "Нет"])
    await page.press("Да")
    await bot.hear()
    await page.button("Нет").dispatch_event("click")
    await page.type("дальше")
    assert (await bot.hear())["message"]["text"] == "дальше"


async def test_the_keyboards_focus_stays_on_a_card_that_its_press_changed(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    card = await bot.say("Проверьте SMS", ["Отправить"])
    await page.button("Отправить").press("Enter")
    await bot.hear()
    keyboard = {"inline_keyboard": [[{"text": "Вернуть", "callback_data": "undo"}]]}
    await bot.call("editMessageText", chat_id=MARIA, message_id=card, text="Сейчас уйдёт", reply_markup=keyboard)
    await expect(page.button("Вернуть")).to_be_focused()


async def test_an_edit_is_marked_and_changes_the_message_in_its_place(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    card, below = await bot.say("Отправляется"), await bot.say("ниже")
    await bot.call("editMessageText", chat_id=MARIA, message_id=card, text="Доставлено")
    await expect(page.message(card)).to_contain_text("Доставлено")
    await expect(page.message(card)).to_contain_text("изменено")
    await expect(page.newest).to_have_attribute("data-testid", f"message-{below}")


async def test_deleted_messages_are_hidden_until_they_are_asked_for(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    gone = await bot.say("Кому отправить?")
    await expect(page.message(gone)).to_be_visible()
    await bot.call("deleteMessage", chat_id=MARIA, message_id=gone)
    await expect(page.message(gone)).to_have_count(0)
    await page.see("chat-menu").click()
    await page.page.get_by_role("menuitem", name="Показать удалённые").click()
    await expect(page.message(gone)).to_contain_text("удалено")


async def test_files_of_the_bot_can_be_seen_and_saved(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    for kind, name, content in (("photo", "chart.png", PIXEL), ("document", "номера.csv", b"79119876543\n")):
        method = f"/bot{TOKEN}/send{kind.title()}"
        await bot.http.post(method, data={"chat_id": str(MARIA)}, files={kind: (name, content)})
    async with page.page.expect_download() as download:
        await page.page.get_by_role("link", name="номера.csv").click()
    saved = await download.value
    assert saved.suggested_filename == "номера.csv"
    assert (await saved.path()).read_bytes() == b"79119876543\n"
    assert (
        await page.page.get_by_role("img", name="Фото").evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        == 1
    )


async def test_a_tap_copies_code_and_unfolds_a_long_quote(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("<code>+79119876543</code><blockquote expandable>" + "строка\n" * 9 + "конец</blockquote>")
    await page.newest.locator("code").click()
    await expect(page.see("toast")).to_have_text("Скопировано")
    assert await page.page.evaluate("navigator.clipboard.readText()") == "+79119876543"
    quote = page.newest.locator("blockquote")
    folded = await quote.evaluate("node => node.offsetHeight")
    await quote.click()
    await expect(quote).to_have_attribute("aria-expanded", "true")
    assert await quote.evaluate("node => node.offsetHeight") > 2 * folded


async def test_no_empty_line_follows_a_quote(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("до\n<blockquote>цитата</blockquote>\n<i>после</i>")
    quote = await page.newest.locator("blockquote").bounding_box()
    after = await page.newest.locator("i").bounding_box()
    assert quote is not None
    assert after is not None
    assert 0 <= after["y"] - (quote["y"] + quote["height"]) < after["height"]
