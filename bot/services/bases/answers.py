"""Calls about a base, asked as requests, and what their answers do."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile, Told
from bot.domain.models import Reason, Subject
from bot.services.cards import Cards
from bot.services.documents import Documents
from bot.storage import bases, blobs, cards, notices, requests
from bot.storage.engine import Tx
from bot.storage.moves import append

KEPT: Final = timedelta(hours=1)
"""How long a base's phones stay with us once they were shown or downloaded."""
_CHANGES: Final = {"add": "add_phones", "remove": "remove_phone"}


class BaseAnswers:
    """Asks about one base, and takes the answer."""

    def __init__(self, tx: Tx, cards_: Cards, documents: Documents) -> None:
        self._tx, self._cards, self._documents = tx, cards_, documents

    async def call(
        self, notice: int, state: Mapping[str, Any], verb: str, phones: Sequence[str], by: int, **more: Any
    ) -> None:
        """Ask for check, add, remove, phones or file; the card says so until the answer comes."""
        base = await bases.load(self._tx, int(state["base"]))
        if base is None:
            return
        args = {"verb": verb, "base": base.id, "name": base.name, "phones": list(phones), "browse": notice, "by": by}
        request = await requests.ask(self._tx, "base", {**args, **more})
        self._tx.wakes.add("requests")
        await self._show(notice, {**state, "step": "base", "busy": request})

    async def kept(self, held: Mapping[str, Any]) -> bool:
        """Return whether a list that was fetched is still there."""
        return bool(await blobs.part(self._tx, int(held["blob"]), blobs.Extent(0, 1)) or held["total"] == 0)

    async def told(self, request: int, args: Mapping[str, Any], told: Told | None, failure: Reason | None) -> bool:
        """Remember what an answer shows, and show it; return whether the base has changed."""
        await self._learn(int(args["base"]), failure)
        verb, changed = str(args["verb"]), False
        if told is not None and verb in _CHANGES and args["by"]:
            actor, data = f"admin:{args['by']}", {"added": told.added, "rejected": len(told.rejected)}
            await append(self._tx, actor, _CHANGES[verb], "base", [int(args["base"])], data=data)
            changed = True
        if told is not None and verb == "file":
            await self._send(args, told.phones or ())
        notice = await notices.load(self._tx, int(args["browse"]))
        if notice is not None and notice.args.get("busy") == request:
            state = {**notice.args, "busy": None, **await self._answer(args, told, failure)}
            await self._show(notice.id, state)
        return changed

    async def _answer(self, args: Mapping[str, Any], told: Told | None, failure: Reason | None) -> dict[str, Any]:
        verb = args["verb"]
        asked = {"asked": verb, "numbers": list(args["phones"]), "skipped": list(args.get("skipped") or ())}
        if told is None:
            return {"step": "answer", **asked, "answer": {"code": failure.code if failure else "silent"}}
        if verb == "phones":
            return {"step": "phones", "at": 0, "list": await self._keep(args, told.phones or ())}
        if verb == "file":
            return {"step": "base"}
        answer = {"inside": told.inside, "added": told.added, "rejected": list(told.rejected)}
        return {"step": "answer", **asked, "answer": answer}

    async def _learn(self, base: int, failure: Reason | None) -> None:
        code = failure.code if failure else None
        if code == "WRONG_BASE":
            await bases.unlist(self._tx, base)
        elif code in (None, "BASE_IS_PROTECTED"):
            await bases.protect(self._tx, base, protected=code is not None)

    async def _keep(self, args: Mapping[str, Any], phones: Sequence[str]) -> dict[str, int]:
        """Keep the phones in lines of one width, so that a page is a part of the file."""
        width = max(map(len, phones), default=0) + 1
        data = "".join(f"{phone:<{width - 1}}\n" for phone in phones).encode("ascii", "replace")
        blob = await self._documents.keep(BaseFile(str(args["name"]), "text/plain", data), KEPT)
        return {"blob": blob, "total": len(phones), "width": width}

    async def _send(self, args: Mapping[str, Any], phones: Sequence[str]) -> None:
        shown = await cards.showing(self._tx, Subject("bases", int(args["browse"])))
        form, name = str(args["form"]), str(args["name"])
        head = "phone\n" if form == "csv" else ""
        mime = "text/csv" if form == "csv" else "text/plain"
        data = (head + "".join(f"{phone}\n" for phone in phones)).encode()
        if shown and phones:
            blob = await self._documents.keep(BaseFile(f"{name}.{form}", mime, data), KEPT)
            caption = {"key": "base", "args": {"base": name, "n": len(phones)}}
            await self._documents.send(blob, shown[0], int(args["by"]), caption=caption)

    async def _show(self, notice: int, state: Mapping[str, Any]) -> None:
        await notices.change(self._tx, notice, state)
        await self._cards.touch(Subject("bases", notice), pressed=True, bump=True)
