"""A plain client of the SMS2 sandbox: the bytes a careful customer would send, and the control beside it."""

from typing import Any
from urllib.parse import urlencode

import httpx

FORM = {"content-type": "application/x-www-form-urlencoded"}
ACCOUNT = {"user": "sandbox", "pass": "sandbox"}
SMS = {"phone": "79119876543", "message": "Ваш заказ 1042 готов.", "from": "MyShop"}


class Clock:
    """A clock that stands until it is moved: noon in Moscow, 21 November 2026."""

    def __init__(self) -> None:
        self.now = 1_795_251_600.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


class Sms2Client:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def call(self, script: str, **fields: str) -> str:
        """The answer to a form in Windows-1251 with the right credentials."""
        return await self.post(script, urlencode({**ACCOUNT, **fields}, encoding="cp1251").encode())

    async def post(self, script: str, body: bytes, headers: dict[str, str] = FORM) -> str:
        """The answer to a body as it stands; every answer is plain text with status 200."""
        answer = await self.http.post(script, content=body, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain")
        return answer.text

    async def send(self, **changes: str) -> str:
        """The answer to a good SMS with these fields changed."""
        return await self.call("/sms.cgi", **{**SMS, **changes})

    async def function(self, name: str, **fields: str) -> str:
        """The answer of one function of `api_call.cgi`."""
        return await self.call("/api_call.cgi", function=name, **fields)

    async def control(self, path: str, **body: Any) -> Any:
        """Set something through the control."""
        answer = await self.http.post(f"/control/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def state(self) -> Any:
        """The whole SMS2 side as the control shows it."""
        return (await self.http.get("/control/sms2")).json()
