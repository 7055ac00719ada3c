"""Webhooks: setWebhook and the delivery of updates to the bot's own address."""

import asyncio
import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from sandbox.store import Store
from sandbox.telegram.errors import bad_request
from sandbox.telegram.options import Options
from sandbox.telegram.updates import Updates

__all__ = ["Webhook"]

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – the header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0
_TIMEOUT = 10.0


class Webhook:
    """
    One address for all updates, in order, each until it is answered with 2xx.

    Unlike Telegram it takes plain HTTP, but only on this machine.
    """

    def __init__(self, store: Store, options: Options, updates: Updates) -> None:
        self._store = store
        self._options = options
        self._updates = updates
        self._courier: asyncio.Task[None] | None = None
        updates.on_new = self.wake

    def set(self, url: str, settings: dict[str, Any]) -> None:
        """Take over from getUpdates; `settings`: secret_token, max_connections, ip_address."""
        _check_secret(settings.get("secret_token", ""))
        _check_address(url)
        self._updates.interrupt()
        self._options.put("webhook", {"url": url, **settings})
        self._options.put("webhook_error", None)
        self.wake()

    def delete(self) -> None:
        """Give the updates back to getUpdates."""
        self._options.put("webhook", None)
        self._options.put("webhook_error", None)

    def info(self) -> dict[str, Any]:
        """Give the Bot API's WebhookInfo object."""
        webhook = self._options.get("webhook", {})
        info = {
            "url": webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending(),
        }
        if webhook:
            info |= {"max_connections": webhook.get("max_connections", 40), "ip_address": "127.0.0.1"}
        if allowed := self._options.get("allowed_updates"):
            info["allowed_updates"] = allowed
        return {**info, **self._options.get("webhook_error", {})}

    def wake(self) -> None:
        """Start delivering if there is an address and nobody delivers already."""
        if self._options.get("webhook") and (self._courier is None or self._courier.done()):
            self._courier = asyncio.get_running_loop().create_task(self._deliver_all())

    async def _deliver_all(self) -> None:
        pause = _FIRST_PAUSE
        async with httpx.AsyncClient(trust_env=False, timeout=_TIMEOUT) as client:
            while (webhook := self._options.get("webhook")) and (found := self._updates.fetch(limit=1)):
                update = found[0]
                error = await _deliver(client, webhook, update)
                if error:
                    self._fail(error)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
                else:
                    self._updates.fetch(offset=update["update_id"] + 1, limit=1)
                    pause = _FIRST_PAUSE

    def _fail(self, error: str) -> None:
        at = int(self._store.clock())
        self._options.put("webhook_error", {"last_error_date": at, "last_error_message": error})


async def _deliver(client: httpx.AsyncClient, webhook: dict[str, Any], update: dict[str, Any]) -> str:
    """Post one update; gives the complaint for getWebhookInfo, empty on success."""
    secret = webhook.get("secret_token")
    headers = {_SECRET_HEADER: secret} if secret else {}
    try:
        answer = await client.post(webhook["url"], json=update, headers=headers)
    except httpx.TransportError:
        return "Connection failed"
    if answer.is_success:
        return ""
    return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"


def _check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("Secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("Secret token contains unallowed characters")


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("Invalid webhook URL specified")
    try:
        local = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        local = False
    if not local:
        raise bad_request("Bad webhook: only addresses of this machine are reachable from the sandbox")
