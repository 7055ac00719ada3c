"""What may never have happened, whatever a crowd did: judged by the provider's journal, the screens and the rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Row, Select, select

from bot.domain.access import Role
from bot.domain.audit import DEEDS
from bot.storage import tables
from sandbox.sms2 import calls
from sandbox.telegram.people import BOT
from tests.e2e.house import House

__all__ = ["Oracle"]

_ADDS: Final = frozenset({"add_phone_to_base", "add_phone_to_base_batch"})
_CHANGES: Final = _ADDS | {"remove_phone_from_base"}
_SENDS: Final = frozenset({"/sms.cgi", "/api.php"})
_NEVER_CALLED: Final = ("queued", "cancelled")
_SPENDERS: Final = (tables.batches, tables.multicasts)
Roles = Mapping[int, Role]


class Oracle:
    """Remembers who might do what at each step, and whom nobody ever let in."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._roles: Roles = {}
        self._judged: Counter[str] = Counter()
        self._admitted: set[int] = set()

    async def begin(self) -> None:
        """Take what is there as given."""
        self._roles = await self._read_roles()
        for table in _SPENDERS:
            self._judged[table.name] = max((row.id for row in await self._rows(select(table.c.id))), default=0)
        self._judged["calls"] = len(calls.journal(self._house.store))

    async def look(self) -> None:
        """Judge what is new: whoever confirmed it had a role that allows it, now or before the last steps."""
        now = await self._read_roles()
        may = {user for roles in (self._roles, now) for user, role in roles.items() if role.may(Role.OPERATOR)}
        for table in _SPENDERS:
            new = select(table.c.id, table.c.confirmed_by).where(table.c.id > self._judged[table.name])
            for row in await self._rows(new.order_by(table.c.id)):
                assert row.confirmed_by in may, (table.name, row.id, row.confirmed_by, may)
                self._judged[table.name] = row.id
        imports = tables.imports
        began = select(imports.c.id, imports.c.confirmed_by).where(imports.c.confirmed_by.is_not(None))
        for row in await self._rows(began):
            key = f"import {row.id}"
            assert self._judged[key] or row.confirmed_by in may, (key, row.confirmed_by, may)
            self._judged[key] = 1
        await self._changes(may)
        self._roles = now

    async def end(self, *, readers_only: bool, troubled: bool = False) -> None:
        """Judge everything once more, when nothing is left to happen; `troubled`: some answers never came."""
        await self._answered()
        await self._sends(troubled=troubled)
        await self._multicasts(troubled=troubled)
        self._strangers()
        if readers_only:
            new = calls.journal(self._house.store)[self._judged["calls"] :]
            changing = [call for call in new if call["params"].get("function") in {*_CHANGES, "start_multicast"}]
            assert changing == [], changing
        violations = self._house.store.violations()
        assert violations == [], violations

    async def _changes(self, may: set[int]) -> None:
        """Nobody below an operator has a base changed."""
        asked = [row.args for row in await self._rows(select(tables.requests.c.args).where(_OF_BASES))]
        for number, args in enumerate(asked):
            if args["verb"] in ("add", "remove") and not self._judged[f"asked {number}"]:
                self._judged[f"asked {number}"] = 1
                assert args["by"] in may, (args, may)
        chunks = [row.phones for row in await self._rows(select(tables.import_chunks.c.phones))]
        wanted = [set(map(str, args["phones"])) for args in asked] + [set(map(str, phones)) for phones in chunks]
        for call in calls.journal(self._house.store):
            if call["params"].get("function") in _CHANGES:
                told = call["params"].get("phones") or call["params"]["phone"]
                assert any(set(told.split(",")) <= one for one in wanted), call["params"]

    async def _sends(self, *, troubled: bool) -> None:
        """Every paid call is a confirmed message's; what the provider took, it took once, and we know it or ask a person."""
        batches, messages = tables.batches, tables.messages
        rows = await self._rows(
            select(messages, batches.c.text.label("said"), batches.c.kind).join(
                batches, batches.c.id == messages.c.batch
            )
        )
        confirmed = {(row.phone, row.text or row.said) for row in rows}
        made = [call for call in calls.journal(self._house.store) if call["path"] in _SENDS]
        for call in made:
            assert _said(call) in confirmed, call["params"]
        taken = Counter(_id(call["answer"]) for call in made if _id(call["answer"]))
        known = Counter(row.gateway_id for row in rows if row.gateway_id and not row.marked_by)
        assert known <= taken, known - taken
        assert troubled or taken == known, taken - known
        # Whatever may have been carried out, whether or not the answer came, is one message's and no other's.
        tried = Counter(_said(call) for call in made if call["answer"] is None or _id(call["answer"]))
        begun = Counter((row.phone, row.text or row.said) for row in rows if row.state not in _NEVER_CALLED)
        assert tried <= begun, tried - begun
        lost = Counter(_said(call) for call in made if _id(call["answer"]) in taken - known)
        asked = Counter((row.phone, row.text or row.said) for row in rows if row.state == "in_doubt" or row.marked_by)
        assert lost <= asked, lost - asked
        left = ("sending",) if troubled else ("sending", "in_doubt")
        stuck = [(row.id, row.state) for row in rows if row.state in left]
        assert stuck == [], stuck

    async def _multicasts(self, *, troubled: bool) -> None:
        multicasts = tables.multicasts
        rows = await self._rows(select(multicasts).where(multicasts.c.handed_at.is_not(None)))
        known = Counter((row.text, ",".join(base["name"] for base in row.bases)) for row in rows)
        made = [it for it in calls.journal(self._house.store) if it["params"].get("function") == "start_multicast"]
        may = ("Success", None) if troubled else ("Success",)
        taken = Counter((it["params"]["message"], it["params"]["bases"]) for it in made if it["answer"] in may)
        assert taken <= known, taken - known
        assert troubled or taken == known, known - taken

    async def _answered(self) -> None:
        """No update failed, no press spins, and the audit knows every deed."""
        inbox, events = tables.inbox, tables.events
        wrong = select(inbox.c.update_id, inbox.c.error).where((inbox.c.state != "done") | (inbox.c.attempts > 0))
        failed = await self._rows(wrong)
        assert failed == [], failed
        spinning = [press.data for press in self._house.world.presses.all() if press.answered is None]
        assert spinning == [], spinning
        done = await self._rows(select(events.c.kind, events.c.verb).distinct())
        unknown = [(kind, verb) for kind, verb in done if verb not in DEEDS.get(kind, {})]
        assert unknown == [], unknown

    def _strangers(self) -> None:
        """Whom nobody ever let in never heard a word."""
        for person in self._house.world.people.all():
            if person.id not in self._admitted:
                said = [one.content for one in self._house.world.chats.all(person.id) if one.sender == BOT]
                assert said == [], (person, said)

    async def _read_roles(self) -> Roles:
        admins = tables.admins
        rows = await self._rows(select(admins.c.user_id, admins.c.role).where(admins.c.enabled))
        self._admitted.update(row.user_id for row in rows)
        return {row.user_id: Role(row.role) for row in rows}

    async def _rows(self, statement: Select[Any]) -> list[Row[Any]]:
        async with self._house.bot.database.read() as tx:
            return list((await tx.conn.execute(statement)).all())


_OF_BASES: Final = tables.requests.c.kind == "base"


def _said(call: Mapping[str, Any]) -> tuple[str, str]:
    """Return to whom a paid call was, and what it said."""
    return call["params"]["phone"], call["params"].get("message", call["params"].get("text"))


def _id(answer: str | None) -> str:
    """Return the id by which the provider took a message; nothing where it did not."""
    head, _, number = (answer or "").partition("Message_ID=")
    if head.startswith("Message successfully sent"):
        return number
    return (answer or "").removeprefix("Ok_") if (answer or "").startswith("Ok_") else ""


def unforeseen(told: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what the house has logged as an error."""
    return [line for line in told if line["log_level"] in ("error", "critical")]
