"""Imports go one way, as pyproject's contracts say."""

from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def test_no_module_imports_against_the_grain() -> None:
    assert lint_imports(config_filename=str(PROJECT), no_cache=True) == EXIT_STATUS_SUCCESS
