"""A multicast from the choice of bases to its start: what people see, and what the provider gets when."""

from typing import Any

import pytest

from sandbox.sms2 import bases, multicasts
from tests.e2e.house import House
from tests.e2e.screen import Person

TEXT = "Скидка 20 % до конца недели"


@pytest.fixture
def options() -> dict[str, Any]:
    return {"price_per_part": "5.00"}


def queued(house: House) -> list[tuple[list[str], str, float]]:
    """What the provider has: bases, text, start; the latter by its own clock."""
    return [
        (one["bases"], one["text"], one["start_at"] - house.time.now().timestamp())
        for one in multicasts.queued(house.store)
    ]


async def test_a_multicast_by_dialogue_is_held_handed_over_once_and_seen_to_begin(house: House, maria: Person) -> None:
    await maria.say("/multicast")
    assert maria.card.title == "✏️ Новая рассылка · какие базы?"
    assert maria.card.labels == [
        "☐ VIP · 12",
        "☐ Клиенты · 62",
        "☐ Опт, розница · 3 · запятая",
        "☐ Совет <ТСЖ> & Ко · 5",
        "☐ Сотрудники · 8",
        "Закрыть",
    ]
    await maria.press("☐ VIP · 12")
    await maria.press("☐ Сотрудники · 8")
    assert "Выбрано: 2, номеров 20" in maria.card
    await maria.press("Дальше")
    await maria.say(TEXT)
    assert maria.card.title == "✏️ Когда начать? · VIP, Сотрудники"
    await maria.press("Завтра")
    assert maria.card.title == "✏️ В котором часу? · среда, 25 ноября"
    await maria.press("10:00")
    assert maria.card.lines[:6] == [
        "✏️ Проверьте рассылку · VIP, Сотрудники",
        "Ещё не запущена.",
        "20 номеров × 1 часть, ≈ 100,00 ₽",
        "Начало: среда, 25 ноября, 10:00 (Москва, UTC+3), через 21 ч 56 мин",
        "Подпись: MyShop",
        TEXT,
    ]
    await maria.press("Назначить")
    assert maria.card.lines[:3] == [
        "⏳ Ждёт времени · VIP, Сотрудники",
        "Начало: среда, 25 ноября, 10:00 (Москва, UTC+3), через 21 ч",
        "Отменить можно до 09:50: потом она у провайдера",
    ]
    await house.go(hours=21, minutes=45)
    assert queued(house) == []
    await house.go(minutes=2)
    assert queued(house) == [(["VIP", "Сотрудники"], TEXT, 540.0)]
    assert maria.card.lines[:2] == [
        "📤 У провайдера · VIP, Сотрудники",
        "Принято 09:50, начнёт в 10:00. Отменить отсюда нельзя.",
    ]
    await house.go(minutes=30)
    assert maria.card.lines[:2] == [
        "📤 Время пришло · VIP, Сотрудники",
        "Должна идти с 10:00. Отчёта по рассылке провайдер не даёт.",
    ]
    assert len(queued(house)) == 1
    assert len(maria.cards) == 1


async def test_a_night_multicast_is_moved_to_the_morning_then_cancelled(house: House, maria: Person) -> None:
    """Usability story 8."""
    await maria.say("/multicast")
    await maria.press("☐ VIP · 12")
    await maria.press("Дальше")
    await maria.say(TEXT)
    await maria.say("сегодня 23:30")
    await maria.press(maria.card.labels[0])
    assert maria.card.lines[:2] == [
        "⚠️ Точно назначить? · VIP",
        "• Начнётся ночью: 23:30, тихие часы 22–09",
    ]
    await maria.press("Назад")
    assert "Начало: вторник, 24 ноября, 23:30 (Москва, UTC+3), через 11 ч 26 мин" in maria.card
    await maria.press("Назначить")
    await maria.press("Перенести на 09:00")
    assert "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3), через 20 ч 56 мин" in maria.card
    await maria.press(maria.card.labels[0])
    assert maria.card.lines[:3] == [
        "⏳ Ждёт времени · VIP",
        "Начало: среда, 25 ноября, 09:00 (Москва, UTC+3), через 20 ч",
        "Отменить можно до 08:50: потом она у провайдера",
    ]
    await maria.press("Отменить рассылку")
    assert maria.card.title == "⚠️ Отменить рассылку? · VIP"
    await maria.press("Отменить рассылку")
    assert maria.card.lines[:2] == ["🚫 Рассылка отменена · VIP", "Провайдеру её не передавали."]
    await house.go(days=2)
    assert queued(house) == []
    assert house.calls("/api_call.cgi")
    assert len(maria.cards) == 1


