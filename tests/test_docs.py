"""What prose promises of the settings is what the class says."""

import re
from itertools import pairwise
from pathlib import Path

from pydantic_core import PydanticUndefined

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
NAMES = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]


def told(value: object) -> str:
    """A default as people write it."""
    match value:
        case None:
            return ""
        case tuple():
            return ",".join(f"{one:g}" for one in value)
        case _ if hasattr(value, "get_secret_value"):
            return str(value.get_secret_value())
    return "" if value is PydanticUndefined else str(value).replace("–", "-")


DEFAULTS = {name: told(field.default) for name, field in zip(NAMES, Settings.model_fields.values(), strict=True)}
REQUIRED = {f"{PREFIX}{name.upper()}" for name, field in Settings.model_fields.items() if field.is_required()}


def test_the_example_lists_every_setting_with_its_default_and_a_comment() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    found = {}
    for above, line in pairwise(lines):
        if not line.startswith("#") and line:
            assert above.startswith("# "), line
            name, _, value = line.partition("=")
            found[name] = value
    assert found == DEFAULTS


def test_the_table_lists_every_setting_in_order_with_its_default() -> None:
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(SMSBOT_\w+)` \| (.*?) \| (.+) \|$", text, re.MULTILINE)
    expected = {
        name: "required" if name in REQUIRED else f"`{value}`" if value else "none" for name, value in DEFAULTS.items()
    }
    assert {name: default for name, default, _ in rows} == expected
    assert [name for name, _, _ in rows] == NAMES


def test_every_setting_says_what_it_is_and_what_it_expects() -> None:
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        assert field.description, name
        assert isinstance(extra, dict), name
        assert extra["expected"], name
