"""The examples: what each golden card shows, by name, in the order of the conversation."""

from collections.abc import Mapping
from functools import cache
from itertools import chain

from bot.chat.cards import Model, render
from bot.domain.models import Reader
from tests.golden import (
    admins_examples,
    alert_examples,
    approval_examples,
    audit_examples,
    bases_examples,
    batch_examples,
    chart_examples,
    draft_examples,
    group_examples,
    halt_examples,
    history_examples,
    mms_examples,
    multicast_examples,
    notice_examples,
    toast_examples,
    tracked_examples,
)
from tests.golden.notation import written

Examples = Mapping[str, tuple[Reader, Model]]


def examples(language: str) -> dict[str, tuple[Reader, Model]]:
    """Return every example of a language by name; a name said twice is a mistake."""
    found: dict[str, tuple[Reader, Model]] = {}
    sends = (draft_examples, group_examples, batch_examples, multicast_examples, approval_examples)
    parts = (*sends, notice_examples, mms_examples, bases_examples)
    for part in (
        *parts,
        admins_examples,
        tracked_examples,
        alert_examples,
        history_examples,
        audit_examples,
        halt_examples,
    ):
        for name, example in part.examples(language):
            assert name not in found, name
            found[name] = example
    return found


@cache
def cards(language: str) -> dict[str, str]:
    """Return every card as its golden file holds it."""
    drawn = ((name, written(render(*example))) for name, example in examples(language).items())
    said = [("toasts", toast_examples.written(language)), ("charts", chart_examples.written(language))]
    return dict(chain(drawn, said))
