"""`smsbot demo --tour`: the main job as a stranger sees it first, in processes of their own."""

import asyncio
import sys
from pathlib import Path


async def _tour(folder: Path, *options: str) -> tuple[int | None, str]:
    command = (sys.executable, "-m", "bot", "demo", "--tour", "--fresh", "--folder", str(folder), *options)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode()


async def test_the_tour_passes_only_where_each_step_really_happened(tmp_path: Path) -> None:
    """With the worker off it fails at the first step that needs the provider."""
    whole, halved = await asyncio.gather(_tour(tmp_path / "whole"), _tour(tmp_path / "halved", "--wing", "bot"))
    assert whole[0] == 0, whole[1]
    assert "✓ Every step happened" in whole[1]
    assert halved[0] == 1, halved[1]
    assert "✗ no card shows Можно потратить" in halved[1]
