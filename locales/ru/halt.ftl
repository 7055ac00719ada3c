### The panic switch: everything stopped, and let go on.

halt-title = { -mark-pause } <b>Отправка остановлена</b>
halt-paused = На паузе: { $what }.
halt-sends =
    { $n ->
        [one] { $n } отправка
        [few] { $n } отправки
       *[other] { $n } отправок
    }
halt-multicasts =
    { $n ->
        [one] { $n } рассылка
        [few] { $n } рассылки
       *[other] { $n } рассылок
    }
halt-none = Отправлять нечего, рассылок не назначено.
halt-gone-waits = Не вернуть: рассылка { $bases }, { $time } – она у провайдера
halt-gone-runs = Не вернуть: рассылка { $bases }, должна идти с { $time }
halt-gone-doubt = Не вернуть: рассылка { $bases }, { $time } – возможно, она у провайдера
halt-gone-more =
    { $n ->
        [one] и ещё { $n } рассылка у провайдера
        [few] и ещё { $n } рассылки у провайдера
       *[other] и ещё { $n } рассылок у провайдера
    }
halt-flying =
    { $n ->
        [one] Не вернуть: { $n } сообщение в пути, отчёта ещё нет
        [few] Не вернуть: { $n } сообщения в пути, отчёта ещё нет
       *[other] Не вернуть: { $n } сообщений в пути, отчёта ещё нет
    }
halt-importing = Импорт в базы идёт дальше: это не отправка.
halt-btn-list = Список
halt-over-title = { -mark-ok } <b>Отправка продолжена</b>
halt-over-line = Первым уйдёт одно сообщение, за ним остальные.
halt-by = Остановка: { $who }
halt-list-title = <b>Ждут продолжения</b>
halt-left = осталось { $n }
halt-held = Рассылка { $bases }
halt-off-title = <b>Отправка не остановлена</b>
halt-off-line = Остановить всё: /stop_all

help-cmd-stop-all = остановить всё
help-cmd-resume-all = продолжить

alert-halted = Отправка остановлена.
alert-halted-draft = Отправка остановлена, черновик сохранён.
