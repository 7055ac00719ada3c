"""The chat page in a real browser, against a sandbox whose bot is a script of plain Bot API calls."""

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Request, ViewportSize, expect

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.page_driver import DESKTOP, PHONE, PageDriver, ScriptedBot, draw_png, open_page
from tests.sandbox.sms2_client import Sms2Client
from tests.sandbox.telegram_client import GROUP, IVAN, MARIA, PETR, TOKEN, TOPIC, client

pytest_plugins = ["tests.browser"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


PIXEL = draw_png(1, 1)
WIDE = draw_png(320, 200)
BOTH_SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360px", "1280px"], indirect=True)
AT_360 = pytest.mark.parametrize("viewport", [PHONE], ids=["360px"], indirect=True)


@pytest_asyncio.fixture(loop_scope="session")
async def url(store: Store) -> AsyncIterator[str]:
    async with serve(store) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def bot(url: str) -> AsyncIterator[ScriptedBot]:
    async with client(url) as http:
        yield ScriptedBot(http)


@pytest.fixture
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    size: ViewportSize = getattr(request, "param", DESKTOP)
    return size


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tab(browser: Browser) -> AsyncIterator[PageDriver]:
    """One tab for all tests: to open one takes longer than most of them."""
    async with open_page(browser, "about:blank", permissions=["clipboard-read", "clipboard-write"]) as tab:
        yield tab


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: PageDriver, url: str, viewport: ViewportSize) -> AsyncIterator[PageDriver]:
    """The page of a fresh sandbox through Maria's eyes; what its console complains of fails the test."""
    await tab.page.set_viewport_size(viewport)
    page = replace(tab, url=url)
    await page.look(MARIA)
    yield page
    await page.leave()
    complaints = list(page.problems)
    page.problems.clear()
    assert complaints == []


def sms2(bot: ScriptedBot) -> Sms2Client:
    return Sms2Client(bot.http)


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


