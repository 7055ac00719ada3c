"""A draft weighed against the world: what it costs, what is wrong with it, where it stands."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import drafts as rules
from bot.domain.cards import Price, Problem
from bot.domain.drafts import Around
from bot.domain.models import Draft
from bot.domain.money import cost
from bot.domain.policy import Policy
from bot.domain.states import DraftState
from bot.storage import batches, requests
from bot.storage.engine import Tx
from gateway import text as sms

SAME_TEXT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known of a draft that has a text and recipients."""

    analysis: sms.Analysis
    price: Price
    problems: tuple[Problem, ...]


async def weigh(tx: Tx, policy: Policy, draft: Draft) -> Weighed | None:
    """Return the draft weighed; None while it still lacks its text."""
    fields = draft.fields
    if fields.get("text") is None:
        return None
    text, phones = str(fields["text"]), list(fields.get("phones") or ())
    analysis = sms.analyse(text)
    parts = analysis.parts * len(phones)
    price = Price(parts, cost(parts, policy.price), await requests.last_balance(tx))
    same = await batches.same_text(tx, phones, text, tx.now - SAME_TEXT) if phones else None
    at, repeats = same or (None, 0)
    around = Around(tx.now, price, at, repeats)
    return Weighed(analysis, price, rules.problems(fields, analysis, around, policy))


def step(draft: Draft, weighed: Weighed | None) -> str:
    """Return the step its card is at."""
    if draft.state is not DraftState.OPEN:
        return "closed"
    found = rules.step(draft.fields)
    if found != "preview" or weighed is None:
        return found
    if any(problem.blocks for problem in weighed.problems):
        return "blocked"
    return "warn" if draft.fields.get("asking") else "preview"
