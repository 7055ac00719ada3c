"""The audit tells of every deed the code writes, in both languages, and nothing that was written is ever changed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.chat.cards.audit import deed
from bot.chat.texts import LANGUAGES, texts
from bot.domain.audit import BOT, DEEDS, TOPICS, topic

ROOT = Path(bot.__file__).parent
NAMED_ELSEWHERE = {
    # Verbs that come from a value: where, and what the value may be.
    "_CHANGES[verb]": {"add_phones", "remove_phone"},
    "code": {"again", "cancelled", "edited", "undo"},
    "decision.verb": {"approve", "approve_alone", "edit", "expire", "refuse", "void", "withdraw"},
    "errand.step": {"fetch", "fit", "show"},
}
Written = dict[str, list[str]]


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module that may write an event."""
    for room in ("services", "storage"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def written() -> tuple[Written, Written]:
    """Return the verbs that calls give as they stand, and the expressions whose values verbs are; each with where."""
    plain: Written = {}
    other: Written = {}
    for path, module in sources():
        takers = {"move": None, "append": 2, **_takers(module)}
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            given = _verb(call, takers.get(name, -1), bare=isinstance(call.func, ast.Name))
            for one in [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    plain.setdefault(one.value, []).append(path)
                elif one is not None and not (isinstance(one, ast.Name) and one.id == "verb"):
                    other.setdefault(ast.unparse(one), []).append(path)
    return plain, other


def _takers(module: ast.Module) -> dict[str, int]:
    """Return the functions of a module that take a verb, and at which place among what they are given."""
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            names = [one.arg for one in node.args.args if one.arg != "self"]
            if "verb" in names and node.name.startswith("_"):
                found[node.name] = names.index("verb")
    return found


def _verb(call: ast.Call, place: int | None, *, bare: bool) -> ast.expr | None:
    named = next((one.value for one in call.keywords if one.arg == "verb"), None)
    if named is not None or place is None or place < 0 or len(call.args) <= place:
        return named if place is None or place >= 0 else None
    is_append = bare and isinstance(call.func, ast.Name) and call.func.id == "append"
    return call.args[place] if is_append or not bare else None


def test_every_verb_the_code_writes_is_entered_in_the_audit() -> None:
    plain, other = written()
    assert len(plain) > 30
    entered = {verb for verbs in DEEDS.values() for verb in verbs}
    assert {verb: where for verb, where in plain.items() if verb not in entered} == {}
    assert {said: where for said, where in other.items() if said not in NAMED_ELSEWHERE} == {}
    assert set().union(*NAMED_ELSEWHERE.values()) <= entered


def test_every_kind_that_moves_is_entered_in_the_audit() -> None:
    from bot.domain.states import MOVES

    assert MOVES.keys() <= DEEDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_deed_that_is_listed_has_a_name(language: str) -> None:
    words = texts(language)
    listed = [(kind, verb) for kind, verbs in DEEDS.items() for verb, under in verbs.items() if under is not None]
    assert [one for one in listed if deed(words, *one) == "audit-unnamed"] == []
    assert [under for under in TOPICS if f"audit-topic-{under}" not in words.keys] == ["other"]


def test_no_name_is_left_of_a_deed_that_nobody_does() -> None:
    kinds = {kind.replace("_", "-") for kind in DEEDS}
    named = {key for key in texts("ru").keys if re.match(rf"audit-({'|'.join(kinds)})-", key)}
    assert named == {
        deed(texts("ru"), kind, verb) for kind, verbs in DEEDS.items() for verb, it in verbs.items() if it is not None
    }


def test_a_deed_that_nobody_has_entered_is_listed_rather_than_lost() -> None:
    assert topic("admin:1", "teapot", "boil") == "other"
    assert topic("admin:1", "batch", "explode") == "other"
    assert deed(texts("ru"), "teapot", "boil") == "audit-unnamed"


def test_what_the_bot_does_by_itself_is_listed_apart() -> None:
    assert (topic("worker", "batch", "pause"), topic("admin:1", "batch", "pause")) == (BOT, "cancels")
    assert topic("worker", "message", "accepted") is None
    assert topic("settings", "admin", "admit") == "people"


def test_nothing_in_the_code_changes_or_deletes_an_event() -> None:
    """Only `moves` writes to the table, and what it does there is insert."""
    wrote: list[tuple[str, str]] = []
    for path, module in sources():
        imported = {
            alias.asname or alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.storage.tables")
            for alias in node.names
            if alias.name == "events"
        }
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in ("insert", "update", "delete", "upsert", "pg_insert", "sqlite_insert") and call.args:
                table = ast.unparse(call.args[0])
                if table in imported or table.endswith("tables.events"):
                    wrote.append((path, name))
        text = ast.unparse(module)
        assert not re.search(r"(?i)(update|delete from|insert into)\s+events", text) or "migrations" in path, path
    assert wrote == [("storage/moves.py", "insert")]
