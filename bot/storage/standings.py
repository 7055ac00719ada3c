"""How the history lists a batch: one word for it, kept beside its row, so that a page is read from an index."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Exists, case, exists, update

from bot.domain.states import BatchState
from bot.storage.engine import Tx
from bot.storage.tables import batches, messages

ENDED: Final = frozenset({BatchState.FINISHED, BatchState.STOPPED, BatchState.CANCELLED})
_CHUNK: Final = 500
_ALIVE: Final = tuple(state for state in BatchState if state not in ENDED)


def _has(*states: str) -> Exists:
    return exists().where(messages.c.batch == batches.c.id, messages.c.state.in_(states))


# The worst that became of any of its messages; what is still under way is that, unless somebody must look at it.
STANDING: Final = case(
    (_has("in_doubt"), "in_doubt"),
    (batches.c.state.in_(_ALIVE), "going"),
    (_has("rejected", "not_delivered"), "failed"),
    (_has("no_report"), "no_report"),
    (_has("sent"), "sent"),
    (_has("delivered"), "delivered"),
    else_="cancelled",
)


async def renew(tx: Tx, ids: Sequence[int]) -> None:
    """Say anew how these batches stand; one that stands as before is not written."""
    for start in range(0, len(ids), _CHUNK):
        changed = (batches.c.id.in_(ids[start : start + _CHUNK]), batches.c.standing != STANDING)
        await tx.conn.execute(update(batches).where(*changed).values(standing=STANDING))