async def test_three_lines_are_a_whole_multicast(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP, клиенты\nзавтра 10:00\n{TEXT}")
    assert maria.card.title == "✏️ Проверьте рассылку · VIP, Клиенты"
    assert "74 номера × 1 часть, ≈ 370,00 ₽" in maria.card
    assert "Номер в двух базах учтён дважды: общее знает только провайдер." in maria.card
    await maria.press("Назначить")
    await house.go(days=1)
    assert [(bases, text) for bases, text, _ in queued(house)] == [(["VIP", "Клиенты"], TEXT)]


async def test_a_second_line_that_is_no_time_is_asked_about_and_never_taken_as_text(
    house: House, maria: Person
) -> None:
    await maria.say("/multicast VIP\nСкидка 20 %")
    assert maria.card.lines[:3] == [
        "✏️ Новая рассылка · VIP",
        "Вторая строка – не время: «Скидка 20 %». Текст пишут с третьей",
        "Пришлите текст, до 268 знаков.",
    ]


@pytest.mark.parametrize("typed", ["Опт, розница", "VIP, опт,розница"])
async def test_a_base_with_a_comma_in_its_name_is_refused_for_that_and_not_as_unknown(
    house: House, maria: Person, typed: str
) -> None:
    await maria.say(f"/multicast {typed}\nзавтра 10:00\n{TEXT}")
    assert maria.card.lines[1] == "В имени «Опт, розница» запятая: рассылка по этой базе невозможна"
    assert "☐ Опт, розница · 3 · запятая" in maria.card.labels


async def test_bases_that_do_not_exist_are_named_and_chosen_from_the_list(house: House, maria: Person) -> None:
    await maria.say(f"/multicast ВИП, Клиенты\nсейчас\n{TEXT}")
    assert maria.card.lines[:3] == [
        "✏️ Новая рассылка · какие базы?",
        "Такой базы нет: ВИП",
        "Выбрано: 1, номеров 62",
    ]
    await maria.say("vi")
    assert maria.card.labels == ["Дальше", "☐ VIP · 12", "Показать все", "Закрыть"]
    await maria.press("☐ VIP · 12")
    await maria.press("Дальше")
    assert maria.card.labels[0] == "Запустить: 74"


async def test_a_base_with_a_comma_is_refused_in_words(house: House, maria: Person) -> None:
    await maria.say("/multicast")
    await maria.press("☐ Опт, розница · 3 · запятая")
    assert "В имени «Опт, розница» запятая: рассылка по этой базе невозможна" in maria.card
    assert "Дальше" not in maria.card.labels


async def test_bases_fill_in_when_the_provider_answers(house: House, maria: Person) -> None:
    house.faults.set("sms2", "list_of_bases", "error500_before")
    await maria.say("/multicast")
    assert "Провайдер не ответил, списка баз пока нет." in maria.card
    await maria.press("Обновить")
    assert "☐ VIP · 12" in maria.card.labels


async def test_times_that_are_over_or_unreadable_are_refused_with_an_example(house: House, maria: Person) -> None:
    await maria.say("/multicast VIP")
    await maria.say(TEXT)
    await maria.say("сегодня 9:00")
    assert maria.card.lines[1] == "Это время уже прошло, сейчас 12:04. Например: завтра в 10"
    await maria.say("как-нибудь потом")
    assert maria.card.lines[1] == "Время не распознано. Например: завтра в 10"
    await maria.say("завтра")
    assert maria.card.title == "✏️ В котором часу? · среда, 25 ноября"
    await maria.say("9:30")
    assert "Начало: среда, 25 ноября, 09:30 (Москва, UTC+3), через 21 ч 26 мин" in maria.card


async def test_what_starts_at_once_can_be_taken_back_within_the_undo_window(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await maria.press("Запустить: 12")
    assert maria.card.lines[:2] == ["⏳ Сейчас уйдёт · VIP", "Можно вернуть до 12:04:10."]
    await maria.press("Вернуть")
    assert maria.card.lines[:2] == ["✏️ Проверьте рассылку · VIP", "Вернули: ничего не ушло. Ещё не запущена."]
    await house.go(minutes=5)
    assert queued(house) == []
    await maria.press("Запустить: 12")
    await house.go(seconds=10)
    assert len(queued(house)) == 1
    assert maria.card.title == "📤 Время пришло · VIP"


async def test_a_handover_before_its_time_can_be_kept_back(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Назначить")
    held = maria.card.text
    await maria.press("Отдать сейчас")
    assert maria.card.lines[:2] == ["⏳ Сейчас уйдёт · VIP", "Можно вернуть до 12:04:10."]
    await maria.press("Вернуть")
    assert maria.card.text == held
    await maria.press("Отдать сейчас")
    await house.go(seconds=11)
    assert [start for _, _, start in queued(house)] == [(21 * 60 + 56) * 60.0 - 11]
    assert "Принято 12:04, начнёт 25 нояб., 10:00." in maria.card


async def test_an_edit_is_out_of_hold_until_it_is_confirmed_or_left_as_it_was(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Назначить")
    await maria.press("Изменить")
    assert maria.card.lines[1] == "Пока не подтвердите, не уйдёт. Было: ср 25 нояб., 10:00"
    await maria.press("Текст")
    await maria.say("Другой текст")
    assert "Другой текст" in maria.card
    await maria.press("Оставить как было")
    assert maria.card.title == "⏳ Ждёт времени · VIP"
    await house.go(days=1)
    assert [text for _, text, _ in queued(house)] == [TEXT]


async def test_an_edit_that_nobody_confirms_is_missed_and_may_start_late(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nчерез 2 часа\n{TEXT}")
    await maria.press("Назначить")
    await maria.press("Перенести")
    assert maria.card.title == "✏️ Когда начать? · VIP"
    rings = maria.rings
    await house.go(hours=2, minutes=1)
    assert maria.card.lines == ["⚠️ Пропущена · VIP", "Правка не подтверждена до 14:04. Ничего не ушло."]
    assert maria.rings == rings + 1
    assert queued(house) == []
    await maria.press("Запустить сейчас")
    await maria.press("Запустить: 12")
    await house.go(seconds=10)
    assert len(queued(house)) == 1


async def test_a_base_that_changed_asks_and_starts_for_the_number_shown(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nчерез 1 час\n{TEXT}")
    await maria.press("Назначить")
    bases.put(house.store, "VIP", [str(79160000000 + n) for n in range(18)])
    await house.go(minutes=51)
    assert maria.card.lines[:4] == [
        "⚠️ База изменилась · VIP",
        "Было 12, стало 18 (+50 %)",
        "Рассылка ждёт вас до 13:14.",
        "Начало: вторник, 24 ноября, 13:04 (Москва, UTC+3)",
    ]
    assert queued(house) == []
    await maria.press("Запустить на 18")
    assert len(queued(house)) == 1
    assert maria.card.title == "📤 У провайдера · VIP"


async def test_a_question_that_nobody_answers_ends_as_missed(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nчерез 1 час\n{TEXT}")
    await maria.press("Назначить")
    bases.put(house.store, "VIP", [])
    await house.go(minutes=75)
    assert maria.card.lines[:2] == [
        "⚠️ Пропущена · VIP",
        "На вопрос о базе не ответили до 13:14. Ничего не ушло.",
    ]
    await maria.press("Отменить")
    assert maria.card.title == "🚫 Рассылка отменена · VIP"
    assert queued(house) == []


async def test_after_a_downtime_it_is_missed_and_nothing_goes_by_itself(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nчерез 1 час\n{TEXT}")
    await maria.press("Назначить")
    await house.skip(hours=1, minutes=21)
    assert maria.card.lines[:2] == ["⚠️ Пропущена · VIP", "Бот не работал в 13:04, сейчас 13:25. Ничего не ушло."]
    await maria.press("Перенести")
    assert maria.card.title == "✏️ Когда начать? · VIP"
    assert queued(house) == []


async def test_a_lost_answer_is_told_and_asked_about_never_repeated(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nчерез 1 час\n{TEXT}")
    await maria.press("Назначить")
    house.faults.set("sms2", "start_multicast", "cut_after")
    await house.go(minutes=55)
    assert maria.card.lines[:3] == [
        "❓ Исход неизвестен · VIP",
        "Связь оборвалась при передаче в 12:54. Повторять сами не будем.",
        "Найдите в кабинете рассылку в VIP на 13:04.",
    ]
    await maria.press("Там её нет")
    assert maria.card.title == "⚠️ Риск двойной рассылки · 12 номеров"
    await maria.press("Назад")
    await maria.press("Есть в кабинете")
    assert maria.card.title == "📤 У провайдера · VIP"
    assert "отмечено вручную: Мария" in maria.card
    await house.go(days=1)
    assert len(queued(house)) == 1


async def test_a_second_one_after_an_unknown_outcome_takes_two_confirmations(house: House, maria: Person) -> None:
    await maria.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await maria.press("Запустить: 12")
    house.faults.set("sms2", "start_multicast", "cut_before")
    await house.go(minutes=1)
    await maria.press("Там её нет")
    await maria.press("Создать заново")
    assert queued(house) == []
    await maria.press("Запустить: 12")
    assert maria.card.lines[1] == "• Этот текст ушёл в VIP в 12:04"
    await maria.press("Да, запустить")
    await house.go(seconds=10)
    assert len(queued(house)) == 1


async def test_of_one_unknown_outcome_one_draft_is_open_and_its_card_says_so(house: House, maria: Person) -> None:
    """A second draft could be confirmed as well; only where the first was closed is another one made."""
    await maria.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await maria.press("Запустить: 12")
    house.faults.set("sms2", "start_multicast", "cut_before")
    await house.go(minutes=1)
    await maria.press("Там её нет")
    await maria.press("Создать заново")
    assert "Новый черновик открыт в 12:05." in maria.find("Исход неизвестен").lines
    await maria.press("Там её нет")
    assert maria.card.title == "✏️ Проверьте рассылку · VIP"
    assert [card.title for card in maria.cards].count(maria.card.title) == 1
    assert "Новый черновик открыт в 12:05." in maria.find("Исход неизвестен").lines
    await maria.press("Закрыть")
    await maria.press("Там её нет")
    assert "Создать заново" in maria.find("Риск двойной рассылки").labels


async def test_a_refusal_is_told_in_words_and_mended_in_a_new_draft(house: House, maria: Person) -> None:
    house.account(senders=["MyShop"])
    await maria.say(f"/multicast VIP\nсейчас\n{TEXT}")
    await maria.press("Подпись")
    await maria.say("Nobody")
    await maria.press("Запустить: 12")
    await house.go(seconds=10)
    assert maria.card.lines[:2] == ["❌ Рассылка отклонена · VIP", "Подпись Nobody не зарегистрирована."]
    await maria.press("Подпись")
    assert maria.card.title == "✏️ Новая подпись · сейчас Nobody"
    assert queued(house) == []


async def test_a_draft_follows_each_line_of_its_edited_message(house: House, maria: Person) -> None:
    typed = await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Подпись")
    await maria.say("Clinic")
    await maria.edit(typed, f"/multicast VIP, Клиенты\nзавтра 11:00\n{TEXT}, и в субботу")
    assert maria.card.title == "✏️ Проверьте рассылку · VIP, Клиенты"
    assert "Начало: среда, 25 ноября, 11:00" in maria.card
    assert f"{TEXT}, и в субботу" in maria.card
    assert "Подпись: Clinic" in maria.card
    assert len(maria.cards) == 1


async def test_what_was_chosen_by_a_button_stays_where_its_line_was_not_edited(house: House, maria: Person) -> None:
    typed = await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Время")
    await maria.press("Сейчас")
    await maria.edit(typed, "/multicast VIP\nзавтра 10:00\nСкидка 30 %")
    assert maria.card.labels[0] == "Запустить: 12"
    assert "Скидка 30 %" in maria.card


async def test_an_edited_time_that_cannot_be_read_is_asked_for(house: House, maria: Person) -> None:
    typed = await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.edit(typed, f"/multicast VIP\nкогда-нибудь\n{TEXT}")
    assert maria.card.title == "✏️ Когда начать? · VIP"


async def test_a_multicast_that_is_held_follows_no_edit(house: House, maria: Person) -> None:
    typed = await maria.say(f"/multicast VIP\nзавтра 10:00\n{TEXT}")
    await maria.press("Назначить")
    await maria.edit(typed, "/multicast VIP\nсейчас\nСкидка 90 %")
    await house.go(days=2)
    made = [one["params"] for one in house.calls("/api_call.cgi")]
    assert [one["message"] for one in made if one["function"] == "start_multicast"] == [TEXT]
