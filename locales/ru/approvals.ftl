### A second person's word on what is large.

appr-btn-ask = На одобрение
appr-preview-line = Нужен второй человек: уйдёт после одобрения.
appr-warn-title = { -mark-act } <b>Точно отправить на одобрение?</b>
appr-late = До начала не успеть: одобрить надо было до { $time }. Выберите другое время

appr-ask-title = { -mark-act } <b>Нужно одобрение</b>
appr-ask-line = Автор: { $author }. { $size }
appr-size-mms = { $n ->
    [one] MMS на { $n } номер
    [few] MMS на { $n } номера
   *[other] MMS на { $n } номеров
}
appr-start = Начало: { $start }
appr-start-now = Начало: сразу после одобрения
appr-until = Решить до { $time }
appr-stopped = Отправка остановлена: одобренное подождёт, пока её продолжат.
appr-btn-yes = Одобрить
appr-btn-no = Отклонить
appr-why-title = { -mark-act } <b>Почему нет?</b>
appr-why-line = Нажмите или напишите причину: её увидит автор.
appr-btn-base = База
appr-btn-phones = Номера
appr-reason = Причина: «{ $reason }»
appr-reason-text = не тот текст
appr-reason-time = не то время
appr-reason-base = не та база
appr-reason-phones = не те номера

appr-author-title = { -mark-wait } <b>Ждёт одобрения</b>
appr-asked = Запрос у: { $names }.
appr-nobody-reached = Некому одобрить: никто из них не открывал бота.
appr-nobody-else = Некому одобрить: других операторов и владельцев нет.
appr-queued-line = Уйдёт, когда одобрит второй человек.
appr-btn-edit = Изменить
appr-btn-withdraw = Отозвать
appr-btn-alone = Одобрить самому
appr-alone-title = { -mark-act } <b>Одобрить без второго человека?</b>
appr-alone-line = Больше никто этого не проверит. Запись останется в журнале.
appr-btn-alone-yes = Да, одобрить

appr-approved-title = { -mark-ok } <b>Одобрено</b>
appr-decision = Решение: { $by }, { $time }.
appr-approved-line = Одобрение: { $by }, { $time }.
appr-approved-solo = Одобрение без второго человека: { $by }, { $time }.
appr-refused-title = { -mark-off } <b>Не одобрено</b>
appr-withdrawn-title = { -mark-off } <b>Запрос снят</b>
appr-withdrawn-line = Отозван автором.
appr-withdrawn-edited = Автор изменил содержание.
appr-withdrawn-changed = Содержание уже не то, что было показано.
appr-expired-line = Время вышло: никто не ответил.
appr-nothing-left = Ничего не ушло.

appr-drift-line = Стало больше, чем согласовано: нужно новое одобрение.
mc-state-awaiting-approval = ждёт одобрения
caption-approval = Картинка к запросу на одобрение

alert-appr-own = Свою отправку одобряет другой человек.
alert-appr-late = Время на решение вышло: запрос снят, ничего не ушло.
alert-appr-changed = Содержание уже не то, что было показано: запрос снят, ничего не ушло.
alert-appr-author = Изменить или отозвать может автор: { $name }.
alert-appr-not-alone = Есть кому одобрить: решает другой человек.
