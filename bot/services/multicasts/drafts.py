"""What people do to a multicast before it is confirmed: begin it, choose bases and a time, leave an edit as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.drafts import Fields, Given, Refused, settled
from bot.domain.models import Admin, Draft, Multicast, Place, Subject
from bot.domain.multicast_drafts import (
    MULTICAST,
    Chosen,
    OneShot,
    accept_when,
    as_json,
    chosen,
    parted,
    read,
    starting,
    step,
    ticked,
)
from bot.domain.policy import Policy
from bot.domain.states import DraftState
from bot.services.cards import Cards
from bot.services.drafts import Drafts
from bot.services.people.rooms import local
from bot.services.requests import Requests
from bot.storage import bases, multicasts
from bot.storage.engine import Tx
from bot.storage.moves import move
from bot.storage.tables import drafts as table

_TYPED: Final = 40


class MulticastDrafts:
    """Use cases of composing; each takes the draft as it was loaded in this transaction."""

    def __init__(self, tx: Tx, policy: Policy, cards: Cards, drafts: Drafts, requests: Requests) -> None:
        self._tx, self._policy, self._cards, self._drafts, self._requests = tx, policy, cards, drafts, requests

    async def compose(self, admin: Admin, place: Place, rest: str = "", typed: int | None = None) -> Draft:
        """Begin a draft with what stands behind `/multicast`: nothing, or bases, a time and the text, one line each."""
        admin = await local(self._tx, admin, place)
        fields: dict[str, Any] = {"sender": admin.sender or self._policy.sender, "said": rest or None}
        fields = await self._taken(read(rest), read(""), fields, ZoneInfo(admin.zone))
        kept = {name: value for name, value in fields.items() if value is not None}
        return await self._drafts.open(MULTICAST.name, admin.user_id, place, kept, typed)

    async def follow(self, draft: Draft, admin: Admin, rest: str) -> None:
        """What stands behind the `/multicast` that began the draft was edited: each line that changed follows."""
        admin = await local(self._tx, admin, draft.place)
        before, fields = read(str(draft.fields.get("said") or "")), settled(draft.fields, said=rest)
        taken = await self._taken(read(rest), before, fields, ZoneInfo(admin.zone))
        await self._drafts.replace(draft, {name: value for name, value in taken.items() if value is not None})

    async def tick(self, draft: Draft, base: int, *, on: bool) -> bool:
        """Choose a base, or choose it no more; one that cannot be named in a call is refused. False: bases are not asked for."""
        listed = await bases.load(self._tx, base)
        if listed is None or step(draft.fields) != "mc_bases":
            return False
        known = any(one.id == base for one in chosen(draft.fields))
        if "," in listed.name and on:
            await self._drafts.set(draft, refused={"code": "comma", "args": {"base": listed.name}})
        elif known != on:
            fields = ticked(draft.fields, Chosen(listed.id, listed.name, listed.total), on=on)
            await self._drafts.replace(draft, fields)
        return True

    async def choose(self, draft: Draft) -> None:
        """Show the bases to choose from; those that are gone are chosen no more."""
        listed = {base.name for base in await bases.everyone(self._tx)}
        kept = [as_json(base) for base in chosen(draft.fields) if base.name in listed]
        await self._drafts.set(draft, bases=kept or None, choosing=True, editing=None, tracked=None)

    async def look_again(self, draft: Draft) -> None:
        """Ask the provider for its bases once more."""
        await self._requests.ask_for_bases(draft.id)
        await self._drafts.set(draft)

    async def take(self, draft: Draft, fields: Fields | Refused) -> None:
        """Store the time that a button has named, or say why it is not taken."""
        if isinstance(fields, Refused):
            await self._drafts.set(draft, refused={"code": fields.code, "args": dict(fields.args)})
        else:
            await self._drafts.replace(draft, fields)

    async def after_night(self, draft: Draft) -> None:
        """Let it start when the quiet hours are over that it would start in."""
        _, weighed = await self._drafts.stand(draft)
        found = weighed.problems if weighed else ()
        until = next((problem.args["until"] for problem in found if problem.code == "night_start"), None)
        if isinstance(until, datetime):
            await self._drafts.replace(draft, starting(draft.fields, until))

    async def keep(self, draft: Draft, by: int) -> str:
        """Confirm an edited multicast as it was before; return what `Drafts.confirm` does, and raise what that raises.

        Nothing of the edit is overwritten: where it may not go as it was, the draft stays as it is.
        """
        source = await multicasts.load(self._tx, int((draft.fields.get("source") or {}).get("id") or 0))
        if source is None:
            return "blocked"
        before = {**content_of(source), "when": when_of(source), "day": None, "editing": None}
        was = replace(draft, fields=settled(draft.fields, **before))
        return await self._drafts.confirm(was, by, asked=True)

    async def recount(self, draft: int) -> None:
        """The provider has listed its bases: the numbers of those that were chosen by earlier ones are counted anew."""
        found = await self._drafts.load(draft)
        if found is None or found.kind != MULTICAST.name or found.state is not DraftState.OPEN:
            return
        fields = await self._counted(found.fields)
        if fields != found.fields:
            await self._drafts.replace(found, fields)

    async def resume_edit(self, lapsed: Draft, *, now: bool) -> None:
        """Open a copy of an edit that lapsed, to start at once or at another time."""
        fields = settled(lapsed.fields, when={"now": True} if now else None, source=None, editing=None, day=None)
        source = Subject("draft", lapsed.id)
        await self._drafts.copy(MULTICAST.name, source, fields, author=lapsed.author, place=lapsed.place)

    async def drop_edit(self, lapsed: Draft, by: int) -> bool:
        """Let an edit that lapsed go for good."""
        source, target, actor = DraftState.LAPSED, DraftState.CLOSED, f"admin:{by}"
        done = await move(self._tx, "draft", source, target, table.c.id == lapsed.id, actor=actor, verb="close")
        await self._cards.touch(Subject("draft", lapsed.id), pressed=True, bump=True)
        return bool(done)

    async def _counted(self, fields: Fields) -> dict[str, Any]:
        listed = {base.name: base for base in await bases.everyone(self._tx)}
        fresh = [listed.get(base.name, base) for base in chosen(fields)]
        counted = [as_json(Chosen(base.id, base.name, base.total)) for base in fresh]
        result = {**fields, "bases": counted or None}
        if fields.get("wanted"):
            found, unknown = await self._named(fields["wanted"])
            result |= {"bases": counted + [as_json(base) for base in found] or None, "wanted": None}
            result |= await self._unknown(unknown) if unknown else {"choosing": None}
        elif counted != list(fields.get("bases") or ()):
            result["asking"] = None
        return {name: value for name, value in result.items() if value is not None}

    async def _taken(self, line: OneShot, before: OneShot, fields: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
        """Return the fields with those parts of the line taken that say otherwise than before; what it lacks stays."""
        if line.text not in (None, before.text):
            fields = {**fields, "text": line.text}
        if line.time not in (None, before.time):
            # A time that cannot be read is asked for: the one before is not what the message says.
            fields = {**fields, "when": None, "day": None}
            taken = accept_when(Given(text=line.time, now=self._tx.now, zone=zone), fields)
            said = str(line.time)
            fields = self._refused(fields, taken.code, said) if isinstance(taken, Refused) else dict(taken)
        if not line.names or line.names == before.names:
            return fields
        found, unknown = await self._named(line.names)
        fields |= {"bases": [as_json(base) for base in found] or None, "tracked": None}
        fields |= {"choosing": None, "wanted": None, "filter": None}
        if unknown and await self._requests.bases_are_fresh():
            fields |= {"choosing": True, **await self._unknown(unknown)}
        elif unknown:
            fields |= {"choosing": True, "wanted": unknown}
        return fields

    async def _named(self, names: Sequence[str]) -> tuple[list[Chosen], list[str]]:
        known = {base.name.casefold(): base for base in await bases.everyone(self._tx)}
        found = {name.casefold(): known[name.casefold()] for name in names if name.casefold() in known}
        unknown = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        return [Chosen(base.id, base.name, base.total) for base in found.values()], unknown

    async def _unknown(self, names: Sequence[str]) -> dict[str, Any]:
        base = parted(names, [base.name for base in await bases.everyone(self._tx)])
        if base is not None:
            return {"refused": {"code": "comma", "args": {"base": base}}}
        return {"refused": {"code": "unknown_bases", "args": {"names": [name[:_TYPED] for name in names]}}}

    @staticmethod
    def _refused(fields: dict[str, Any], code: str, typed: str) -> dict[str, Any]:
        why = "not_a_time" if code == "time_unreadable" else code
        return {**fields, "refused": {"code": why, "args": {"typed": typed[:_TYPED]}}}


def content_of(multicast: Multicast) -> dict[str, Any]:
    """Return what a multicast says and to which bases, as a draft keeps it."""
    listed = [as_json(Chosen(base.id, base.name, base.total)) for base in multicast.bases]
    return {"sender": multicast.sender, "text": multicast.text, "bases": listed}


def when_of(multicast: Multicast) -> Mapping[str, Any]:
    """Return when a multicast is to start, as a draft keeps it."""
    when: Mapping[str, Any] = starting({}, multicast.start_at)["when"]
    return when
