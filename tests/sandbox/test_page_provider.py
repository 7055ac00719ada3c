"""The provider's side of the page: phones, account, faults."""

import httpx
import pytest
from playwright.async_api import ViewportSize, expect

from tests.sandbox.page_driver import AT_360, BOTH_SIZES, PHONE, PageDriver, ScriptedBot
from tests.sandbox.sms2_client import Sms2Client
from tests.sandbox.telegram_client import MARIA, TOKEN

pytest_plugins = ["tests.browser", "tests.sandbox.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@AT_360
async def test_an_sms_appears_on_its_phone_the_newest_on_top(page: PageDriver, customer: Sms2Client) -> None:
    await customer.control("sms2/settings", delivery_seconds=0.0)
    await customer.send(message="первое")
    await customer.send(message="я" * 71, flash="1")
    await page.show("phones")
    received = page.see("phone-79119876543").locator("li.sms")
    await expect(received).to_have_count(2)
    await expect(received.first).to_contain_text("2 части")
    await expect(received.first).to_contain_text("flash")
    await expect(received.last).to_contain_text("MyShop")
    await expect(received.last).to_contain_text("доставлено")


@BOTH_SIZES
async def test_an_sms_is_news_only_where_the_phones_are_out_of_sight(
    page: PageDriver, customer: Sms2Client, viewport: ViewportSize
) -> None:
    await customer.send(message="первое")
    await expect(page.see("phone-79119876543")).to_have_count(1)
    await customer.send(message="второе")
    await expect(page.see("phone-79119876543").locator("li.sms")).to_have_count(2)
    marked = await page.see("tab-phones").get_attribute("data-news") is not None
    assert marked == (viewport == PHONE)


async def test_a_phones_fate_is_chosen_on_the_phone(page: PageDriver, customer: Sms2Client) -> None:
    await customer.send(message="первое")
    await page.see("phone-79119876543").get_by_label("Следующее SMS").select_option("в стоп-листе")
    await expect(page.page.locator("#magic")).to_contain_text("79119876543")
    assert await customer.send(message="второе") == "Error: phone blacklisted"


@BOTH_SIZES
async def test_a_fault_chosen_on_the_page_bites_once(page: PageDriver, customer: Sms2Client) -> None:
    await page.show("faults")
    await page.page.get_by_role("button", name="Связь рвётся после приёма SMS").click()
    await expect(page.see("fault")).to_contain_text("ещё 1 раз")
    with pytest.raises(httpx.RemoteProtocolError):
        await customer.send(message="Ответ потерян")
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


async def test_an_account_without_money_is_named_and_refilled(page: PageDriver, customer: Sms2Client) -> None:
    await page.page.get_by_role("button", name="Деньги кончились").click()
    await expect(page.see("balance")).to_have_text("−10 000,00 ₽")
    assert await customer.send() == "Error: your credit is null"
    await page.show("faults")
    await expect(page.see("fault")).to_contain_text("нет денег")
    await page.see("fault").get_by_role("button", name="Вернуть").click()
    await expect(page.see("active-faults")).to_have_text("Всё работает")
    assert (await customer.state())["balance"] == "5006.75"
