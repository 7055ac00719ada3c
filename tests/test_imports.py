"""Imports go one way, as pyproject's contracts say."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def test_no_module_imports_against_the_grain() -> None:
    # A process of its own: the linter turns off every logger that it finds.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
