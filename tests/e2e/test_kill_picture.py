"""Killed with signal 9 while a picture is fetched, fitted or posted, the draft is whole on one card below its picture."""

import pytest

from tests.databases import BACKENDS, Databases
from tests.e2e.kill_picture import studio
from tests.e2e.kill_trials import Replay
from tests.e2e.referee import Verdict

pytestmark = [pytest.mark.kill, pytest.mark.parametrize("backend", BACKENDS)]
_STEPS = tuple(f"{lane}-{part}: " for lane in ("pictures", "fitting") for part in ("item", "finish"))
POSTED = {"pictures-item: after sendPhoto #1", "pictures-finish: before commit #2"}
"""Telegram has the picture, and we have not stored which message it is: it is posted once more."""


async def test_a_picture_killed_at_any_moment_stands_above_its_card(backend: str, databases: Databases) -> None:
    """It is there twice only where nobody could know that it was there already."""
    replay = Replay("tests.e2e.kill_house:send", backend, databases, studio)
    points = [point for point in await replay.count() if point.startswith(_STEPS)]
    trials = await replay.kill_at(points, side_by_side=2)
    assert [trial.point for trial in trials if not trial.killed] == []
    assert set(points) >= POSTED
    assert {trial.point: trial.verdict for trial in trials} == {
        point: Verdict.DOUBT if point in POSTED else Verdict.SENT for point in points
    }


async def test_a_picture_whose_errand_is_forgotten_is_caught_missing(backend: str, databases: Databases) -> None:
    replay = Replay("tests.e2e.kill_house:send_forgetting_errands", backend, databases, studio)
    [trial] = await replay.kill_at(["pictures-finish: after commit #1"])
    assert (trial.killed, trial.verdict) == (True, Verdict.LOST)


async def test_a_picture_that_is_posted_anew_is_caught_standing_there_twice(backend: str, databases: Databases) -> None:
    replay = Replay("tests.e2e.kill_house:send_posting_pictures_anew", backend, databases, studio)
    [trial] = await replay.kill_at(["pictures-finish: after commit #2"])
    assert (trial.killed, trial.verdict) == (True, Verdict.DOUBT)
