"""Killed with signal 9 at any moment of gathering or filling, a tracked list is whole afterwards, and everyone is reached once."""

from pathlib import Path

import pytest

from tests.databases import BACKENDS, Databases
from tests.e2e.kill_list import halls
from tests.e2e.kill_trials import Replay, Trial
from tests.e2e.referee import Verdict

pytestmark = [pytest.mark.kill, pytest.mark.parametrize("backend", BACKENDS)]
HONEST = {Verdict.SENT, Verdict.DOUBT}
IDLE = "gathering:"
"""The lane's look for work, which may come by less often than when it was counted."""
FILLED_HALF = "gathering-item: after commit #6"


class Court:
    """Replays the story of kill_list.py on one kind of database."""

    def __init__(self, backend: str, databases: Databases, folder: Path) -> None:
        self._backend, self._databases, self._folder = backend, databases, folder

    async def try_all(self, story: str, *points: str) -> tuple[list[str], list[Trial]]:
        """Return the moments named, else all of the list's, and what became of everyone when it was killed at each."""
        async with halls(self._folder / "sandbox.sqlite") as hall:
            replay = Replay(f"tests.e2e.kill_list:{story}", self._backend, self._databases, hall)
            moments = list(points) or [it for it in await replay.count() if it.startswith(("gathering", "story"))]
            return moments, await replay.kill_at(moments)


@pytest.fixture
def court(backend: str, databases: Databases, tmp_path: Path) -> Court:
    return Court(backend, databases, tmp_path)


async def test_a_list_killed_at_any_moment_reaches_everyone_once(court: Court) -> None:
    points, trials = await court.try_all("send")
    assert [trial for trial in trials if trial.verdict not in HONEST] == []
    assert [trial.point for trial in trials if not trial.killed and not trial.point.startswith(IDLE)] == []
    assert sorted(trial.point for trial in trials) == sorted(points)
    assert {"gathering-item: written /api_call.cgi #2", FILLED_HALF} <= set(points)


async def test_a_list_that_is_filled_from_its_beginning_again_is_caught(court: Court) -> None:
    _, [trial] = await court.try_all("send_filling_anew", FILLED_HALF)
    assert (trial.killed, trial.verdict) == (True, Verdict.TWICE)


async def test_a_list_whose_rest_is_forgotten_is_caught_losing_it(court: Court) -> None:
    _, [trial] = await court.try_all("send_forgetting_the_rest", FILLED_HALF)
    assert (trial.killed, trial.verdict) == (True, Verdict.LOST)
