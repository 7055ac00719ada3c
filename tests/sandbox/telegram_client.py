"""The Telegram side over a real socket: as its people see it, and as python-telegram-bot does."""

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import HTTPXRequest

TOKEN = "100:sandbox"
MARIA, IVAN, PETR, ANNA, JOHN = 1001, 1002, 1003, 1004, 1005
GROUP = -1001234567890
TOPIC = 5
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody and loads nothing: all is plain HTTP here, and reading the certificates takes longer than a test."""


@dataclass(frozen=True, slots=True)
class Telegram:
    """The people's side: what they do, what they see."""

    http: httpx.AsyncClient

    async def do(self, deed: str, **fields: Any) -> dict[str, Any]:
        answer = await self.http.post(f"/control/telegram/{deed}", json=fields)
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        return done

    async def refuse(self, deed: str, **fields: Any) -> tuple[int, str]:
        answer = await self.http.post(f"/control/telegram/{deed}", json=fields)
        return answer.status_code, answer.json()["error"]

    async def see(self) -> dict[str, Any]:
        seen: dict[str, Any] = (await self.http.get("/control/telegram")).json()
        return seen

    async def chat(self, chat: int) -> dict[str, Any]:
        seen = (await self.http.get("/control/telegram", params={"chat": chat})).json()
        found: dict[str, Any] = seen["chats"][0]
        return found

    async def messages(self, chat: int) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = (await self.chat(chat))["messages"]
        return messages

    async def last(self, chat: int) -> dict[str, Any]:
        return (await self.messages(chat))[-1]

    async def raw(self, method: str, token: str = TOKEN, **params: Any) -> httpx.Response:
        """Call the Bot API without a library between."""
        return await self.http.post(f"/bot{token}/{method}", json=params)

    async def refusal(self, method: str, **params: Any) -> str:
        body = (await self.raw(method, **params)).json()
        assert body["ok"] is False, body
        description: str = body["description"]
        return description


def client(url: str) -> httpx.AsyncClient:
    """Give a plain HTTP client without the environment's proxies."""
    return httpx.AsyncClient(base_url=url, timeout=10, trust_env=False, verify=NO_TLS)


@asynccontextmanager
async def serve_app(app: Starlette) -> AsyncIterator[str]:
    """Serve the bot's own end (a webhook) over a real socket."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    listener = socket.create_server(("127.0.0.1", 0))
    await server.startup(sockets=[listener])
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.shutdown(sockets=[listener])


def connect(url: str, token: str = TOKEN) -> Bot:
    """Give a bot as ours is built, over sockets, without the environment's proxies."""
    kwargs = {"trust_env": False, "verify": NO_TLS}
    requests = [HTTPXRequest(httpx_kwargs=kwargs) for _ in range(2)]
    return Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
