### A multicast: from the choice of bases to what became of it.

mc-new-title = { -mark-draft } <b>Новая рассылка</b>
mc-bases-subject = какие базы?
mc-bases-line = Выберите базы или пришлите часть имени.
mc-bases-chosen = Выбрано: { $n }, номеров { $total }
mc-bases-filter = Имя содержит «{ $part }»: { $n }
mc-bases-page = Страница { $n } из { $all }
mc-bases-asking = Спрашиваем список у провайдера.
mc-bases-silent = Провайдер не ответил. Список на { $time }.
mc-bases-silent-never = Провайдер не ответил, списка баз пока нет.
mc-bases-none = Баз пока нет: их создают в кабинете my.sms2.ru.
mc-bases-btn-next = Дальше
mc-bases-btn-all = Показать все
mc-bases-btn-refresh = Обновить
mc-bases-btn-prev = Пред.
mc-bases-btn-more = След.

mc-btn-bases = Базы
mc-btn-time = Время
mc-btn-schedule = Назначить
mc-btn-start = Запустить: { $n }
mc-btn-keep = Оставить как было
mc-btn-move = Перенести
mc-btn-edit = Изменить
mc-btn-cancel = Отменить

mc-when-title = { -mark-draft } <b>Когда начать?</b>
mc-when-line = Нажмите или напишите: завтра в 10, пн 9:30, через 2 часа.
mc-when-btn-now = Сейчас
mc-when-btn-hour = Через час
mc-when-btn-today = Сегодня
mc-when-btn-tomorrow = Завтра
mc-hour-title = { -mark-draft } <b>В котором часу?</b>
mc-hour-line = Нажмите или напишите, например: 9:30

mc-preview-title = { -mark-draft } <b>Проверьте рассылку</b>
mc-preview-line = Ещё не запущена.
mc-preview-edited = Пока не подтвердите, не уйдёт. Было: { $was }
mc-preview-size = { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
} × { $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
}
mc-preview-size-all = { $size } = { $all }
mc-preview-cost = { $size }, ≈ { $cost }
mc-preview-now = Начало: сразу после подтверждения
mc-preview-provider = У провайдера: { $time } ({ $place })
mc-preview-skipped = Названного времени в тот день нет: часы переводят вперёд. Взято ближайшее.
mc-preview-repeated = Это время в тот день бывает дважды: часы переводят назад. Взято первое.
mc-preview-overlap = Номер в двух базах учтён дважды: общее знает только провайдер.
mc-preview-remains = Можно потратить { $available }, останется { $remains }
mc-start = Начало: { $start }, через { $left }
mc-start-soon = Начало: { $start }
mc-numbers = { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}
mc-closed-edit = Ничего не отправлено. Назначенная на { $was } тоже не уйдёт.

mc-warn-title = { -mark-act } <b>Точно назначить?</b>
mc-warn-now-title = { -mark-act } <b>Точно запустить?</b>
mc-warn-btn-yes = Да, назначить
mc-warn-btn-yes-now = Да, запустить
mc-warn-btn-morning = Перенести на { $time }
mc-warn-night = Начнётся ночью: { $time }, тихие часы { $hours }
mc-warn-night-zone = Начнётся ночью: { $time }, тихие часы { $hours } ({ $zone })
mc-warn-short = Не хватит { $sum }
mc-warn-same = Этот текст ушёл в { $base } { $at }
mc-warn-same-coming = Этот текст уже назначен в { $base } { $at }
mc-warn-empty = База { $base } пуста
mc-warn-neighbour = В { $base } есть рассылка { $at }
mc-warn-neighbour-past = В { $base } уже была рассылка { $at }

mc-err-unknown = Такой базы нет: { $names }
mc-err-unknown-many = Таких баз нет: { $names }
mc-err-comma = В имени «{ $base }» запятая: рассылка по этой базе невозможна
mc-err-gone = Базы больше нет: { $names }
mc-err-gone-many = Этих баз больше нет: { $names }
mc-err-passed = Время начала прошло: { $time }. Выберите другое
mc-err-provider-hour = По часам провайдера ({ $place }) этот час бывает дважды. Выберите другое время
mc-err-past = Это время уже прошло, сейчас { $now }. Например: завтра в 10
mc-err-unreadable = Время не распознано. Например: завтра в 10
mc-err-unreadable-hour = Время не распознано. Например: 9:30
mc-err-not-a-time = Вторая строка – не время: «{ $typed }». Текст пишут с третьей

