"""Killed with signal 9 at any moment and begun again, the whole house sends once, or asks a person, on one card."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from tests.databases import BACKENDS, Databases
from tests.e2e.kill_stages import Room, room
from tests.e2e.kill_trials import Replay, Trial
from tests.e2e.referee import Verdict

pytestmark = [pytest.mark.kill, pytest.mark.parametrize("backend", BACKENDS)]
HONEST = {Verdict.SENT, Verdict.DOUBT}
WRITTEN = "dispatch-item: written /sms.cgi #1"
LOST_ANSWER = (
    "cards-finish: before commit #1",  # nothing is stored of the post yet
    "cards-finish: after commit #1",
    "cards-item: before editMessageText #1",  # the press has told which message it is
    "cards-item: after editMessageText #1",
    "cards-item: before commit #1",
)
_STORY = {"poll", "inbox-item"} | {
    f"{lane}-{part}" for lane in ("cards", "dispatch", "track") for part in ("item", "finish")
}
_UNNAMED = ("getUpdates", "answerCallbackQuery")


def matters(point: str) -> bool:
    """Say whether the story hangs on a moment.

    It does not where nothing is under way: menus, beats, start. What a lane's look for work has found is moments of its items.
    """
    passer, _, what = point.partition(": ")
    return passer in _STORY or (passer == "task" and what.split()[1] in _UNNAMED)


class Court:
    """Replays a story of kill_house.py on one kind of database."""

    def __init__(self, backend: str, databases: Databases) -> None:
        self._backend, self._databases = backend, databases

    def replay(self, story: str, *lost_answers: str) -> Replay:
        """Return the story, ready to be killed."""
        stage: Callable[[], AbstractAsyncContextManager[Room]] = partial(room, *lost_answers)
        return Replay(f"tests.e2e.kill_house:{story}", self._backend, self._databases, stage)

    async def try_one(self, story: str, point: str) -> Verdict:
        """Return what became of the message when the story was killed at this moment."""
        [trial] = await self.replay(story).kill_at([point])
        assert trial.killed
        return trial.verdict


@pytest.fixture
def court(backend: str, databases: Databases) -> Court:
    return Court(backend, databases)


def dishonest(trials: list[Trial]) -> list[Trial]:
    return [trial for trial in trials if trial.verdict not in HONEST]


async def test_a_send_killed_at_any_moment_happens_once_or_is_shown_as_unknown(court: Court) -> None:
    """From `/send` to Доставлено, the person presses once: nothing is lost, nothing sent twice, one card stays."""
    replay = court.replay("send")
    points = [point for point in await replay.count() if matters(point)]
    trials = await replay.kill_at(points, side_by_side=4)
    assert dishonest(trials) == []
    assert [trial.point for trial in trials if not trial.killed and not trial.loose] == []
    assert sorted(trial.point for trial in trials) == sorted(points)
    assert {trial.verdict for trial in trials} == HONEST
    killed = {trial.point for trial in trials if trial.killed}
    assert killed >= {"poll: after commit #1", WRITTEN, "cards-item: after sendMessage #1"}


async def test_a_kill_while_a_post_is_in_doubt_leaves_one_card(court: Court) -> None:
    """Telegram's answer to the preview is lost, the preview is pressed all the same, and what is shown next is cut short."""
    trials = await court.replay("send", "sendMessage").kill_at(LOST_ANSWER, side_by_side=4)
    assert dishonest(trials) == []
    assert [trial.point for trial in trials if not trial.killed] == []


async def test_a_queue_that_repeats_what_was_on_its_way_is_caught_sending_twice(court: Court) -> None:
    assert await court.try_one("send_doubting_nothing", WRITTEN) is Verdict.TWICE


async def test_a_confirmation_that_counts_twice_is_caught_sending_twice(court: Court) -> None:
    assert await court.try_one("send_confirming_twice", "dispatch-finish: after commit #1") is Verdict.TWICE


async def test_a_card_whose_message_is_forgotten_is_caught_standing_there_twice(court: Court) -> None:
    assert await court.try_one("send_forgetting_messages", "dispatch-finish: after commit #1") is Verdict.CROWDED
