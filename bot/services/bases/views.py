"""What the cards of bases and imports show, gathered from rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain.base_names import matching
from bot.domain.bases import PAGE, PHONES, BasesCard, BasesModel, ImportCard, Listed
from bot.domain.models import Subject
from bot.domain.states import ImportState
from bot.storage import bases, blobs, imports, notices
from bot.storage.engine import Tx

KINDS: Final = ("bases", "import")
"""The kinds of cards that are shown here."""


async def of(tx: Tx, subject: Subject) -> BasesModel | None:
    """Return what such a card shows; None where its subject is gone."""
    if subject.kind == "import":
        return await importing(tx, subject.id)
    return await browsing(tx, subject.id)


async def browsing(tx: Tx, notice: int) -> BasesCard | None:
    """Return where somebody stands among the bases; None once the card was closed."""
    found = await notices.load(tx, notice)
    if found is None or found.args.get("step") == "closed":
        return None
    state = found.args
    base = await bases.load(tx, int(state["base"])) if state.get("base") is not None else None
    if base is None or state["step"] == "list":
        return await _list(tx, state)
    if state["step"] == "phones":
        return await _phones(tx, state, base)
    return BasesCard(str(state["step"]), state, base=base)


async def importing(tx: Tx, import_: int) -> ImportCard | None:
    """Return an import with its base, or with the bases to choose from."""
    row = await imports.peek(tx, import_)
    if row is None:
        return None
    base = await bases.load(tx, row.base) if row.base is not None else None
    if base is not None or row.state not in (ImportState.CHECKING, ImportState.READY):
        return ImportCard(row, base)
    readable = [one for one in await bases.everyone(tx) if not one.protected]
    query = row.asking.get("query")
    found = matching(str(query), readable) if query else readable
    page, pages = _page(found, int(row.asking.get("page") or 0))
    return ImportCard(row, None, tuple(found[page * PAGE :][:PAGE]), page, pages, await _known(tx))


async def _list(tx: Tx, state: Mapping[str, Any]) -> BasesCard:
    everyone = await bases.everyone(tx)
    waits = state.get("find") is not None or (not everyone and not state.get("silent") and not await _known(tx))
    if waits:
        return BasesCard("waiting", state)
    query = state.get("query")
    found = matching(str(query), everyone) if query else everyone
    page, pages = _page(found, int(state.get("page") or 0))
    shown = tuple(found[page * PAGE :][:PAGE])
    return BasesCard("list", state, shown, page, pages, len(found), sum(base.total for base in found))


async def _phones(tx: Tx, state: Mapping[str, Any], base: Listed) -> BasesCard:
    held = state["list"]
    total, width = int(held["total"]), int(held["width"])
    pages = max(1, -(-total // PHONES))
    page = min(max(0, int(state.get("at") or 0)), pages - 1)
    extent = blobs.Extent(page * PHONES * width, PHONES * width)
    lines = tuple((await blobs.part(tx, int(held["blob"]), extent)).decode("ascii").split())
    if total and not lines:
        return BasesCard("base", state, base=base)  # kept no longer: they are fetched anew when they are asked for
    return BasesCard("phones", state, base=base, phones=lines, page=page, pages=pages, count=total)


async def _known(tx: Tx) -> bool:
    return await bases.listed_at(tx) is not None


def _page(found: Sequence[Listed], wanted: int) -> tuple[int, int]:
    pages = max(1, -(-len(found) // PAGE))
    return min(max(0, wanted), pages - 1), pages
