"""What is approved, read from the rows: the same content always has the same digest."""

from datetime import datetime

from bot.domain.approvals import Sealed, Standing
from bot.domain.models import Batch, Draft, Multicast, Subject
from bot.domain.multicast_drafts import chosen, starts
from bot.domain.states import BatchState, MulticastState
from bot.domain.tracked import frozen
from bot.storage import batches, drafts, messages, multicasts
from bot.storage.engine import Tx


async def standing(tx: Tx, subject: Subject, *, lock: bool = False) -> Standing | None:
    """Return a subject as it may be approved; `lock`: for the rest of the transaction."""
    if subject.kind == "multicast":
        found = await (multicasts.lock if lock else multicasts.load)(tx, subject.id)
        return None if found is None else _multicast(found)
    if lock:
        await batches.lock(tx, subject.id)
    batch = await batches.load(tx, subject.id)
    return None if batch is None else await _batch(tx, batch)


def _multicast(found: Multicast) -> Standing:
    sealed = Sealed(
        kind="multicast",
        text=found.text,
        sender=found.sender,
        flash=False,
        parts=found.parts,
        price=found.price,
        recipients=found.recipients,
        start=found.start_at,
        bases=tuple((base.id, base.name, base.total) for base in found.bases),
    )
    waits = found.state is MulticastState.AWAITING_APPROVAL
    return Standing(sealed, found.author, found.confirmed_by, found.place, waits, found.draft)


async def _batch(tx: Tx, found: Batch) -> Standing:
    source = await drafts.peek(tx, found.draft) if found.draft else None
    listed = frozen(source.fields) if source and found.kind == "tracked" else None
    sealed = Sealed(
        kind=found.kind,
        text=found.text,
        sender=found.sender,
        flash=found.flash,
        parts=found.parts,
        price=found.price,
        recipients=found.total,
        start=_start(found, source),
        subject=found.subject,
        picture=found.picture,
        bases=tuple((base.id, base.name, base.total) for base in chosen(source.fields)) if source and listed else (),
        phones=() if listed else tuple(await messages.phones(tx, found.id)),
        frozen=listed.list if listed else None,
    )
    waits = found.state is BatchState.AWAITING_APPROVAL
    return Standing(sealed, found.author, found.confirmed_by, found.place, waits, found.draft)


def _start(batch: Batch, source: Draft | None) -> datetime | None:
    """Return when a tracked send may begin at the earliest; None: as soon as it may."""
    return starts(source.fields) if source and batch.kind == "tracked" else None
