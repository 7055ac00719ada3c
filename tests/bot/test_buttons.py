"""Buttons: whatever a golden card shows is obeyed on that card, by whoever sees it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest

from bot.chat.cards import Model, render
from bot.chat.verbs import VERBS
from bot.chat.view import Button
from bot.domain.access import Role
from bot.domain.admins import AdminsCard, InviteCard
from bot.domain.approvals import ApprovalCard
from bot.domain.bases import BasesCard, ImportCard
from bot.domain.cards import BatchCard, DraftCard, MessageCard, RequestCard
from bot.domain.models import Reader
from bot.domain.multicast_cards import MulticastCard, MulticastDraftCard
from tests.golden.examples import examples

KINDS: dict[type, str] = {
    AdminsCard: "admins",
    ApprovalCard: "approval",
    BasesCard: "bases",
    BatchCard: "batch",
    DraftCard: "draft",
    ImportCard: "import",
    InviteCard: "invite",
    MessageCard: "message",
    MulticastCard: "multicast",
    MulticastDraftCard: "draft",
    RequestCard: "request",
}
SPENDING = {"ok", "yes", "test", "resume", "now", "anyway", "apyes", "apsolo"}


def buttons() -> Iterator[tuple[str, Reader, str, Button]]:
    """Yield each button of each example: the example's name, its reader, the kind of its subject."""
    for name, (reader, model) in examples("ru").items():
        for button in chain.from_iterable(render(reader, model).rows):
            yield name, reader, _kind(model), button


def _kind(model: Model) -> str:
    return KINDS.get(type(model), "notice")


def test_every_button_has_a_verb_for_the_subject_of_its_card() -> None:
    dead = [
        (name, button.label)
        for name, _, kind, button in buttons()
        if button.verb not in VERBS or kind not in VERBS[button.verb].on
    ]
    assert dead == []


def test_a_card_offers_its_reader_only_what_the_role_allows() -> None:
    """In private; in a group everybody sees the same card, and is told at the press."""
    refused = [
        (name, button.label)
        for name, reader, _, button in buttons()
        if not reader.group and not name.startswith("stranger") and not reader.role.may(VERBS[button.verb].role)
    ]
    assert refused == []


def test_a_viewer_is_offered_nothing_on_any_card_that_the_role_forbids() -> None:
    """Every example as a viewer would see it in private."""
    seen = [
        (name, button)
        for name, (reader, model) in examples("ru").items()
        for row in render(replace(reader, role=Role.VIEWER, group=False), model).rows
        for button in row
    ]
    assert [(name, it.label) for name, it in seen if not Role.VIEWER.may(VERBS[it.verb].role)] == []


@pytest.mark.parametrize("verb", sorted(SPENDING))
def test_what_spends_needs_the_card_fresh_and_as_it_is(verb: str) -> None:
    """DESIGN's fifth rule: no verb that lets something leave is obeyed on outdated or old content."""
    assert VERBS[verb].spends
    assert not VERBS[verb].always


@pytest.mark.parametrize("verb", ["undo", "stop", "close"])
def test_what_holds_back_is_obeyed_whatever_has_changed(verb: str) -> None:
    assert VERBS[verb].always
    assert not VERBS[verb].spends
