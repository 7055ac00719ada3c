"""Killed with signal 9 at any moment and begun again, the worker wing sends a message once, or asks a person."""

from pathlib import Path

import pytest

from tests.databases import BACKENDS, Databases
from tests.e2e.kill_stages import offices
from tests.e2e.kill_trials import Replay, Trial
from tests.e2e.referee import Verdict

pytestmark = [pytest.mark.kill, pytest.mark.parametrize("backend", BACKENDS)]
HONEST = {Verdict.SENT, Verdict.DOUBT}
WRITTEN = "dispatch-item: written /sms.cgi #1"
WRITTEN_MMS = "dispatch-item: written /api.php #1"


class Court:
    """Replays a story of kill_worker.py on one kind of database."""

    def __init__(self, backend: str, databases: Databases, folder: Path) -> None:
        self._backend, self._databases, self._folder = backend, databases, folder

    async def try_all(self, story: str, after: str | None = None) -> tuple[list[str], list[Trial]]:
        """Return all moments of the story and what became of the message when it was killed at each."""
        return await self._replay(story, None, after)

    async def try_one(self, story: str, point: str) -> Verdict:
        """Return what became of the message when the story was killed at this moment."""
        _, [trial] = await self._replay(story, [point], None)
        assert trial.killed
        return trial.verdict

    async def _replay(self, story: str, points: list[str] | None, after: str | None) -> tuple[list[str], list[Trial]]:
        async with offices(self._folder / "sandbox.sqlite") as office:
            replay = Replay(f"tests.e2e.kill_worker:{story}", self._backend, self._databases, office)
            points = points or await replay.count(after)
            return points, await replay.kill_at(points, after)


@pytest.fixture
def court(backend: str, databases: Databases, tmp_path: Path) -> Court:
    return Court(backend, databases, tmp_path)


async def test_a_send_killed_at_any_moment_happens_once_or_a_person_is_asked(court: Court) -> None:
    await _assert_honest(court, "send")


async def test_an_mms_killed_at_any_moment_happens_once_or_a_person_is_asked(court: Court) -> None:
    assert WRITTEN_MMS in await _assert_honest(court, "send_mms")


async def _assert_honest(court: Court, story: str) -> list[str]:
    points, trials = await court.try_all(story)
    assert [trial for trial in trials if trial.verdict not in HONEST] == []
    assert [trial.point for trial in trials if not trial.killed and not trial.loose] == []
    assert sorted(trial.point for trial in trials) == sorted(points)
    assert {trial.verdict for trial in trials} == HONEST
    return points


async def test_a_recovery_killed_at_any_moment_asks_all_the_same(court: Court) -> None:
    """A process that dies with a call under way, and whose successor dies while it finds out, leaves an honest doubt."""
    points, trials = await court.try_all("send", after=WRITTEN)
    assert [trial for trial in trials if trial.verdict is not Verdict.DOUBT] == []
    assert any(trial.killed for trial in trials)
    assert sorted(trial.point for trial in trials) == sorted(points)


async def test_a_queue_that_repeats_what_was_on_its_way_is_caught_sending_twice(court: Court) -> None:
    assert await court.try_one("send_doubting_nothing", WRITTEN) is Verdict.TWICE
    assert await court.try_one("send_mms_doubting_nothing", WRITTEN_MMS) is Verdict.TWICE


async def test_a_queue_that_takes_what_was_on_its_way_for_sent_is_caught_losing_it(court: Court) -> None:
    assert await court.try_one("send_believing_all", "dispatch-item: before /sms.cgi #1") is Verdict.LOST


async def test_a_doubt_that_no_card_shows_counts_as_lost(court: Court) -> None:
    assert await court.try_one("send_telling_nobody", WRITTEN) is Verdict.LOST
