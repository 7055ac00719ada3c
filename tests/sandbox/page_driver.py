"""The chat page under a finger, by the words on the screen, and a bot for it to talk to."""

import re
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.sandbox.telegram_client import MARIA, TOKEN

__all__ = ["AT_360", "BOTH_SIZES", "DESKTOP", "PHONE", "PageDriver", "ScriptedBot", "draw_png", "open_page"]

PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=800)
BOTH_SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360px", "1280px"], indirect=True)
AT_360 = pytest.mark.parametrize("viewport", [PHONE], ids=["360px"], indirect=True)
PATIENCE_MS = 5000


@dataclass(frozen=True, slots=True)
class PageDriver:
    """One open page; `problems` collects what its console complains of."""

    page: Page
    url: str
    problems: list[str]

    async def look(self, user: int, chat: int | None = None, topic: int | None = None) -> None:
        """Look through somebody's eyes at a chat, by the address."""
        query = f"user={user}" + (f"&chat={chat}" if chat else "") + (f"&topic={topic}" if topic else "")
        await self.page.goto(f"{self.url}/?{query}")
        await self.page.locator("body[data-ready]").wait_for()

    async def leave(self) -> None:
        """Go away from the page, as closing it would."""
        await self.page.goto("about:blank")

    def see(self, test_id: str) -> Locator:
        """Give what bears a `data-testid`."""
        return self.page.get_by_test_id(test_id)

    def message(self, message_id: int) -> Locator:
        """Give one message with its keyboard."""
        return self.see(f"message-{message_id}")

    @property
    def shown(self) -> Locator:
        """All messages on the screen, the oldest first."""
        return self.page.locator("#messages > .message:visible")

    @property
    def newest(self) -> Locator:
        """The last message on the screen."""
        return self.shown.last

    def button(self, label: str) -> Locator:
        """Give the newest inline button of that label."""
        return self.page.locator("#messages .keyboard").get_by_role("button", name=label, exact=True).last

    async def type(self, text: str) -> None:
        """Write a text and send it with Enter, as one types."""
        await self.see("composer").fill(text)
        await self.see("composer").press("Enter")
        await expect(self.see("composer")).to_have_value("")

    async def press(self, label: str) -> None:
        """Press the newest inline button of that label."""
        await self.button(label).click()

    async def act(self, message_id: int, deed: str) -> None:
        """Choose from the menu of a message."""
        await self.message(message_id).get_by_label("Действия с сообщением").click()
        await self.page.get_by_role("menuitem", name=deed).click()

    async def attach(self, kind: str) -> None:
        """Choose from the menu behind the paperclip."""
        await self.see("attach").click()
        await self.page.get_by_role("menuitem", name=kind, exact=True).click()

    async def show(self, view: str) -> None:
        """Turn to `chat`, `phones` or `faults`."""
        await self.see(f"tab-{view}").click()
        await expect(self.see(view)).to_be_visible()

    async def overflow(self) -> list[str]:
        """Name the elements that stand out of the window sideways: there must be none."""
        found: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth + 1)
                .map((node) => `${node.tagName}.${node.className}`)"""
        )
        return found


@asynccontextmanager
async def open_page(
    browser: Browser, url: str, viewport: ViewportSize = DESKTOP, **options: Any
) -> AsyncIterator[PageDriver]:
    """Open a page of its own (`options` are the context's); what its console complains of fails the test."""
    context = await browser.new_context(viewport=viewport, locale="ru-RU", **options)
    context.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    try:
        page = await context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: _note(said, problems))
        yield PageDriver(page, url, problems)
    finally:
        await context.close()
    assert problems == []


def _note(said: ConsoleMessage, problems: list[str]) -> None:
    # A refused deed answers 4xx, which the browser prints too: the page shows it to the person.
    if said.type in ("error", "warning") and not re.search("status of 4", said.text):
        problems.append(said.text)


@dataclass
class ScriptedBot:
    """A bot without a library: what it is told to call, what it gets to hear."""

    http: httpx.AsyncClient
    offset: int = 0

    async def call(self, method: str, **params: Any) -> Any:
        answer = (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def hear(self) -> dict[str, Any]:
        """Give the next update."""
        updates = await self.call("getUpdates", offset=self.offset, timeout=5, limit=1)
        assert updates, "no update came"
        self.offset = updates[0]["update_id"] + 1
        heard: dict[str, Any] = updates[0]
        return heard

    async def meet(self, user: int = MARIA) -> None:
        """Let somebody press Start."""
        await self.http.post("/control/telegram/say", json={"user": user, "text": "/start"})
        await self.hear()

    async def say(self, text: str, *rows: list[str], chat: int = MARIA, **params: Any) -> int:
        """Write to a chat, with inline buttons whose data are their labels; give the message's id."""
        if rows:
            keyboard = [[{"text": label, "callback_data": label} for label in row] for row in rows]
            params["reply_markup"] = {"inline_keyboard": keyboard}
        message = await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **params)
        message_id: int = message["message_id"]
        return message_id


def draw_png(width: int, height: int) -> bytes:
    """Draw a grey picture."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    packed = (struct.pack(">I", len(data)) + kind + data + _crc(kind + data) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _crc(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))
