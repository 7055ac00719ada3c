### Words shared by several cards: states, roles, units, causes in one or two words.

state-queued = в очереди
state-sending = отправляется
state-sent = отправлено
state-delivered = доставлено
state-not-delivered = не доставлено
state-no-report = нет отчёта
state-rejected = отклонено
state-in-doubt = исход неизвестен
state-cancelled = отменено

role-viewer = наблюдатель
role-operator = оператор
role-owner = владелец

word-language = русский
word-btn-language = Русский
word-recipients = { $n ->
    [one] { $n } получатель
    [few] { $n } получателя
   *[other] { $n } получателей
}
word-more = ещё { $n }
word-id = ID { $id }
word-at-time = в { $time }
word-on-day = { $day }
word-card-below = ↓ Карточка ниже

unit-days = { $n } дн.
unit-hours = { $n } ч
unit-minutes = { $n } мин
unit-seconds = { $n } с
word-in = Через { $duration }

cause-cant-send-this-message = текст или подпись
cause-direction-is-closed = направление закрыто
cause-unsupported-phone-number = номер не обслуживается
cause-unsupported-sender = подпись не зарегистрирована
cause-phone-blacklisted = стоп-лист
cause-blocked-text-message = запрещённый текст
cause-message-duplication = дубль
cause-other = причина неясна

word-btn-back = Назад
word-btn-close = Закрыть
word-btn-again = Ещё раз
word-btn-new = Новое SMS
word-btn-text = Текст
word-btn-to = Кому
word-btn-sender = Подпись
word-btn-check = Проверить
word-btn-resume = Продолжить
word-btn-stop = Остановить
word-btn-list = Список
word-btn-more = Ещё
word-btn-reveal = Показать номер
word-btn-draft = К черновику
