### A multicast that is sent one by one, with a report on each number.

track-btn-one-by-one = По одному, с отчётом
track-btn-plain = Всем сразу
track-gather-title = { -mark-wait } <b>Собираем номера</b>
track-gather-line = Читаем базы. Предпросмотр появится сам.
track-refused-title = { -mark-act } <b>По одному не выйдет</b>
track-refused-protected = База { $base } закрыта для чтения: её номера знает только провайдер.
track-refused-gone = Базы { $base } у провайдера больше нет.
track-refused-silent = Провайдер не отвечает: номера не прочитать.
track-refused-many = Больше миллиона номеров по одному не отправить.
track-refused-other = Провайдер не отдал номера.
track-expired-title = { -mark-act } <b>Номера устарели</b>
track-expired-line = Список номеров больше не хранится. Соберите его заново.
track-btn-anew = Собрать заново
track-preview-line = По одному, с отчётом по каждому номеру
track-preview-repeats = повторов убрано { $n }
track-preview-invalid = не номера { $n }
track-numbers = { $n ->
    [one] { $n } номер, по одному
    [few] { $n } номера, по одному
   *[other] { $n } номеров, по одному
}

track-held-title = { -mark-wait } <b>Ждёт времени</b>
track-held-line = Начало: { $start }. Отменить можно до начала.
track-held-btn-undo = Отменить рассылку
track-fill-title = { -mark-wait } <b>Готовим отправку</b>
track-fill-line = Готово { $done } из { $total }. Пока не готовы все, ничего не уйдёт.

track-sent-title = { -mark-go } <b>Отправлено { $n } из { $total }</b>
track-bar = { $bar } { $told }
track-delivered = доставлено { $n }
track-refused = отказов { $n }
track-doubts = исход неизвестен { $n }
track-awaited = ждут отчёта { $n }
track-left = ещё { $left }
track-btn-pause = Пауза
track-btn-report = Не дошло: файл
caption-tracked = Кому не дошло: { $n }
failed-head-phone = Номер
failed-head-state = Состояние
failed-head-why = Причина
failed-head-code = Код
failed-head-raw = Ответ провайдера

send-paused-person-title = { -mark-pause } <b>На паузе</b>
send-paused-person = Остаток ждёт: продолжите, когда нужно.
