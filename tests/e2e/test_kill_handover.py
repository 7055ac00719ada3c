"""Killed with signal 9 at any moment of a hand-over and begun again, a multicast goes once at most, and nobody loses it."""

from pathlib import Path

import pytest

from tests.databases import BACKENDS, Databases
from tests.e2e.kill_handover import counters
from tests.e2e.kill_trials import Replay, Trial
from tests.e2e.referee import Verdict

pytestmark = [pytest.mark.kill, pytest.mark.parametrize("backend", BACKENDS)]
HONEST = {Verdict.SENT, Verdict.DOUBT}
WRITTEN = "handover-item: written /api_call.cgi #2"
IDLE = "handover:"
"""The lane's look for work, which may come by less often than when it was counted."""
ASKING = "requests"
"""The lane of free questions: what it dies of loses nothing that was paid for."""


class Court:
    """Replays the story of kill_handover.py on one kind of database."""

    def __init__(self, backend: str, databases: Databases, folder: Path) -> None:
        self._backend, self._databases, self._folder = backend, databases, folder

    async def try_all(self, story: str, *points: str) -> tuple[list[str], list[Trial]]:
        """Return the moments named, else all of the story, and what became of the multicast when it was killed at each."""
        async with counters(self._folder / "sandbox.sqlite") as counter:
            replay = Replay(f"tests.e2e.kill_handover:{story}", self._backend, self._databases, counter)
            moments = list(points) or [it for it in await replay.count() if not it.startswith(ASKING)]
            return moments, await replay.kill_at(moments)


@pytest.fixture
def court(backend: str, databases: Databases, tmp_path: Path) -> Court:
    return Court(backend, databases, tmp_path)


async def test_a_handover_killed_at_any_moment_happens_once_or_a_person_is_asked(court: Court) -> None:
    points, trials = await court.try_all("hand_over")
    assert [trial for trial in trials if trial.verdict not in HONEST] == []
    assert [trial.point for trial in trials if not trial.killed and not trial.point.startswith(IDLE)] == []
    assert sorted(trial.point for trial in trials) == sorted(points)
    assert WRITTEN in points
    assert {trial.verdict for trial in trials} == HONEST


async def test_a_queue_that_repeats_what_was_being_handed_over_is_caught_sending_twice(court: Court) -> None:
    _, [trial] = await court.try_all("hand_over_doubting_nothing", WRITTEN)
    assert (trial.killed, trial.verdict) == (True, Verdict.TWICE)
