"""The page as a window: scrolling, several at once, lost and found, narrow and wide."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Request, expect

from sandbox.app import serve
from sandbox.store import Store
from tests.sandbox.page_driver import AT_360, BOTH_SIZES, PageDriver, ScriptedBot, draw_png
from tests.sandbox.sms2_client import Sms2Client
from tests.sandbox.telegram_client import IVAN, MARIA, PETR, TOKEN, client

pytest_plugins = ["tests.browser", "tests.sandbox.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDE = draw_png(320, 200)


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
async def test_nothing_stands_out_of_a_narrow_window(page: PageDriver, bot: ScriptedBot, customer: Sms2Client) -> None:
    await bot.meet()
    await bot.say("длинноеслово" * 30, ["Подпись", "Провайдер", "Проверено!"], ["Очень длинная подпись одной кнопки"])
    await customer.send(phone="79110000002", message="длинноеслово" * 20)
    await customer.function("start_multicast", message="Завтра", bases="VIP,Клиенты", **{"from": "MyShop"})
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
