"""Writing on the page: texts, commands, files, contacts, replies."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox.page_driver import AT_360, PageDriver, ScriptedBot, draw_png
from tests.sandbox.telegram_client import GROUP, IVAN, MARIA, TOKEN, TOPIC

pytest_plugins = ["tests.browser", "tests.sandbox.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PIXEL = draw_png(1, 1)


async def test_files_go_up_with_the_written_text_as_their_caption(page: PageDriver, bot: ScriptedBot) -> None:
    await page.see("composer").fill("Меню")
    await page.see("pick-photo").set_input_files(FilePayload(name="menu.png", mimeType="image/png", buffer=PIXEL))
    photo = (await bot.hear())["message"]
    await page.see("pick-document").set_input_files(
        FilePayload(name="n.csv", mimeType="text/csv", buffer=b"79119876543")
    )
    document = (await bot.hear())["message"]["document"]
    path = (await bot.call("getFile", file_id=photo["photo"][-1]["file_id"]))["file_path"]
    assert (await bot.http.get(f"/file/bot{TOKEN}/{path}")).content == PIXEL
    assert (photo["caption"], document["file_name"], document["mime_type"]) == ("Меню", "n.csv", "text/csv")


@AT_360
async def test_the_own_number_is_given_by_the_bots_keyboard(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    ask = {"keyboard": [[{"text": "Дать мой номер", "request_contact": True}]], "resize_keyboard": True}
    await bot.say("Нужен ваш номер", reply_markup=ask)
    await page.see("reply-keyboard").get_by_role("button", name="Дать мой номер").click()
    contact = (await bot.hear())["message"]["contact"]
    await bot.say("Спасибо", reply_markup={"remove_keyboard": True})
    await expect(page.see("reply-keyboard")).to_be_hidden()
    assert contact == {"phone_number": "79110001001", "first_name": "Мария", "user_id": MARIA}


async def test_somebody_elses_contact_is_not_the_senders_own(page: PageDriver, bot: ScriptedBot) -> None:
    await page.attach("Чужой контакт…")
    await page.see("question").get_by_label("Имя").fill("Олег")
    await page.see("question").get_by_label("Телефон").fill("+7 921 111-22-33")
    await page.see("question").get_by_role("button", name="Отправить").click()
    assert (await bot.hear())["message"]["contact"] == {"phone_number": "+79211112233", "first_name": "Олег"}


async def test_a_text_can_be_forwarded(page: PageDriver, bot: ScriptedBot) -> None:
    await page.attach("Переслать текст…")
    await page.see("question").get_by_label("Текст").fill("Звоните 8 911 000-00-01")
    await page.page.get_by_role("button", name="Переслать").click()
    heard = (await bot.hear())["message"]
    await expect(page.newest).to_contain_text("Переслано от Акции")
    assert (heard["text"], heard["forward_origin"]["type"]) == ("Звоните 8 911 000-00-01", "hidden_user")


async def test_enter_sends_and_shift_enter_begins_a_line(page: PageDriver, bot: ScriptedBot) -> None:
    await page.see("composer").press_sequentially("раз")
    await page.see("composer").press("Shift+Enter")
    await page.see("composer").press_sequentially("два")
    await page.see("composer").press("Enter")
    assert (await bot.hear())["message"]["text"] == "раз\nдва"


@AT_360
async def test_a_slash_opens_the_commands_of_this_person_and_a_tap_sends_one(
    page: PageDriver, bot: ScriptedBot
) -> None:
    await bot.call("setMyCommands", commands=[{"command": "send", "description": "отправить SMS"}])
    await expect(page.see("commands")).to_be_visible()
    await page.see("composer").fill("/se")
    await page.see("suggestions").get_by_role("button", name="/send отправить SMS").click()
    assert (await bot.hear())["message"]["text"] == "/send"


async def test_menus_that_were_set_while_one_looked_elsewhere_are_there_on_return(
    page: PageDriver, bot: ScriptedBot
) -> None:
    await bot.meet(IVAN)
    own = {"type": "chat", "chat_id": IVAN}
    await bot.call("setMyCommands", commands=[{"command": "send", "description": "отправить SMS"}], scope=own)
    await bot.call("setMyCommands", commands=[{"command": "help", "description": "справка"}])
    await expect(page.see("commands")).to_be_visible()
    await page.see("who").select_option("1002")
    await page.see("commands").click()
    await expect(page.see("suggestions")).to_have_text("/sendотправить SMS")


async def test_an_own_message_can_be_edited_and_any_answered(page: PageDriver, bot: ScriptedBot) -> None:
    await page.type("Скидка")
    own = (await bot.hear())["message"]["message_id"]
    await page.act(own, "Изменить")
    await page.type("Скидка 500 руб.")
    edited = (await bot.hear())["edited_message"]
    await page.act(own, "Ответить")
    await page.type("ещё")
    assert (edited["message_id"], edited["text"]) == (own, "Скидка 500 руб.")
    assert (await bot.hear())["message"]["reply_to_message"]["message_id"] == own


async def test_a_forced_reply_in_a_topic_is_asked_of_the_mentioned_alone(page: PageDriver, bot: ScriptedBot) -> None:
    force = {"force_reply": True, "selective": True, "input_field_placeholder": "79119876543"}
    question = f'<a href="tg://user?id={MARIA}">Мария</a>, кому?'
    asked = await bot.say(question, chat=GROUP, message_thread_id=TOPIC, reply_markup=force)
    await page.look(IVAN, GROUP, TOPIC)
    await expect(page.message(asked)).to_be_visible()
    await expect(page.see("mode")).to_be_hidden()
    await page.look(MARIA, GROUP, TOPIC)
    await expect(page.see("composer")).to_have_attribute("placeholder", "79119876543")
    await page.type("79119876543")
    heard = (await bot.hear())["message"]
    await expect(page.see("mode")).to_be_hidden()
    assert (heard["reply_to_message"]["message_id"], heard["message_thread_id"]) == (asked, TOPIC)
