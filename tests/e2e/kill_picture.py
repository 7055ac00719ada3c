"""The story of a picture: a photo becomes the draft of an MMS, fetched, fitted and shown by the whole house (kill_house.py)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import httpx
from PIL import Image
from sqlalchemy import select

from bot.storage import tables
from sandbox.telegram import views
from tests.e2e.kill_stages import OWNER, TLS, Room, far_ends
from tests.e2e.kill_trials import Bench
from tests.e2e.referee import Verdict
from tests.e2e.screen import Seen

_PREVIEW = "✏️ Проверьте MMS"
_SIZE = (64, 48)


class Studio(Room):
    """A chat with the bot: an owner sends a photo that says whom it is for, once, and looks at the screen."""

    async def judge(self, bench: Bench) -> Verdict:
        """Judge by the draft, and by what stands on the screen: one card, whole and a reply to its picture.

        SENT: that picture alone. DOUBT: one more, which nobody knows to be there. CROWDED: more of anything.
        """
        async with bench.writing() as tx:
            [draft] = await tx.conn.scalars(select(tables.drafts.c.fields))
            kept = [Image.open(BytesIO(data)) for data in await tx.conn.scalars(select(tables.blobs.c.data))]
        shown = [views.message(self._world, one) for one in self._world.chats.all(OWNER)]
        mine = [one for one in shown if one["by_bot"] and not one["deleted"]]
        pictures = [one["message_id"] for one in mine if one["photo"]]
        cards = [one for one in mine if not one["photo"]]
        known = (draft.get("picture") or {}).get("message")
        whole = [(one.format, one.size) for one in kept] == [("PNG", _SIZE)] and known in pictures
        if not whole or not any(_whole(card) and card["reply_to"] == known for card in cards):
            return Verdict.LOST
        if len(cards) > 1 or len(pictures) > 2:
            return Verdict.CROWDED
        return Verdict.SENT if len(pictures) == 1 else Verdict.DOUBT

    def _ended(self) -> bool:
        return any(card.text.startswith(_PREVIEW) for card in self._chat.cards)

    def _button(self) -> tuple[Seen, str] | None:
        """Choose what to press: when all is over, what a crash has left behind above the preview; it is to go and no more."""
        previews = [card.id for card in self._chat.cards if card.text.startswith(_PREVIEW)]
        older = [card for card in self._chat.cards if previews and card.labels and card.id < previews[-1]]
        return next(((card, card.labels[0]) for card in older if card.id not in self._pressed), None)

    async def _next_deed(self) -> None:
        if self._said:
            await super()._next_deed()
            return
        fields = {"user": str(OWNER), "as": "photo", "caption": f"/mms {self.phone} Меню"}
        files = {"file": ("menu.jpg", _photo())}
        answer = await self._hand.post(f"{self.url}/control/telegram/upload", data=fields, files=files)
        assert answer.status_code == 200, answer.text
        self._said = True


def _whole(card: dict[str, Any]) -> bool:
    text = str(card["text"]).replace("\N{NO-BREAK SPACE}", " ")
    return text.startswith(_PREVIEW) and "картинка 64 × 48" in text and "Меню" in text


def _photo() -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize(_SIZE).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@asynccontextmanager
async def studio() -> AsyncIterator[Studio]:
    """Give a studio of its own, in a world without a past."""
    async with (
        far_ends(":memory:") as (store, url),
        httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(verify=TLS)) as hand,
    ):
        yield Studio(url, store, hand)