mc-held-title = { -mark-wait } <b>Ждёт времени</b>
mc-held-until = Отменить можно до { $time }: потом она у провайдера
mc-held-silent = Провайдер не отвечает с { $time }. Рассылка не передана, пробуем сами.
mc-held-tries = Не выйдет до { $time } – остановим и спросим.
mc-held-btn-hand = Отдать сейчас
mc-held-btn-cancel = Отменить рассылку
mc-cancel-title = { -mark-act } <b>Отменить рассылку?</b>
mc-cancelled-title = { -mark-off } <b>Рассылка отменена</b>
mc-cancelled-line = Провайдеру её не передавали.
mc-cancelled-edited = Провайдеру её не передавали: вместо неё открыт черновик.
mc-cancelled-btn-again = Создать снова

mc-drift-title = { -mark-act } <b>База изменилась</b>
mc-drift-line = Было { $was }, стало { $now } ({ $change })
mc-drift-btn-start = Запустить на { $n }
mc-gone-title = { -mark-act } <b>Базы больше нет</b>
mc-gone-title-many = { -mark-act } <b>Этих баз больше нет</b>
mc-gone-btn-pick = Выбрать базы
mc-asks-until = Рассылка ждёт вас до { $time }.

mc-handing-title = { -mark-go } <b>Передаём провайдеру</b>
mc-handing-line = Отменить отсюда уже нельзя.
mc-handed-title = { -mark-go } <b>У провайдера</b>
mc-handed-line = Принято { $time }, начнёт { $start }. Отменить отсюда нельзя.
mc-handed-stop = Срочно остановить: кабинет my.sms2.ru или поддержка провайдера
mc-handed-marked = отмечено вручную: { $name }
mc-passed-title = { -mark-go } <b>Время пришло</b>
mc-passed-line = Должна идти с { $time }. Отчёта по рассылке провайдер не даёт.
mc-balance = Баланс был { $before }, сейчас { $after }

mc-missed-title = { -mark-act } <b>Пропущена</b>
mc-missed-down = Бот не работал { $at }, сейчас { $now }. Ничего не ушло.
mc-missed-silent = Провайдер не отвечал до { $time }. Ничего не ушло.
mc-missed-stopped = Отправка была остановлена до { $time }. Ничего не ушло.
mc-missed-unanswered = На вопрос о базе не ответили до { $time }. Ничего не ушло.
mc-missed-edit = Правка не подтверждена до { $time }. Ничего не ушло.
mc-missed-btn-now = Запустить сейчас

mc-unknown-title = { -mark-unknown } <b>Исход неизвестен</b>
mc-unknown-cut = Связь оборвалась при передаче { $at }. Повторять сами не будем.
mc-unknown-unclear = При передаче { $at } провайдер ответил непонятно. Повторять сами не будем.
mc-unknown-lost = Передача { $at } прервалась, ответа мы не видели. Повторять сами не будем.
mc-unknown-find = Найдите в кабинете рассылку в { $bases } на { $time }.
mc-unknown-find-now = Найдите в кабинете рассылку в { $bases }, запущенную { $at }.
mc-unknown-anew = Новый черновик открыт { $at }.
mc-unknown-btn-there = Есть в кабинете
mc-unknown-btn-absent = Там её нет
mc-risk-title = { -mark-act } <b>Риск двойной рассылки</b>
mc-risk-line = Если первая ушла, люди получат два SMS.
mc-risk-btn-anew = Создать заново

mc-rejected-title = { -mark-fail } <b>Рассылка отклонена</b>
mc-rejected-wrong-base = Провайдер не нашёл базу.
mc-rejected-wrong-base-next = Выберите базы заново.

mc-list-title = <b>Рассылки</b>
mc-list-held = { $n ->
    [one] ждёт { $n }
    [few] ждут { $n }
   *[other] ждут { $n }
}
mc-list-past-title = <b>Прошедшие рассылки</b>
mc-list-line = { $n }. { $time } – { $bases }, { $state }
mc-list-empty = Ничего не назначено. Новая: /multicast
mc-list-past-empty = Прошедших пока нет.
mc-list-close = { $base }: две рассылки за 2 ч
mc-list-btn-past = Прошедшие
mc-list-btn-coming = Предстоящие
mc-list-btn-ics = Календарь .ics

mc-state-held = ждёт времени
mc-state-handing-over = передаём
mc-state-handed-over = у провайдера
mc-state-passed = время пришло
mc-state-rejected = отклонена
mc-state-in-doubt = исход неизвестен
mc-state-missed = пропущена
mc-state-cancelled = отменена

alert-mc-not-as-it-was = Как было, уже не отправить: проверьте базы и время. Правка сохранена.
alert-mc-too-late = Поздно: рассылка уже у провайдера или снята раньше.
