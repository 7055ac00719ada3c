"""
The words of time people type in Russian and English, turned into one small language that the grammar reads. Pure.

`Завтра в 10`, `ЗАВТРА,  в 10` and `tomorrow at 10` all become `+1 at 10`; a word that is not listed makes the whole text foreign.
"""

import re
import unicodedata
from typing import Final

__all__ = ["canonical"]

_LONGEST: Final = 100
"""Characters; no time takes more, and a text pasted by mistake costs nothing."""

_VOCABULARY: Final = {
    "now": "сейчас сразу немедленно now immediately",
    "right": "прямо right",
    "at": "в во at",
    "on": "на on",
    "in": "через in",
    "and": "и and",
    "of": "of",
    "": "the",
    "after": "after",
    "from": "from",
    "next": "следующий следующую следующее след next",
    "this": "этот эту это ближайший ближайшую ближайшее this",
    "-2": "позавчера",
    "-1": "вчера yesterday",
    "+0": "сегодня today",
    "+0 evening": "tonight",
    "+1": "завтра tomorrow",
    "+2": "послезавтра",
    "wd0": "понедельник пн пнд monday mon",
    "wd1": "вторник вт tuesday tue tues",
    "wd2": "среда среду ср wednesday wed weds",
    "wd3": "четверг чт thursday thu thur thurs",
    "wd4": "пятница пятницу пт friday fri",
    "wd5": "суббота субботу сб saturday sat",
    "wd6": "воскресенье воскресение вс sunday sun",
    "m1": "январь января янв january jan",
    "m2": "февраль февраля фев февр february feb",
    "m3": "март марта мар march mar",
    "m4": "апрель апреля апр april apr",
    "m5": "май мая may",
    "m6": "июнь июня июн june jun",
    "m7": "июль июля июл july jul",
    "m8": "август августа авг august aug",
    "m9": "сентябрь сентября сен сент september sep sept",
    "m10": "октябрь октября окт october oct",
    "m11": "ноябрь ноября ноя нояб november nov",
    "m12": "декабрь декабря дек december dec",
    "th": "го ого е ое числа st nd rd th",
    "year": "г год года",
    "t": "t",
    "noon": "полдень noon midday",
    "midnight": "полночь midnight",
    "am": "am",
    "pm": "pm",
    "morning": "утра утром morning",
    "afternoon": "дня днем afternoon",
    "evening": "вечера вечером evening",
    "night": "ночи ночью night",
    "min": "минуту минуты минут мин м minute minutes min mins m",
    "h": "час часа часов ч hour hours hr hrs h oclock",
    "d": "день дней дн д day days d",
    "w": "неделю недели недель нед week weeks",
    "half": "пол half",
    "half h": "полчаса",
    "1,5": "полтора",
    "a": "a an",
    "1": "один одну one",
    "2": "два две two",
    "3": "три three",
    "4": "четыре four",
    "5": "пять five",
    "6": "шесть six",
    "7": "семь seven",
    "8": "восемь eight",
    "9": "девять nine",
    "10": "десять ten",
    "11": "одиннадцать eleven",
    "12": "двенадцать twelve",
    "15": "пятнадцать fifteen",
    "20": "двадцать twenty",
    "30": "тридцать thirty",
    "40": "сорок forty",
}
_MEANING: Final = {form: word for word, forms in _VOCABULARY.items() for form in forms.split()}

_SPELLINGS: Final = (
    (re.compile(r"[‐‑–—]"), "-"),
    (re.compile(r"(?<=[0-9])-(?=[^\W\d_])"), " "),  # 24-го
    (re.compile(r"\b([ap])\.\s?m\b"), r"\1m"),  # 10 a.m.
    (re.compile(r"\bo['’]clock\b"), "oclock"),
    (re.compile(r"\bпосле\s+завтра\b"), "послезавтра"),
)
_IDIOMS: Final = (
    (re.compile(r"^(.+) from now$"), r"in \1"),
    (re.compile(r"\b(in|half|and) a\b"), r"\1 1"),
    (re.compile(r"\bd after \+1"), "+2"),
    (re.compile(r"\bin ([0-9]+) afternoon\b"), r"in \1 d"),  # "дня" is both: через 3 дня, в 3 дня
    (re.compile(r"\bin (?=h\b|min\b|w\b)"), "in 1 "),
    (re.compile(r"\bin ([0-9]+)[.,]5 h\b"), r"in \1 h 30 min"),
    (re.compile(r"\bhalf (?:1 )?h\b"), "30 min"),
    (re.compile(r"\bh and 1 half\b"), "h 30 min"),
    (re.compile(r"\b(d|h) and\b"), r"\1"),
    (re.compile(r"^(.+) (\+[01] (?:morning|afternoon|evening|night))$"), r"\2 \1"),  # at 9 tomorrow evening
    (re.compile(r"\bat h (?=afternoon\b|night\b|morning\b)"), "at 1 "),  # в час дня
)
_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]{1,2},5(?![0-9:])|[0-9]+(?:[.:/-][0-9]+)*)|(?P<word>[^\W\d_]+)|(?P<stop>[.,])|(?P<foreign>\S)"
)


def canonical(text: str) -> str:
    """Return the text in the grammar's words, one space between them; nothing where any of it is no word of time."""
    words = [_meaning(token) for token in _TOKEN.finditer(_plain(text[:_LONGEST]))]
    if len(text) > _LONGEST or None in words:
        return ""
    phrase = " ".join(filter(None, words))
    for idiom, meaning in _IDIOMS:
        phrase = idiom.sub(meaning, phrase)
    return phrase


def _plain(text: str) -> str:
    # Apple's keyboards may send й in two characters, so composing comes first.
    plain = unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    for spelling, usual in _SPELLINGS:
        plain = spelling.sub(usual, plain)
    return plain


def _meaning(token: re.Match[str]) -> str | None:
    if token["stop"]:
        return ""
    return token["number"] or _MEANING.get(token[0])
