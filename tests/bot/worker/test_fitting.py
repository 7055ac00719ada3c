"""Pictures are fitted beside the longest text; one that brings its process down is given up."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.domain.access import Role
from bot.domain.bell import Bell
from bot.domain.mms_drafts import ROOM, picture
from bot.domain.models import Admin, Place
from bot.lanes import Loop
from bot.services.unit import Unit
from bot.storage import people
from bot.storage.engine import Database
from bot.worker.fitting import FitLane
from tests.times import ManualClock

HOME = Place(1001)


@pytest.fixture
async def maria(database: Database) -> Admin:
    async with database.write() as tx:
        await people.admit(tx, HOME.chat, Role.OWNER, name="Мария", language="ru", zone="Europe/Moscow")
        found = await people.load(tx, HOME.chat)
    assert found is not None
    return found


def noise(side: int) -> bytes:
    """Return a photo that nothing compresses."""
    file = BytesIO()
    Image.effect_noise((side, side), 120).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


async def fetched(unit: Unit, admin: Admin, data: bytes) -> int:
    """Receive a photo, and have it fetched; return the draft."""
    async with unit() as services:
        await services.mms.receive(admin, HOME, "A", {}, size=len(data))
        [errand] = await services.pictures.claim(1, "fetch")
        await services.pictures.fetched(errand, data)
        return errand.draft


async def fields(unit: Unit, draft: int) -> Mapping[str, Any]:
    async with unit.reading() as services:
        found = await services.drafts.peek(draft)
    assert found is not None
    return found.fields


async def test_a_photo_that_nothing_compresses_fits_in_the_end(
    unit: Unit, time: ManualClock, bell: Bell, maria: Admin
) -> None:
    draft = await fetched(unit, maria, noise(700))
    await Loop(FitLane(unit), time, bell).drain()
    coming = (await fields(unit, draft))["coming"]
    assert ROOM / 2 < coming["size"] <= ROOM


async def test_a_file_that_is_no_picture_is_refused(unit: Unit, time: ManualClock, bell: Bell, maria: Admin) -> None:
    draft = await fetched(unit, maria, b"\xff\xd8 broken")
    await Loop(FitLane(unit), time, bell).drain()
    after = await fields(unit, draft)
    assert (after["refused"]["code"], "coming" in after, picture(after)) == ("picture_broken", False, None)


async def test_a_picture_that_brings_its_process_down_is_given_up(
    unit: Unit, time: ManualClock, bell: Bell, maria: Admin
) -> None:
    """Three holders of the claim were never heard of again."""
    draft = await fetched(unit, maria, noise(64))
    for _ in range(3):
        async with unit() as services:
            assert len(await services.pictures.claim(1, "fit")) == 1
        time.go(120)
    await Loop(FitLane(unit), time, bell).drain()
    assert (await fields(unit, draft))["refused"]["code"] == "picture_broken"
