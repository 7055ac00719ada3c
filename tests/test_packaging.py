"""Dockerfile, Makefile and pyproject tell the same story."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_image_copies_every_package_that_the_wheel_holds() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE))
    assert copied == set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_image_and_make_install_the_same_pins_in_the_same_way() -> None:
    for flags in ("--require-hashes -r requirements.txt", "--no-deps --no-build-isolation"):
        assert (flags in DOCKERFILE, flags in MAKEFILE) == (True, True)


def test_the_image_runs_an_allowed_python_as_an_ordinary_user_with_a_health_check() -> None:
    versions = set(re.findall(r"^FROM python:(3\.\d+)-slim", DOCKERFILE, re.MULTILINE))
    assert {f">={version}" for version in versions} == {PROJECT["project"]["requires-python"]}
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    assert 'CMD ["smsbot", "health"]' in DOCKERFILE
    assert "smsbot" in PROJECT["project"]["scripts"]


def test_every_pin_has_a_hash_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.MULTILINE | re.IGNORECASE)
        blocks = re.split(r"^(?=[a-z0-9][\w.\[\]-]*==)", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
        assert len(pins) > 20
        assert all("--hash=sha256:" in block for block in blocks)
        assert "://" not in text


def test_what_is_declared_is_pinned() -> None:
    pinned = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE | re.IGNORECASE)
    )
    declared = {re.split(r"[\[<>=]", name)[0].replace(".", "-") for name in PROJECT["project"]["dependencies"]}
    assert declared <= {name.replace(".", "-") for name in pinned}


def test_everything_ignored_by_the_image_is_named_by_it() -> None:
    """The build sees only what .dockerignore lets through."""
    let_through = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    wanted = set(re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE))
    assert {name for group in wanted for name in group.split()} == let_through
