### A draft: from the first question to the preview, and its end when it is closed.

send-which-title = { -mark-draft } <b>Что это?</b>
send-which-subject = { $n ->
    [one] { $n } номер в тексте
    [few] { $n } номера в тексте
   *[other] { $n } номеров в тексте
}
send-which-line = Выберите, куда это положить.
send-which-btn-phones = Взять { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}
send-which-btn-text = Это текст SMS
send-plain-title = { -mark-draft } <b>Отправить это как SMS?</b>
send-plain-btn-yes = Да, выбрать номер

send-new-title = { -mark-draft } <b>Новое SMS</b>
send-ask-phones-subject = кому?
send-ask-phones-line = Пришлите номер или несколько: через запятую или с новой строки.
send-ask-phones-hint = Подойдёт и контакт: скрепка → «Контакт».
send-ask-phones-btn-self = Себе
send-ask-text-line = Пришлите текст, до { $limit } знаков.
send-btn-over = Начать заново

send-preview-title = { -mark-draft } <b>Проверьте SMS</b>
send-preview-line = Ещё не отправлено.
send-preview-undone = Вернули: ничего не ушло.
send-preview-fixed = Исправлено: { $what }.
send-preview-fixed-words = { $n ->
    [one] { $n } слово
    [few] { $n } слова
   *[other] { $n } слов
}
send-preview-fixed-signs = { $n ->
    [one] { $n } знак
    [few] { $n } знака
   *[other] { $n } знаков
}
send-preview-cost = { $cost }
send-preview-cost-remains = { $cost }, останется { $remains }
send-preview-parts = { $n } × { $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
} = { $all }
send-preview-parts-cost = { $sum }, всего { $cost }
send-preview-sender = Подпись: { $sender }
send-preview-size = { $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
}
send-preview-flash = flash
send-preview-not-flash = не flash
send-preview-repeats = { $n ->
    [one] { $n } повтор убран
    [few] { $n } повтора убраны
   *[other] { $n } повторов убраны
}
send-preview-note = { $n ->
    [one] { $n } знак
    [few] { $n } знака
   *[other] { $n } знаков
}, { $script }: { $size } в одной части
send-preview-script-latin = латиница (GSM-7)
send-preview-script-cyrillic = кириллица (UCS-2)
send-preview-script-special = особые знаки (UCS-2)
send-btn-confirm = Отправить
send-btn-confirm-many = Отправить: { $n }
send-btn-flash-on = Flash: да
send-btn-flash-off = Flash: нет
send-btn-test = Тест себе

send-test-queued = Тест: в очереди
send-test-sending = Тест: отправляется
send-test-sent = Тест: отправлен { $time }, ждём отчёт
send-test-delivered = Тест: доставлен { $time }
send-test-not-delivered = Тест: не доставлен
send-test-no-report = Тест: нет отчёта
send-test-rejected = Тест: отклонён. { $cause }
send-test-in-doubt = Тест: исход неизвестен, SMS могло уйти. Сами не повторим.
send-test-cancelled = Тест: не отправлен, ничего не ушло

send-warn-title = { -mark-act } <b>Точно отправить?</b>
send-warn-item = • { $line }
send-warn-btn-yes = Да, отправить

send-field-text-title = { -mark-draft } <b>Новый текст</b>
send-field-was = было:
send-field-text-hint = Нажмите на текст, чтобы скопировать, и пришлите исправленный.
send-field-phones-title = { -mark-draft } <b>Новые получатели</b>
send-field-phones-hint = Пришлите номер или несколько: это заменит список.
send-field-sender-title = { -mark-draft } <b>Новая подпись</b>
send-field-sender-was = сейчас { $sender }
send-field-sender-hint = Пришлите или выберите: 3–11 латинских букв и цифр.
send-field-btn-add = Добавить к списку

send-blocked-title = { -mark-act } <b>Пока нельзя отправить</b>
send-blocked-btn-fix = Исправить всё
send-blocked-btn-drop = Убрать плохие: { $n }
send-btn-cheap = Заменить: { $n ->
    [one] { $n } часть
    [few] { $n } части
   *[other] { $n } частей
}

send-closed-title = { -mark-off } <b>Черновик закрыт</b>
send-closed-line = Ничего не отправлено.
send-closed-btn-reopen = Вернуть черновик
