"""Phone bases and imports: the list, one base, questions and answers, I0 to I3."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.chat.cards import Model
from bot.domain.access import Role
from bot.domain.bases import BasesCard, Import, ImportCard, Listed
from bot.domain.models import Place, Reader
from bot.domain.states import ImportState
from tests.golden.made import OTHERS, PHONE, at, reader

ODD = 'Совет <ТСЖ> & Ко, "север"'
VERDICT: Mapping[str, Any] = {
    "valid": 11_980,
    "invalid": 98,
    "duplicates": 312,
    "empty": 41,
    "column": 2,
    "columns": [{"number": 2, "title": "Телефон"}, {"number": 3, "title": "<Моб.>"}],
    "bad": [
        {"row": 17, "raw": "8911", "why": "too_few_digits", "digits": 4},
        {"row": 1204, "raw": "<b>нет</b>", "why": "letters_inside", "digits": 0},
    ],
}
NONE: Mapping[str, Any] = {**VERDICT, "valid": 0, "column": None, "columns": []}
ERRORS = (
    "silent",
    "AUTHENTICATION_FAILURE",
    "SERVICE_IS_SWITCHED_OFF",
    "WRONG_BASE",
    "BASE_IS_PROTECTED",
    "WRONG_PHONE_NUMBER",
    "CANT_ADD_PHONE_NUMBER",
    "CANT_REMOVE_PHONE_NUMBER",
    "UNENCODABLE",
    "WRONG_FUNCTION",
)
TROUBLES = ("broken", "encrypted", "no_numbers", "not_a_table", "too_large", "too_long", "download")


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    for name, model in (*_lists(), *_bases(), *_answers(), *_imports(), *_ends()):
        yield name, (here, model)
    viewer = reader(language, role=Role.VIEWER)
    yield "base-viewer", (viewer, BasesCard("base", {}, base=base()))
    yield "base-phones-viewer", (viewer, _phones())


def base(name: str = "VIP", total: int = 1240, **more: Any) -> Listed:
    """Return a base."""
    values: dict[str, Any] = {"id": 3, "protected": None, "listed": True, "seen_at": at("12:04")}
    return Listed(**{**values, "name": name, "total": total, **more})


def import_(state: ImportState, **more: Any) -> Import:
    """Return an import of the list that CARDS draws."""
    values: dict[str, Any] = dict.fromkeys(Import.__dataclass_fields__) | {
        "id": 5,
        "author": 1,
        "place": Place(1),
        "state": state,
        "base": 3,
        "name": "clients.csv",
        "asking": {},
        "verdict": VERDICT,
        "bad_rows": 1,
        "total": 11_980,
        "done": 0,
        "added": 0,
        "rejected": 0,
        "repeated": False,
        "attempts": 0,
    }
    return Import(**(values | more))


def _lists() -> Iterator[tuple[str, Model]]:
    shown = (base(), base(ODD, 62, id=4), base("Сотрудники", 8, id=5, protected=True), base("Ж" * 60, 10**6, id=6))
    yield "base-list-waiting", BasesCard("waiting", {})
    yield "base-list", BasesCard("list", {}, shown, 0, 2, 12, 48_210)
    yield "base-list-last", BasesCard("list", {}, shown[:1], 1, 2, 12, 48_210)
    yield "base-list-found", BasesCard("list", {"query": "<V>", "phone": PHONE}, shown[:1], count=1, phones_total=1240)
    yield "base-list-none", BasesCard("list", {"query": "<V>"})
    yield "base-list-empty", BasesCard("list", {})
    yield "base-list-silent", BasesCard("list", {"silent": "silent"}, shown[:1], count=1, phones_total=1240)


def _bases() -> Iterator[tuple[str, Model]]:
    yield "base-card", BasesCard("base", {}, base=base())
    yield "base-card-busy", BasesCard("base", {"busy": 7}, base=base())
    yield "base-card-odd", BasesCard("base", {}, base=base(ODD, 62))
    yield "base-card-protected", BasesCard("base", {}, base=base("Сотрудники", 8, protected=True))
    yield "base-card-gone", BasesCard("base", {}, base=base(listed=False))
    for ask in ("check", "add", "remove", "import", "file"):
        yield f"base-ask-{ask}", BasesCard("ask", {"ask": ask}, base=base(ODD))
    refused = {"raw": "<8911>", "why": "too_few_digits", "digits": 4}
    yield "base-ask-refused", BasesCard("ask", {"ask": "check", "refused": refused}, base=base())
    yield "base-remove", BasesCard("remove", {"phone": PHONE}, base=base())
    yield "base-phones", _phones()
    yield "base-phones-none", BasesCard("phones", {}, base=base(total=0))


def _phones() -> BasesCard:
    return BasesCard("phones", {}, base=base(), phones=(PHONE, *OTHERS), page=1, pages=62, count=1240)


def _answers() -> Iterator[tuple[str, Model]]:
    yield "base-in", _answer("check", inside=True)
    yield "base-out", _answer("check", inside=False)
    yield "base-added", _answer("add", added=1)
    some = _answer("add", PHONE, *OTHERS, added=3, rejected=[OTHERS[0], "<12>"], skipped=["<8911>", "нет"])
    yield "base-added-some", some
    yield "base-added-but-one", _answer("add", PHONE, OTHERS[0], added=1, rejected=[OTHERS[0]])
    yield "base-added-none", _answer("add", PHONE, OTHERS[0], rejected=[PHONE, OTHERS[0]])
    yield "base-removed", _answer("remove")
    for code in ERRORS:
        yield f"base-error-{code.lower().replace('_', '-')}", _answer("add", code=code)


def _answer(asked: str, *numbers: str, skipped: list[str] | None = None, code: str | None = None, **more: Any) -> Model:
    answer = {"code": code} if code else {"inside": None, "added": 0, "rejected": [], **more}
    state = {"asked": asked, "numbers": numbers or (PHONE,), "skipped": skipped or [], "answer": answer}
    return BasesCard("answer", state, base=base())


def _imports() -> Iterator[tuple[str, Model]]:
    checking, ready = ImportState.CHECKING, ImportState.READY
    choices = (base(), base(ODD, 62, id=4))
    yield "import-ask", ImportCard(import_(checking, base=None), None, choices, 0, 2)
    yield "import-ask-waiting", ImportCard(import_(checking, base=None), None, known=False)
    yield "import-ask-silent", ImportCard(import_(checking, base=None, asking={"silent": True}), None, known=False)
    old = ImportCard(import_(checking, base=None, asking={"silent": True}), None, choices)
    yield "import-ask-silent-known", old
    yield "import-ask-found", ImportCard(import_(checking, base=None, asking={"query": "<V>"}), None, choices)
    yield "import-ask-none", ImportCard(import_(checking, base=None, asking={"query": "<V>"}), None)
    yield "import-ask-no-bases", ImportCard(import_(checking, base=None), None)
    people = import_(ready, base=None, name="clients.vcf", total=3)
    yield "import-ask-contacts", ImportCard(people, None, choices)
    yield "import-ask-contacts-many", ImportCard(replace(people, total=1_001), None, choices)
    yield "import-ask-pasted", ImportCard(import_(ready, base=None, name=""), None, choices)
    yield "import-checking", ImportCard(import_(checking, verdict=None, name="<" * 60), base())
    yield "import-verdict", ImportCard(import_(ready), base())
    clean = {**VERDICT, "duplicates": 0, "empty": 0, "invalid": 0, "bad": [], "columns": [], "column": None}
    yield "import-verdict-clean", ImportCard(import_(ready, verdict=clean, bad_rows=None), base(ODD))
    yield "import-verdict-none", ImportCard(import_(ready, verdict=NONE, total=0), base())
    yield "import-verdict-none-unasked", ImportCard(import_(ready, verdict=NONE, total=0, base=None), None)
    yield "import-columns", ImportCard(import_(ready, asking={"columns": True}), base())


def _ends() -> Iterator[tuple[str, Model]]:
    running, paused = ImportState.RUNNING, ImportState.PAUSED
    part = {"done": 7_440, "added": 7_400, "rejected": 40, "began_at": at("11:59")}
    yield "import-run-first", ImportCard(import_(running, began_at=at("12:06")), base())
    yield "import-run", ImportCard(import_(running, **part), base())
    yield "import-run-silent", ImportCard(import_(running, **part, waiting_since=at("12:05")), base())
    yield "import-paused", ImportCard(import_(paused, **part, waiting_since=at("12:05")), base())
    yield "import-stuck", ImportCard(import_(paused, **part, refused="BASE_IS_PROTECTED"), base())
    done = {"done": 11_980, "added": 11_902, "rejected": 78, "began_at": at("11:59")}
    yield "import-done", ImportCard(import_(ImportState.FINISHED, **done), base(total=13_142))
    yield "import-done-repeated", ImportCard(import_(ImportState.FINISHED, **done, repeated=True), base(total=13_142))
    all_of_them = import_(ImportState.FINISHED, **{**done, "added": 11_980, "rejected": 0})
    yield "import-done-all", ImportCard(all_of_them, base(total=13_220))
    yield "import-done-uncounted", ImportCard(all_of_them, base(seen_at=at("11:58")))
    yield "import-stopped", ImportCard(import_(ImportState.STOPPED, **part), base(total=8_640))
    yield "import-closed", ImportCard(import_(ImportState.CANCELLED), base())
    for why in TROUBLES:
        yield f"import-refused-{why.replace('_', '-')}", ImportCard(import_(ImportState.CANCELLED, refused=why), base())
