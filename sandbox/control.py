"""The sandbox's own switches, in JSON, for tests, the demo and the chat page; a wrong request answers 400."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from inspect import isawaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.faults import KINDS, Faults
from sandbox.sms2 import accounts, bases, calls, messages, mms, multicasts, phones
from sandbox.store import Store

__all__ = ["routes", "sms2_state"]

_Act = Callable[..., Any]
_LONGEST_WAIT = 30.0
_LOOK_SECONDS = 0.2


def routes(store: Store, faults: Faults) -> list[BaseRoute]:
    """Everything under `/control` that is not Telegram's."""

    async def picture(request: Request) -> Response:
        content = mms.read_picture(store, int(request.path_params["number"]))
        return Response(content, media_type="image/png") if content else Response(status_code=404)

    return [
        _route("GET", "/control/changes", lambda after="", wait="0": _changes(store, after, float(wait))),
        _route("GET", "/control/sms2", lambda last="-1": sms2_state(store, int(last))),
        _route("POST", "/control/sms2/settings", lambda **settings: _settings(accounts.change(store, **settings))),
        _route("POST", "/control/sms2/phones", lambda phone, fate: phones.set_fate(store, phone, fate)),
        _route("POST", "/control/sms2/messages", lambda id, fate: messages.override(store, id, fate)),  # noqa: A006
        _route("POST", "/control/sms2/bases", _put_base(store)),
        _route("DELETE", "/control/sms2/bases", lambda name: bases.remove(store, name)),
        Route("/control/sms2/pictures/{number:int}", picture),
        _route("GET", "/control/faults", lambda: {"faults": faults.list(), "kinds": KINDS}),
        _route("POST", "/control/faults", faults.set),
        _route("DELETE", "/control/faults", faults.clear),
        _route("GET", "/control/violations", store.violations),
        _route("DELETE", "/control/violations", store.forgive),
    ]


def sms2_state(store: Store, last: int = -1) -> dict[str, Any]:
    """
    The whole SMS2 side as it stands, due multicasts fired: what the far end of every send shows.

    Messages and calls are all there are, or the newest `last` of each; the oldest comes first.
    """
    multicasts.fire(store)
    account = accounts.read(store)
    return {
        "account": account.login,
        "balance": str(account.balance),
        "settings": _settings(account),
        "messages": messages.received(store, last),
        "multicasts": multicasts.queued(store),
        "calls": calls.journal(store, last),
        "bases": bases.overview(store),
        "fates": phones.fates(store),
    }


async def _changes(store: Store, after: str, wait: float) -> dict[str, Any]:
    """
    Give the store's revision and the time by its clock, waiting up to `wait` seconds for another revision.

    Any change counts, faults and SMS2 alike; a revision means nothing after a restart, it just differs.
    """
    patience = round(min(wait, _LONGEST_WAIT) / _LOOK_SECONDS)
    while (revision := _revision(store)) == after and patience > 0:
        patience -= 1
        await asyncio.sleep(_LOOK_SECONDS)
    return {"revision": revision, "now": store.clock()}


def _revision(store: Store) -> str:
    return f"{id(store)}-{store.read('SELECT total_changes() AS n')[0]['n']}"


def _settings(account: accounts.Account) -> dict[str, Any]:
    shown = {name: value for name, value in asdict(account).items() if name != "password"}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in shown.items()}


def _put_base(store: Store) -> _Act:
    def put(name: str, phones: list[str], *, protected: bool = False) -> None:
        bases.put(store, name, phones, protected=protected)

    return put


def _route(method: str, path: str, act: _Act) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            given = await request.json() if method == "POST" else request.query_params
            result = act(**given)
            if isawaitable(result):
                result = await result
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({} if result is None else result)

    return Route(path, endpoint, methods=[method])
