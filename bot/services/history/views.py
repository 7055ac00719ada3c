"""What the cards of the history and of the audit show, gathered for rendering."""

from zoneinfo import ZoneInfo

from bot.domain.audit_cards import AuditCard
from bot.domain.history import HistoryCard, Key, Person, Sought
from bot.domain.models import Notice
from bot.services.history import deeds, pages
from bot.storage import history, people
from bot.storage.engine import Tx

KINDS = ("audit", "history")
"""The kinds of notices that are shown here."""


async def of(tx: Tx, notice: Notice, zone: ZoneInfo, *, drafting: bool) -> AuditCard | HistoryCard:
    """Return what such a notice shows."""
    if notice.kind == "audit":
        return await deeds.card(tx, notice, drafting=drafting)
    return await listing(tx, notice, zone, drafting=drafting)


async def listing(tx: Tx, notice: Notice, zone: ZoneInfo, *, drafting: bool) -> HistoryCard:
    """Return a page, or a question about what to look for."""
    sought = Sought.of(notice.args)
    if notice.args.get("step") == "who":
        known = tuple(Person(row.user_id, row.name) for row in await history.people(tx))
        return HistoryCard(notice, sought, people=known)
    name = await people.name(tx, sought.who) if sought.who is not None else ""
    if notice.args.get("step"):
        return HistoryCard(notice, sought, name=name)
    before = Key.unpack(notice.args.get("before"))
    entries, newer, older = await pages.page(tx, sought, before, zone)
    return HistoryCard(notice, sought, entries, newer, older, name=name, drafting=drafting)
