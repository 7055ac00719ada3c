"""The queue of updates, and getUpdates over it."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any

from sandbox.store import Store
from sandbox.telegram.errors import CallError, conflict
from sandbox.telegram.options import Options

__all__ = ["ALL_TYPES", "Updates"]

_DDL = """
CREATE TABLE IF NOT EXISTS tg_updates (
    update_id INTEGER PRIMARY KEY, at REAL NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
);
"""
ALL_TYPES = (
    *("message", "edited_message", "channel_post", "edited_channel_post", "business_connection"),
    *("business_message", "edited_business_message", "deleted_business_messages", "message_reaction"),
    *("message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query"),
    *("pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member"),
    *("chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot"),
)
_ON_DEMAND = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_KEPT_SECONDS = 24 * 3600
_NEAR_FUTURE = 10
_WEBHOOK_IS_ACTIVE = (
    "Can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = "Terminated by other getUpdates request; make sure that only one bot instance is running"
_OTHER_WAY = "Terminated by setWebhook request"


class Updates:
    """
    Updates wait here, for 24 hours at most, until the bot confirms them with a higher offset.

    Ids begin at a random number and never repeat. `on_new` is called after each new one.
    """

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._poller: asyncio.Future[None] | None = None
        self.on_new: Callable[[], None] = lambda: None
        store.script(_DDL)

    def put(self, kind: str, body: dict[str, Any]) -> None:
        """Queue an update, unless the bot did not ask for this kind."""
        allowed = self._options.get("allowed_updates")
        if kind not in allowed if allowed else kind in _ON_DEMAND:
            return
        update_id = self._options.count("update", random.randrange(100_000_000, 900_000_000))
        self._store.write(
            "INSERT INTO tg_updates VALUES (?, ?, ?, ?)",
            *(update_id, self._store.clock(), kind, json.dumps(body, ensure_ascii=False)),
        )
        self._wake(None)
        self.on_new()

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants: an empty list is the default, None leaves it as it was."""
        if kinds is not None:
            self._options.put("allowed_updates", [kind for kind in kinds if kind in ALL_TYPES] or None)

    def pending(self) -> int:
        """Count what waits."""
        return int(self._store.read("SELECT count(*) AS n FROM tg_updates")[0]["n"])

    @property
    def polling(self) -> bool:
        """Tell whether a poller waits at this moment."""
        return self._poller is not None and not self._poller.done()

    def clear(self) -> None:
        """Drop all that wait (drop_pending_updates)."""
        self._store.write("DELETE FROM tg_updates")

    def fetch(self, offset: int = 0, limit: int = 100) -> list[dict[str, Any]]:
        """
        Confirm everything below the offset for good and give what follows.

        A negative offset keeps that many of the newest; one far beyond the newest counts as none.
        """
        self._store.write("DELETE FROM tg_updates WHERE at < ?", self._store.clock() - _KEPT_SECONDS)
        if offset < 0:
            self._store.write(
                "DELETE FROM tg_updates WHERE update_id NOT IN"
                " (SELECT update_id FROM tg_updates ORDER BY update_id DESC LIMIT ?)",
                -offset,
            )
        elif offset <= self._options.get("update", 0) + _NEAR_FUTURE:
            self._store.write("DELETE FROM tg_updates WHERE update_id < ?", offset)
        rows = self._store.read("SELECT * FROM tg_updates ORDER BY update_id LIMIT ?", limit)
        return [{"update_id": row["update_id"], row["kind"]: json.loads(row["body"])} for row in rows]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """Fetch, waiting up to `seconds` for the first update; a second poller ends the first one's wait."""
        if self._options.get("webhook"):
            raise conflict(_WEBHOOK_IS_ACTIVE)
        found = self.fetch(offset, limit)
        if found or not seconds:
            return found
        self._wake(conflict(_OTHER_POLLER))
        self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await self._poller
        except TimeoutError:
            return []
        return self.fetch(offset, limit)

    def interrupt(self) -> None:
        """End a waiting poll: a webhook takes over."""
        self._wake(conflict(_OTHER_WAY))

    def _wake(self, error: CallError | None) -> None:
        poller, self._poller = self._poller, None
        if poller is None or poller.done():
            return
        if error is None:
            poller.set_result(None)
        else:
            poller.set_exception(error)
