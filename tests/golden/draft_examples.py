"""Drafts: S0–S4, F1, M1, S16 and the second tap."""

from collections.abc import Iterator
from decimal import Decimal

from bot.chat.cards import Model
from bot.domain.cards import Problem
from bot.domain.models import Reader
from bot.domain.money import Snapshot
from bot.domain.states import MessageState
from tests.golden.made import AUTHOR, LONG, OTHERS, PHONE, TEXTS, at, draft, message, reader, refused

FIVE = [PHONE, *OTHERS]
MIXED = "Cкидка 500 ₽ в мaгaзине 😊"
APART = "Чехлы для iPhoneом"
COSTLY = "Your order is ready — pick it up at the shop at 5 Main Street, every day from 9 to 21"
PROMO = {
    "ru": "Звоните 8 911 987-65-43, 8 911 987-65-44 или 8 911 987-65-45",
    "en": "Call 8 911 987-65-43, 8 911 987-65-44 or 8 911 987-65-45",
}


def examples(language: str) -> Iterator[tuple[str, tuple[Reader, Model]]]:
    """Yield every example by name."""
    here = reader(language)
    for name, model in (*_questions(language), *_previews(language), *_blocked(language), *_warnings(language)):
        yield name, (here, model)
    group = reader(language, group=True)
    yield "send-preview-group", (group, draft("preview", _written(language), author_name=AUTHOR[language]))
    yield "send-ask-phones-group", (group, draft("ask_phones", {}))


def _written(language: str, **more: object) -> dict[str, object]:
    return {"phones": [PHONE], "text": TEXTS[language], **more}


def _questions(language: str) -> Iterator[tuple[str, Model]]:
    text = TEXTS[language]
    yield "send-which", draft("which", {"candidate": PROMO[language]}, found=3)
    yield "send-which-plain", draft("which", {"candidate": text})
    yield "send-ask-phones", draft("ask_phones", {})
    yield "send-ask-phones-refused", draft("ask_phones", {"refused": {"code": "no_numbers"}})
    yield "send-ask-phones-with-text", draft("ask_phones", {"text": text})
    yield "send-ask-text", draft("ask_text", {"phones": [PHONE]})
    yield "send-ask-text-many", draft("ask_text", {"phones": FIVE, "over": True})
    yield "send-ask-text-refused", draft("ask_text", {"phones": [PHONE], "refused": {"code": "not_text"}})
    invalid = [_bad_number("8911987654", "too_few_digits", 10)["args"]]
    yield "send-ask-text-invalid", draft("ask_text", {"phones": [PHONE, *OTHERS[:3]], "invalid": invalid, "repeats": 1})
    yield "send-field-text", draft("field", _written(language, editing="text"))
    yield "send-field-phones", draft("field", _written(language, editing="phones"))
    yield (
        "send-field-phones-refused",
        draft("field", _written(language, editing="phones", refused=_bad_number("8911987654", "too_few_digits", 10))),
    )
    senders = ["MyShop", "Sklad", "MyShopPromo"]
    yield "send-field-sender", draft("field", _written(language, editing="sender", senders=senders))
    bad = {"code": "sender", "args": {"sender": "Магазин"}}
    yield (
        "send-field-sender-refused",
        draft("field", _written(language, editing="sender", senders=senders, refused=bad)),
    )
    yield "send-closed", draft("closed", _written(language))
    yield "send-closed-empty", draft("closed", {})


def _previews(language: str) -> Iterator[tuple[str, Model]]:
    written = _written(language)
    yield "send-preview", draft("preview", written)
    yield "send-preview-no-price", draft("preview", written, price=None)
    yield "send-preview-no-balance", draft("preview", written, balance=None)
    yield "send-preview-flash", draft("preview", {**written, "flash": True})
    yield "send-preview-to-myself", draft("preview", written, own_phone=PHONE)
    yield "send-preview-fixed", draft("preview", {**written, "fixed": 2})
    yield "send-preview-fixed-signs", draft("preview", {**written, "fixed": 2, "replaced": 1})
    yield "send-preview-undone", draft("preview", {**written, "undone": True})
    yield "send-preview-over", draft("preview", {**written, "over": True})
    blocked = message(MessageState.REJECTED, reason=refused("BLOCKED_TEXT_MESSAGE"))
    yield "send-preview-test-sent", draft("preview", written, test=message(MessageState.SENT))
    yield "send-preview-test-delivered", draft("preview", written, test=message(MessageState.DELIVERED))
    yield "send-preview-test-rejected", draft("preview", written, test=blocked)
    yield "send-preview-test-unknown", draft("preview", written, test=message(MessageState.IN_DOUBT))
    yield "send-preview-costly", draft("preview", {**written, "text": COSTLY}, Problem("costly", {}))
    yield "send-preview-night", draft("preview", written, _night(later=False))
    yield "many-preview", draft("preview", {"phones": FIVE, "text": LONG[language], "repeats": 1})
    crowd = [str(79110000000 + n) for n in range(50)]
    yield "many-preview-list", draft("preview", {"phones": crowd, "text": TEXTS[language]}, _night(later=True))


def _blocked(language: str) -> Iterator[tuple[str, Model]]:
    mixed = {"phones": [PHONE], "text": MIXED}
    yield "send-blocked", draft("blocked", mixed, _blocks("mixed"), _blocks("unencodable"))
    yield "send-blocked-apart", draft("blocked", {"phones": [PHONE], "text": APART}, _blocks("mixed"))
    too_long = {"phones": [PHONE], "text": (TEXTS[language] * 20)[:280]}
    yield "send-blocked-too-long", draft("blocked", too_long, _blocks("too_long"))
    yield "send-blocked-empty", draft("blocked", {"phones": [PHONE], "text": " "}, _blocks("empty"))
    yield "send-blocked-nobody", draft("blocked", {"phones": [], "text": TEXTS[language]}, _blocks("no_phones"))
    named = _written(language, sender="Магазин")
    yield "send-blocked-sender", draft("blocked", named, _blocks("sender"))
    bad = (
        _number("8911987654", "too_few_digits", 10),
        _number("+380441234567", "not_russian", 12),
        _number("8911O98765", "letters_inside", 9),
    )
    yield (
        "many-blocked",
        draft("blocked", {"phones": [PHONE, *OTHERS[:3]], "text": TEXTS[language], "repeats": 1}, *bad[:2]),
    )
    yield "send-blocked-numbers", draft("blocked", {"phones": [], "text": TEXTS[language]}, *bad)


def _warnings(language: str) -> Iterator[tuple[str, Model]]:
    same = Problem("same_text", {"at": at("12:04"), "count": 1}, asks=True)
    yield "send-warn", draft("warn", _written(language), same)
    poor = Snapshot(Decimal(-9880), Decimal(-10000), at("12:04"))
    money = Problem("money", {}, asks=True)
    several = Problem("same_text", {"at": at("18:00", day=23), "count": 2}, asks=True)
    yield (
        "many-warn",
        draft("warn", {"phones": FIVE, "text": LONG[language]}, money, several, balance=poor, price=Decimal(25)),
    )


def _blocks(code: str) -> Problem:
    return Problem(code, {}, blocks=True)


def _number(raw: str, why: str, digits: int) -> Problem:
    return Problem("bad_number", {"raw": raw, "why": why, "digits": digits}, blocks=True)


def _bad_number(raw: str, why: str, digits: int) -> dict[str, object]:
    return {"code": "bad_number", "args": {"raw": raw, "why": why, "digits": digits}}


def _night(*, later: bool) -> Problem:
    return Problem("night", {"hours": "22–09", "zone": "Europe/Moscow", "later": later}, asks=later)
