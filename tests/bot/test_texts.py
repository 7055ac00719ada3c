"""The words: alike in both languages, all used, all there, and Russian as a careful editor writes it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

import bot.chat
from bot.chat.texts import LANGUAGES, LOCALES, Markup, MissingTextError, Texts, texts

KEY = re.compile(r"[a-z]+(-[a-z0-9]+)+")
CODE = Path(bot.chat.__file__).parent


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


@cache
def messages(language: str) -> dict[str, ftl.Message]:
    """Return every message of a language by key."""
    files = sorted((LOCALES / language).glob("*.ftl"))
    bodies = [FluentResource(path.read_text(encoding="utf-8")).body for path in files]
    return {entry.id.name: entry for body in bodies for entry in body if isinstance(entry, ftl.Message)}


def arguments(language: str) -> dict[str, set[str]]:
    """Return the arguments of every message by key."""
    found = {}
    for key, message in messages(language).items():
        variables = _Variables()
        variables.visit(message)
        found[key] = variables.found
    return found


@cache
def used() -> tuple[re.Pattern[str], ...]:
    """Return what the chat's code names as keys: constants, and f-strings with anything in their gaps."""
    files = [path.read_text(encoding="utf-8") for path in CODE.rglob("*.py")]
    return tuple(pattern for text in files for node in ast.walk(ast.parse(text)) for pattern in _named(node))


def _named(node: ast.AST) -> Iterator[re.Pattern[str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield re.compile(re.escape(node.value))
    if (
        isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and "-" in str(node.values[0].value)
    ):
        parts = (str(it.value) if isinstance(it, ast.Constant) else "[a-z0-9-]*" for it in node.values)
        yield re.compile("".join(parts))


def test_both_languages_say_the_same_things() -> None:
    assert messages("ru").keys() == messages("en").keys()


def test_both_languages_take_the_same_arguments() -> None:
    assert arguments("ru") == arguments("en")


def test_every_text_is_used_in_code() -> None:
    unused = {key for key in messages("ru") if not any(pattern.fullmatch(key) for pattern in used())}
    assert set() == unused


def test_every_key_in_code_has_a_text() -> None:
    known = messages("ru").keys()
    flows = {key.split("-")[0] for key in known}
    named = {pattern.pattern.replace("\\-", "-") for pattern in used()}
    missing = {key for key in named if KEY.fullmatch(key) and key.split("-")[0] in flows and key not in known}
    assert set() == missing


def test_every_built_key_meets_a_text() -> None:
    """An f-string that matches no text at all is a misspelt one."""
    built = [pattern for pattern in used() if "[a-z0-9-]*" in pattern.pattern]
    assert built
    assert [p.pattern for p in built if not any(p.fullmatch(key) for key in messages("ru"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_text_is_an_error(language: str) -> None:
    with pytest.raises(MissingTextError, match="no such text"):
        texts(language)("send-nowhere")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_argument_is_an_error(language: str) -> None:
    with pytest.raises(MissingTextError, match="time"):
        texts(language)("send-undo-line")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(MissingTextError):
        texts("xx")


def test_a_text_said_twice_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "ru"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.ftl").write_text("word-same = то же\n", encoding="utf-8")
    with pytest.raises(MissingTextError, match="said twice"):
        Texts("ru", tmp_path)


def test_an_unreadable_line_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "broken.ftl").write_text("word-ok = да\nword-broken { нет\n", encoding="utf-8")
    with pytest.raises(MissingTextError, match="unreadable"):
        Texts("ru", tmp_path)


@given(st.text())
def test_what_comes_from_outside_never_becomes_markup(name: str) -> None:
    shown = texts("ru")("send-author", name=name)
    assert "<" not in shown
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)


def test_markup_is_not_escaped_twice() -> None:
    assert texts("en")("word-id", id=Markup("<code>1</code>")) == "ID <code>1</code>"


def test_a_message_is_markup_and_may_go_into_another() -> None:
    inner = texts("en")("send-author", name="A & B")
    assert texts("en")("send-warn-item", line=inner) == "• Author: A &amp; B"


def test_a_plain_text_is_not_html() -> None:
    """Buttons and toasts know no markup: an escaped ampersand would be read as it stands."""
    assert texts("en").plain("alert-author", name="A & B") == "This draft belongs to A & B."


def test_a_phone_stays_a_string_of_digits() -> None:
    """Neither thousands separators nor invisible isolation marks may travel with a tap."""
    assert texts("ru")("word-id", id="79119876543") == "ID 79119876543"


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (1, "1 получатель"),
        (2, "2 получателя"),
        (5, "5 получателей"),
        (11, "11 получателей"),
        (21, "21 получатель"),
        (12431, "12\u00a0431 получатель"),
    ],
)
def test_russian_counts_agree_with_their_nouns(n: int, written: str) -> None:
    assert texts("ru")("word-recipients", n=n) == written


@pytest.mark.parametrize(("n", "written"), [(1, "1 recipient"), (2, "2 recipients"), (21, "21 recipients")])
def test_english_counts_agree_with_their_nouns(n: int, written: str) -> None:
    assert texts("en")("word-recipients", n=n) == written


def test_every_russian_plural_has_three_forms() -> None:
    selections = []

    class Selections(Visitor):
        def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
            selections.append([getattr(variant.key, "name", "") for variant in node.variants])

    for message in messages("ru").values():
        Selections().visit(message)
    assert selections
    assert [forms for forms in selections if forms != ["one", "few", "other"]] == []


def russian_lines() -> list[str]:
    """Return the lines of the Russian texts without comments and markup."""
    files = sorted((LOCALES / "ru").glob("*.ftl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [re.sub(r"</?[a-z]+>", "", line) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("banned", ["!", "пожалуйста", "успешно", "ошибка", "—", '"', "“"])
def test_russian_keeps_its_manners(banned: str) -> None:
    """No shouting, no begging, no officialese; the dash is –, the quotes are «…»."""
    assert [line for line in russian_lines() if banned in line.lower()] == []


def test_russian_addresses_its_reader_in_lower_case() -> None:
    """Capital only where a sentence begins."""
    assert [line for line in russian_lines() if re.search(r"(?<=[а-яё,] )В(?:ы|ас|ам|аш\w*)\b", line)] == []


def test_no_russian_verb_needs_to_know_who_did_it() -> None:
    """A person's name stands behind a colon, never in front of a verb that would have a gender."""
    people = [line for line in russian_lines() if re.search(r"\{ \$(name|by) \}", line)]
    assert people
    assert [line for line in people if not re.search(r": \{ \$(name|by) \}(?:\.|, \{ \$time \}\.)?$", line)] == []
