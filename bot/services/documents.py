"""Files that are kept for a while, and documents that go out as silent replies to cards."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.bases import BaseFile
from bot.domain.models import Card, Place, Subject
from bot.domain.policy import Policy
from bot.storage import blobs, cards, documents, requests
from bot.storage.documents import Document
from bot.storage.engine import Tx

__all__ = ["Document", "Documents"]

_LATER: Final = timedelta(minutes=10)


class Documents:
    """What is kept, what is to be sent, and what was."""

    def __init__(self, tx: Tx, policy: Policy) -> None:
        self._tx, self._policy = tx, policy

    async def keep(self, file: BaseFile, span: timedelta, about: Subject | None = None) -> int:
        """Keep a file for so long; return its id. What it is `about` is shown afresh when it goes."""
        blob = await blobs.add(self._tx, file)
        args = {"blob": blob, **({"kind": about.kind, "subject": about.id} if about else {})}
        request = await requests.ask(self._tx, "forget", args)
        await requests.change(self._tx, request, next_at=self._tx.now + span)
        return blob

    async def load(self, blob: int) -> BaseFile | None:
        """Return a file that is still kept."""
        return await blobs.load(self._tx, blob)

    async def forget(self, request: int, claim: str, blob: int) -> bool:
        """Delete a file whose time is over; False where it is still to be sent, and is looked at again later."""
        if await documents.pending(self._tx, blob):
            await requests.again(self._tx, request, claim, self._tx.now + _LATER)
            return False
        await blobs.remove(self._tx, blob)
        asked = await requests.load(self._tx, request)
        if asked is not None and "kind" in asked.args:
            await cards.touch(self._tx, Subject(asked.args["kind"], int(asked.args["subject"])))
        return True

    async def send(
        self, blob: int, card: Card, reader: int, *, caption: Mapping[str, Any] | None = None, kind: str = "document"
    ) -> int:
        """Send a file below a card, as a silent reply to it; `caption` is {key, args}. Return the document's id.

        A document full of numbers is for whoever asked alone: from a group it goes to his private chat.
        """
        place, below = card.place, card.id if card.place.chat > 0 or kind != "document" else None
        if below is None:
            place = Place(reader)
        return await documents.add(self._tx, blob, kind, place, reader, card=below, caption=caption)

    async def claim(self, free: int) -> list[Document]:
        """Take documents that are to be sent."""
        return await documents.claim(self._tx, free, self._policy.lease)

    async def next_due(self) -> datetime | None:
        """Return when the next document is to be sent."""
        return await documents.next_due(self._tx)

    async def message_of(self, card: int) -> int | None:
        """Return the message that a document replies to."""
        return await documents.message_of(self._tx, card)

    async def sent(self, document: Document, message: int) -> None:
        """Store that it stands in the chat."""
        await documents.sent(self._tx, document, message)

    async def again(self, document: Document, after: timedelta) -> None:
        """Send it later."""
        await documents.again(self._tx, document, self._tx.now + after)

    async def to_general(self, document: Document) -> None:
        """Send it outside its topic, which is closed or gone."""
        await documents.to_general(self._tx, document)

    async def give_up(self, document: Document) -> None:
        """Send it never: Telegram will not take it."""
        await documents.give_up(self._tx, document)
