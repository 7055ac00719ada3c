"""Bases, multicasts and pictures on the page: what the cabinet makes, what waits for its time, what a phone shows."""

from hashlib import md5

import pytest
from playwright.async_api import Locator, expect

from tests.sandbox.page_driver import AT_360, PageDriver, draw_png
from tests.sandbox.sms2_client import Clock, Sms2Client

pytest_plugins = ["tests.browser", "tests.sandbox.page_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE = "79119876543"
HASH = md5(b"sandbox", usedforsecurity=False).hexdigest()


async def unfold(page: PageDriver, title: str) -> None:
    """Open a panel among the phones."""
    await page.show("phones")
    await page.page.locator("summary").get_by_text(title).click()


def base(page: PageDriver, name: str) -> Locator:
    """Give a base's line in the panel."""
    return page.see("base").filter(has_text=name)


async def fill(page: PageDriver, fields: dict[str, str]) -> Locator:
    """Fill the form of a base, and give it."""
    form = page.see("question")
    for label, text in fields.items():
        await form.get_by_label(label).fill(text)
    return form


async def held(customer: Sms2Client, name: str) -> tuple[list[str], bool]:
    """Give what the provider has of a base: its phones, and whether it is protected."""
    return next((one["phones"], one["protected"]) for one in (await customer.state())["bases"] if one["name"] == name)


@AT_360
async def test_the_bases_are_listed_with_their_sizes_and_marks(page: PageDriver) -> None:
    await unfold(page, "Базы номеров")
    await expect(base(page, "VIP")).to_have_text("VIP12 номеров")
    await expect(base(page, "Совет <ТСЖ> & Ко")).to_contain_text("5 номеров")
    await expect(base(page, "Сотрудники")).to_contain_text("защищена")
    await expect(page.see("bases").get_by_text("защищена")).to_have_count(1)


@AT_360
async def test_a_base_is_made_changed_and_deleted_by_its_form(page: PageDriver, customer: Sms2Client) -> None:
    await unfold(page, "Базы номеров")
    await page.page.get_by_role("button", name="Новая база…").click()
    form = await fill(page, {"Имя": "Ночная смена", "Номера": "8 911 987-65-43\n+7 921 111-22-33"})
    await form.get_by_label("Защищена").check()
    assert await page.overflow() == []
    await form.get_by_role("button", name="Сохранить").click()
    await expect(base(page, "Ночная смена")).to_contain_text("2 номера")
    assert await held(customer, "Ночная смена") == ([PHONE, "79211112233"], True)
    await base(page, "Ночная смена").click()
    await expect(form.get_by_label("Номера")).to_have_value(f"{PHONE}\n79211112233")
    await form.get_by_label("Номера").fill("79211112233")
    await form.get_by_label("Защищена").uncheck()
    await form.get_by_role("button", name="Сохранить").click()
    await expect(base(page, "Ночная смена")).to_contain_text("1 номер")
    assert await held(customer, "Ночная смена") == (["79211112233"], False)
    await base(page, "Ночная смена").click()
    await form.get_by_role("button", name="Удалить").click()
    await expect(base(page, "Ночная смена")).to_have_count(0)
    assert await customer.function("get_base", base="Ночная смена") == "Error: wrong base"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"Имя": "Новая", "Номера": f"{PHONE}\n8911"}, "Не номера: 8911"),
        ({"Имя": " VIP ", "Номера": PHONE}, "Такая база уже есть"),
    ],
)
async def test_a_base_that_cannot_be_leaves_the_form_open_and_the_bases_alone(
    page: PageDriver, customer: Sms2Client, fields: dict[str, str], complaint: str
) -> None:
    before = (await customer.state())["bases"]
    await unfold(page, "Базы номеров")
    await page.page.get_by_role("button", name="Новая база…").click()
    form = await fill(page, fields)
    await form.get_by_role("button", name="Сохранить").click()
    said = await form.locator(":invalid").last.evaluate("control => control.validationMessage")
    await expect(form.get_by_label("Имя")).to_have_value(fields["Имя"])
    assert (said, (await customer.state())["bases"]) == (complaint, before)


@AT_360
async def test_a_multicast_waits_in_the_panel_and_fires_at_its_time(
    page: PageDriver, customer: Sms2Client, clock: Clock
) -> None:
    """The page looks by itself when the time has come: nothing else happens meanwhile."""
    clock.advance(59)
    await customer.function(
        "start_multicast", message="Скидка", bases="VIP,Сотрудники", start_at="2026-11-21 12:01", **{"from": "MyShop"}
    )
    await unfold(page, "Рассылки")
    await expect(page.see("multicasts")).to_contain_text("VIP, Сотрудникиждёт 21 нояб., 12:01")
    await expect(page.page.locator("#multicast-count")).to_have_text("ждут: 1")
    await expect(page.page.locator("#no-phones")).to_be_visible()
    clock.advance(1)
    await expect(page.see("multicasts")).to_contain_text("ушло 20")
    await expect(page.page.locator("#multicast-count")).to_have_text("")
    await expect(page.page.locator("li.sms")).to_have_count(20)
    await expect(page.see("phone-79161260001")).to_contain_text("рассылка")


async def test_a_multicast_to_a_base_that_was_deleted_meanwhile_reaches_the_others(
    page: PageDriver, customer: Sms2Client, clock: Clock
) -> None:
    await customer.function(
        "start_multicast", message="Скидка", bases="VIP,Сотрудники", start_at="2026-11-21 12:01", **{"from": "MyShop"}
    )
    await unfold(page, "Базы номеров")
    await base(page, "VIP").click()
    await page.see("question").get_by_role("button", name="Удалить").click()
    await expect(base(page, "VIP")).to_have_count(0)
    clock.advance(60)
    assert [one["sent"] for one in (await customer.state())["multicasts"]] == [8]


@AT_360
async def test_an_mms_shows_its_subject_picture_and_text_on_the_phone(page: PageDriver, customer: Sms2Client) -> None:
    fields = {"user": "sandbox", "hash": HASH, "phone": PHONE, "subject": "Меню", "text": "На завтра"}
    await customer.http.post("/api.php", data=fields, files={"picture": ("menu.png", draw_png(320, 200), "image/png")})
    await page.show("phones")
    phone = page.see(f"phone-{PHONE}")
    await expect(phone).to_contain_text("Меню")
    await expect(phone).to_contain_text("На завтра")
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert await phone.get_by_role("img", name="Картинка MMS").evaluate(width) == 320
