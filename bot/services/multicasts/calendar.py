"""The calendar of multicasts, as a document for any calendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.bases import BaseFile
from bot.domain.models import Multicast, Place
from bot.domain.states import MulticastState
from bot.storage import blobs, documents, multicasts
from bot.storage.engine import Tx

_LIMIT: Final = 1_000


class Calendar:
    """Use cases of taking one's multicasts elsewhere."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def post(self, place: Place, reader: int, card: int) -> int:
        """Send what is held or with the provider as a document that replies to the card; return how many entries it has."""
        coming = await multicasts.coming(self._tx, _LIMIT)
        blob = await blobs.add(self._tx, BaseFile("multicasts.ics", "text/calendar", written(coming, self._tx.now)))
        await documents.add(self._tx, blob, "document", place, reader, card=card, caption=None)
        return len(coming)


def written(coming: Sequence[Multicast], now: datetime) -> bytes:
    """Write multicasts as a calendar: one event each, at its start, named by its bases; held ones are tentative."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//smsbot//multicasts//")
    calendar.add("version", "2.0")
    for multicast in coming:
        event = icalendar.Event()
        event.add("uid", f"multicast-{multicast.id}@smsbot")
        event.add("dtstamp", now)
        event.add("dtstart", multicast.start_at or multicast.hand_at)
        event.add("summary", f"SMS: {', '.join(base.name for base in multicast.bases)} · {multicast.recipients}")
        event.add("description", multicast.text)
        event.add("status", "TENTATIVE" if multicast.state is MulticastState.HELD else "CONFIRMED")
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found
