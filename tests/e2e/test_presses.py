"""What is confirmed is what is shown, once: double, late, outdated, forged and foreign presses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.press import Press
from tests.e2e.house import ON_ONE_DATABASE, House
from tests.e2e.screen import Person

PHONE = "79119876543"
OUTDATED = "Карточка изменилась, это нажатие ничего не сделало. Проверьте её снова."


async def test_a_confirmation_pressed_twice_sends_once(house: House, maria: Person) -> None:
    """Two devices at once: the second press finds the first one's work."""
    await maria.say(f"/send {PHONE} Привет")
    async with house.at_once():
        await maria.press("Отправить")
        await maria.press("Отправить")
    assert maria.popups == ["", "Уже принято."]
    await house.go(minutes=1)
    assert len(house.calls()) == 1


async def test_two_people_who_confirm_at_once_send_once(house: House, maria: Person, ivan: Person) -> None:
    group = house.chat()
    await ivan.say(f"/send@smsbot_sandbox_bot {PHONE} Привет", at=group)
    async with house.at_once():
        await maria.press("Отправить", at=group)
        await ivan.press("Отправить", at=group)
    assert (maria.popups, ivan.popups) == ([""], ["Уже принято."])
    await house.go(minutes=1)
    assert len(house.calls()) == 1


async def test_a_card_shown_over_half_an_hour_ago_is_shown_again_and_then_obeyed(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await house.go(minutes=31)
    assert await maria.press("Отправить") == "Прошло больше 30 минут: проверьте и нажмите ещё раз."
    await house.go(minutes=1)
    assert house.calls() == []
    assert await maria.press("Отправить") == ""
    await house.go(minutes=1)
    assert len(house.calls()) == 1


async def test_a_press_on_what_a_draft_said_before_sends_nothing(house: House, ivan: Person) -> None:
    """Story 10, the last step: the text was changed meanwhile."""
    await ivan.say(f"/send {PHONE} Скидка 10 %")
    before, old = ivan.card, ivan.data("Отправить")
    await ivan.press("Текст")
    await ivan.say("Скидка 90 %")
    assert await ivan.forge(old, on=before) == OUTDATED
    await house.go(minutes=1)
    assert house.calls() == []
    assert "Скидка 90 %" in ivan.card


async def test_undo_and_close_are_obeyed_whatever_the_version(house: House, maria: Person) -> None:
    """To stop needs no fresh card."""
    await maria.say(f"/send {PHONE} Привет")
    close = maria.data("Закрыть")
    await maria.press("Flash: нет")
    assert await maria.forge(close) == ""
    assert maria.card.title.startswith("🚫 Черновик закрыт")


async def test_undo_after_the_start_says_that_it_is_too_late(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    await maria.press("Отправить")
    undo = maria.data("Вернуть")
    await house.go(seconds=10)
    assert await maria.forge(undo) == "Поздно: SMS уже у провайдера, отозвать нельзя."
    assert len(house.sms) == 1


@ON_ONE_DATABASE
async def test_forged_data_does_nothing_and_never_spins(house: House, maria: Person) -> None:
    await maria.say(f"/send {PHONE} Привет")
    shown = maria.card.text
    for data in ("-", "ok", "ok.1", "zz.1.1.", "ok.0.0.", "ok.999999.1.", "ok.1.999999.", "…" * 30):
        await maria.forge(data)
        assert (data, maria.unanswered, maria.card.text) == (data, 0, shown)
    await house.go(minutes=1)
    assert house.calls() == []


@given(st.text(max_size=64) | st.from_regex(r"[a-z]{1,8}\.[0-9]{1,3}\.[0-9]{1,2}\.[a-z0-9]{0,6}", fullmatch=True))
@settings(max_examples=300)
def test_callback_data_of_any_kind_is_read_or_refused(data: str) -> None:
    """Nothing that a forged press may hold raises, and what is read packs into the same."""
    read = Press.unpack(data)
    assert read is None or Press.unpack(read.pack()) == read


async def test_a_press_counts_only_in_its_cards_own_chat(house: House, maria: Person, ivan: Person) -> None:
    """The data of another chat's card, replayed below an own message, sends nothing of either."""
    await maria.say(f"/send {PHONE} Привет от Марии")
    await ivan.say(f"/send {PHONE} Привет от Ивана")
    assert await ivan.forge(maria.data("Отправить")) != ""
    await house.go(minutes=1)
    assert house.calls() == []
    assert "Отправить" in maria.card.labels


async def test_every_other_verb_on_a_preview_spends_nothing(house: House, maria: Person) -> None:
    """Verbs that belong to sent messages, forged upon a draft's card, are no way around the confirmation."""
    await maria.say(f"/send {PHONE} Привет")
    _, card, version, _ = maria.data("Отправить").split(".")
    for verb in ("resume", "now", "anyway", "resend", "again", "retry", "went", "noid", "yes", "undo", "stop"):
        await maria.forge(f"{verb}.{card}.{version}.")
    await house.go(minutes=1)
    assert house.calls() == []


@ON_ONE_DATABASE
@pytest.mark.parametrize("number", ["9" * 24, "9" * 19, "9" * 16])
async def test_a_number_that_no_database_takes_does_no_harm(house: House, maria: Person, number: str) -> None:
    """It is of no card and no page."""
    await maria.say("/status")
    for verb in ("more", "open"):
        await maria.forge(f"{verb}.1.1.{number}")
    assert len(maria.cards) == 1


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    "page",
    ["more.{}.{}.5", "mclist.{}.{}.past/5", "rmlang.{}.{}.en", "rmzone.{}.{}.1", "rmask.{}.{}.", "rmback.{}.{}."],
)
async def test_a_card_does_nothing_that_only_another_kind_can(house: House, maria: Person, page: str) -> None:
    """Whoever has a card send what another kind of card would leaves it as it is."""
    await maria.say("/settings")
    shown = maria.card
    _, card, version, _ = maria.data("Язык").split(".")
    await maria.forge(page.format(card, version))
    await maria.press("Язык")
    await maria.press("Назад")
    assert maria.card.text == shown.text


@ON_ONE_DATABASE
@pytest.mark.parametrize("command", ["/send", "/mms"])
async def test_a_draft_takes_no_step_that_only_a_multicast_has(house: House, maria: Person, command: str) -> None:
    """Whoever has an SMS ask for its start finds it as it was."""
    await maria.say(f"{command} {PHONE} Привет")
    shown = maria.card
    presses = ("mctime", "mcwhen.now", "mcwhen.hour", "mcday.2026-11-25", "mchour.9", "mcmorning", "mctrack", "mcplain")
    for press in (*presses, "mcback", "mcbases", "mclook", "mcnext", "mcall", "mcpage.1", "mcbase.1/on", "mckeep"):
        _, card, version, _ = maria.data("Закрыть").split(".")
        verb, _, arg = press.partition(".")
        await maria.forge(f"{verb}.{card}.{version}.{arg}")
        assert (press, maria.card.text) == (press, shown.text)
    await house.go(minutes=1)
    assert house.calls() == []
    assert len(maria.cards) == 1
