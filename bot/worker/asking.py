"""The lane of free questions: balance, status, and whether a shut valve may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.bases import Told
from bot.domain.models import Reason
from bot.domain.money import Snapshot
from bot.domain.states import MessageState
from bot.services.unit import Services, Unit
from bot.worker import bases
from bot.worker.outcomes import storable
from bot.worker.tracking import ask
from gateway import Gateway, GatewayError, RejectedError
from gateway import Reason as Refusal


@dataclass(frozen=True, slots=True)
class Question:
    """One claimed request."""

    id: int
    kind: str
    args: Mapping[str, Any]
    attempts: int
    claim: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a balance, a delivery state (None: no report yet), or why there is nothing."""

    balance: tuple[Decimal, Decimal] | None = None
    status: MessageState | None = None
    bases: tuple[tuple[str, str, int], ...] | None = None
    told: Told | None = None
    failure: Reason | None = None


class AskLane:
    """Answers requests; a failure is an answer, too."""

    name = "requests"

    def __init__(self, unit: Unit, gateway: Gateway, slots: int = 10) -> None:
        self.slots = slots
        self._unit, self._gateway = unit, gateway

    async def claim(self, free: int) -> Sequence[Question]:
        """Take the questions that are due."""
        async with self._unit() as services:
            rows = await services.requests.claim(free)
            return [Question(row.id, row.kind, row.args, row.attempts, row.claim) for row in rows]

    async def do(self, item: Question) -> Answer:
        """Ask the provider."""
        try:
            if item.kind == "status":
                return Answer(status=await ask(self._gateway, item.args["gateway_id"]))
            if item.kind == "bases":
                listed = await self._gateway.list_bases()
                return Answer(bases=tuple((base.name, base.id, base.phones_total) for base in listed))
            if item.kind == "base":
                return Answer(told=await bases.call(self._gateway, item.args))
            if item.kind == "forget":
                return Answer()
            balance = await self._gateway.balance()
        except GatewayError as error:
            return Answer(failure=_reason(error))
        return Answer(balance=(balance.balance, balance.overdraft))

    async def finish(self, item: Question, result: Answer) -> None:
        """Store the answer and let it act."""
        async with self._unit() as services:
            if item.kind == "bases":
                await _store_bases(services, item, result)
            elif item.kind == "status":
                await _store_status(services, item, result)
            elif item.kind == "base":
                await _store_base(services, item, result)
            elif item.kind == "forget":
                await _forget(services, item)
            else:
                await _store_balance(services, item, result)

    async def next_due(self) -> datetime | None:
        """Return when the next question falls due."""
        async with self._unit.reading() as services:
            return await services.requests.next_due()

    def failed(self, item: Question, error: Exception) -> Answer:  # noqa: ARG002 - which question does not matter
        """An exception nobody foresaw: say that there is no answer."""
        return Answer(failure=_reason(error))


async def _store_status(services: Services, item: Question, result: Answer) -> None:
    if result.failure is not None:
        if result.failure.code == Refusal.NO_SUCH_MESSAGE.name and "message" in item.args:
            await services.tracking.unknown(int(item.args["message"]))
        await services.requests.failed(item.id, result.failure)
        return
    if result.status is not None and "message" in item.args:
        await services.tracking.learn(int(item.args["message"]), result.status)
    elif "message" in item.args:
        await services.tracking.checked(int(item.args["message"]))
    await services.requests.answered(item.id, {"status": result.status or MessageState.SENT})


async def _store_bases(services: Services, item: Question, result: Answer) -> None:
    if result.bases is None:
        await services.requests.failed(item.id, result.failure or Reason("silent"))
        await services.bases.listed(item.args, result.failure or Reason("silent"))
        if "import" in item.args:
            await services.into.listed(int(item.args["import"]), silent=True)
        return
    await services.requests.bases_known(result.bases)
    await services.bases.listed(item.args, None)
    if "import" in item.args:
        await services.into.listed(int(item.args["import"]), silent=False)
    if "draft" in item.args:
        await services.multicast_drafts.recount(int(item.args["draft"]))
    await services.requests.answered(item.id, {"bases": len(result.bases)})


async def _store_base(services: Services, item: Question, result: Answer) -> None:
    if result.told is None:
        await services.requests.failed(item.id, result.failure or Reason("silent"))
    else:
        await services.requests.answered(item.id, {})
    await services.bases.told(item.id, item.args, result.told, result.failure)


async def _forget(services: Services, item: Question) -> None:
    """A file's time is over: no call is made for that."""
    if await services.documents.forget(item.id, item.claim, int(item.args["blob"])):
        await services.requests.answered(item.id, {})


async def _store_balance(services: Services, item: Question, result: Answer) -> None:
    opened = False
    if result.balance is not None:
        opened = await services.requests.balance_known(Snapshot(*result.balance, services.now))
    if item.kind == "reopen" and not opened:
        await services.requests.again(item.id, item.claim, item.attempts)
    elif result.balance is not None:
        balance, overdraft = result.balance
        await services.requests.answered(item.id, {"balance": str(balance), "overdraft": str(overdraft)})
    else:
        await services.requests.failed(item.id, result.failure or Reason("silent"))


def _reason(error: Exception) -> Reason:
    if isinstance(error, RejectedError):
        return Reason(error.reason.name, raw=storable(error.raw))
    return Reason("silent")