@BOTH_SIZES
async def test_a_chat_opens_at_its_newest_message_and_follows_new_ones(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("строка\n" * 60)
    await bot.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": str(MARIA)}, files={"photo": ("big.png", WIDE)})
    newest = await bot.say("Проверьте SMS", ["Отправить"])
    await page.look(MARIA)
    await expect(page.message(newest)).to_be_in_viewport(ratio=0.99)
    following = await bot.say("ниже\n" * 9)
    await expect(page.message(following)).to_be_in_viewport(ratio=0.99)


async def test_who_reads_above_is_told_of_new_messages_and_not_moved(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    card = await bot.say("карточка")
    await bot.say("строка\n" * 60)
    await page.message(card).scroll_into_view_if_needed()
    newest = await bot.say("новое")
    await expect(page.page.get_by_label("К новым сообщениям")).to_have_text("↓ 1")
    await expect(page.message(card)).to_be_in_viewport()
    await page.page.get_by_label("К новым сообщениям").click()
    await expect(page.message(newest)).to_be_in_viewport()


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


async def test_pages_of_several_people_are_live_at_once(page: PageDriver, bot: ScriptedBot) -> None:
    """One page asks for all, or four would use up the browser's connections; when it leaves another takes over."""
    others = [replace(page, page=await page.page.context.new_page()) for _ in range(3)]
    for one, user in zip(others, (PETR, IVAN, MARIA), strict=True):
        await one.look(user)
    petr, _, maria = others
    await bot.meet()
    first = await bot.say("владельцу")
    await expect(maria.message(first)).to_be_visible()
    await expect(petr.see("welcome")).to_be_visible()
    await expect(petr.see("who")).to_contain_text("Мария · владелец (1)")
    await page.leave()
    second = await bot.say("ещё раз")
    await expect(maria.message(second)).to_be_visible()
    for one in others:
        await one.page.close()


async def test_the_page_goes_on_when_the_sandbox_comes_back(tab: PageDriver, store: Store) -> None:
    async with serve(store) as url:
        page = replace(tab, url=url)
        await page.look(MARIA)
    await expect(page.page.get_by_text("Нет связи с песочницей")).to_be_visible()
    async with serve(store, port=int(url.rpartition(":")[2])), client(url) as http:
        await ScriptedBot(http).meet()
        await expect(page.newest).to_contain_text("/start")
        await expect(page.page.get_by_text("Нет связи с песочницей")).to_be_hidden()
        await page.leave()
    page.problems.clear()  # the browser itself complains of refused connections


@AT_360
async def test_an_sms_appears_on_its_phone_the_newest_on_top(page: PageDriver, bot: ScriptedBot) -> None:
    await sms2(bot).control("sms2/settings", delivery_seconds=0.0)
    await sms2(bot).send(message="первое")
    await sms2(bot).send(message="я" * 71, flash="1")
    await page.show("phones")
    received = page.see("phone-79119876543").locator("li.sms")
    await expect(received).to_have_count(2)
    await expect(received.first).to_contain_text("2 части")
    await expect(received.first).to_contain_text("flash")
    await expect(received.last).to_contain_text("MyShop")
    await expect(received.last).to_contain_text("доставлено")


@BOTH_SIZES
async def test_an_sms_is_news_only_where_the_phones_are_out_of_sight(
    page: PageDriver, bot: ScriptedBot, viewport: ViewportSize
) -> None:
    await sms2(bot).send(message="первое")
    await expect(page.see("phone-79119876543")).to_have_count(1)
    await sms2(bot).send(message="второе")
    await expect(page.see("phone-79119876543").locator("li.sms")).to_have_count(2)
    marked = await page.see("tab-phones").get_attribute("data-news") is not None
    assert marked == (viewport == PHONE)


async def test_a_phones_fate_is_chosen_on_the_phone(page: PageDriver, bot: ScriptedBot) -> None:
    await sms2(bot).send(message="первое")
    await page.see("phone-79119876543").get_by_label("Следующее SMS").select_option("в стоп-листе")
    await expect(page.page.locator("#magic")).to_contain_text("79119876543")
    assert await sms2(bot).send(message="второе") == "Error: phone blacklisted"


@BOTH_SIZES
async def test_a_fault_chosen_on_the_page_bites_once(page: PageDriver, bot: ScriptedBot) -> None:
    await page.show("faults")
    await page.page.get_by_role("button", name="Связь рвётся после приёма SMS").click()
    await expect(page.see("fault")).to_contain_text("ещё 1 раз")
    with pytest.raises(httpx.RemoteProtocolError):
        await sms2(bot).send(message="Ответ потерян")
    await expect(page.see("active-faults")).to_have_text("Всё работает")
    await page.show("phones")
    await expect(page.see("phone-79119876543")).to_contain_text("Ответ потерян")


async def test_any_fault_can_be_composed_and_mended(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await page.show("faults")
    await page.page.get_by_text("Свой сбой").click()
    form = page.see("fault-form")
    await form.get_by_label("У кого").select_option("Telegram")
    await form.get_by_label("Какой вызов").select_option("sendMessage")
    await form.get_by_label("Что случится").select_option("429")
    await form.get_by_label("Секунды").fill("7")
    await form.get_by_label("Сколько раз").fill("")
    await form.get_by_role("button", name="Включить").click()
    await expect(page.see("fault")).to_contain_text("пока не выключите")
    refused = (await bot.http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": MARIA, "text": "рано"})).json()
    await page.page.get_by_role("button", name="Починить Telegram").click()
    await expect(page.see("active-faults")).to_have_text("Всё работает")
    assert refused["parameters"] == {"retry_after": 7}
    await expect(page.message(await bot.say("теперь"))).to_be_visible()


async def test_an_account_without_money_is_named_and_refilled(page: PageDriver, bot: ScriptedBot) -> None:
    await page.page.get_by_role("button", name="Деньги кончились").click()
    await expect(page.see("balance")).to_have_text("−10 000,00 ₽")
    assert await sms2(bot).send() == "Error: your credit is null"
    await page.show("faults")
    await expect(page.see("fault")).to_contain_text("нет денег")
    await page.see("fault").get_by_role("button", name="Вернуть").click()
    await expect(page.see("active-faults")).to_have_text("Всё работает")
    assert (await sms2(bot).state())["balance"] == "5006.75"


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


@AT_360
async def test_nothing_stands_out_of_a_narrow_window(page: PageDriver, bot: ScriptedBot) -> None:
    await bot.meet()
    await bot.say("длинноеслово" * 30, ["Подпись", "Провайдер", "Проверено!"], ["Очень длинная подпись одной кнопки"])
    await sms2(bot).send(phone="79110000002", message="длинноеслово" * 20)
    await sms2(bot).function("start_multicast", message="Завтра", bases="VIP,Клиенты", **{"from": "MyShop"})
    await expect(page.newest).to_contain_text("длинноеслово")
    stands_out = await page.overflow()
    for view in ("phones", "faults"):
        await page.show(view)
        await page.see(view).locator("details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")
        stands_out += await page.overflow()
    assert stands_out == []


async def test_the_page_asks_nobody_but_the_sandbox(page: PageDriver) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(urlsplit(request.url).netloc)

    page.page.on("request", note)
    await page.look(MARIA)
    page.page.remove_listener("request", note)
    assert set(asked) == {urlsplit(page.url).netloc}


async def test_a_wide_window_shows_chat_and_phones_side_by_side(page: PageDriver) -> None:
    chat, phones = await page.see("chat").bounding_box(), await page.see("phones").bounding_box()
    assert chat is not None
    assert phones is not None
    assert chat["x"] + chat["width"] <= phones["x"]
