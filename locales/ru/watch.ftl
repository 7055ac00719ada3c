### What people are called for: money, troubles of the provider, bursts of rejections; what they choose, and the morning's summary.

help-cmd-alerts = оповещения

watch-title = <b>Оповещения</b>
watch-here = этот чат
watch-now = Сейчас можно потратить { $money }
watch-now-until = Сейчас можно потратить { $money }, хватит примерно { $until }
watch-none = Порогов нет: о деньгах бот промолчит.
watch-when = Бот сообщит, когда:
watch-money = • останется { $money } или меньше
watch-days = • денег хватит на { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[other] { $n } дней
} или меньше
watch-always = владельцам всегда
watch-told = сообщено: { $time }
watch-troubles-on = Сбои у провайдера: сообщать
watch-troubles-off = Сбои у провайдера: молчать
watch-troubles-off-owner = Сбои у провайдера: молчать, кроме отказа в логине
watch-quiet = Без звука: { $hours }
watch-quiet-off = Без звука: никогда
watch-digest = Утренняя сводка: { $hour }
watch-digest-off = Утренняя сводка: выключена
watch-full = Порогов уже шесть. Уберите лишний, потом добавьте новый.
watch-refused = Порог «{ $said }» непонятен. Например: /alerts 1000 или /alerts 3д

watch-btn-money = Добавить сумму
watch-btn-days = Добавить дни
watch-btn-remove = Убрать порог
watch-btn-quiet = Без звука
watch-btn-digest = Сводка
watch-btn-troubles-on = Сообщать о сбоях
watch-btn-troubles-off = Не сообщать о сбоях
watch-btn-off = Выключить
watch-btn-never = Никогда
watch-btn-of-days = { $n } дн.
watch-btn-drop-days = Запас: { $n } дн.

watch-ask-money-title = { -mark-draft } <b>При какой сумме сообщить?</b>
watch-ask-money-line = Считается всё, что можно потратить, вместе с овердрафтом. Нажмите или пришлите сумму, например 1000.
watch-ask-money-refused = Нужна сумма в рублях, например 1000, пришло «{ $said }».
watch-ask-days-title = { -mark-draft } <b>При каком запасе сообщить?</b>
watch-ask-days-line = Запас считается по расходу за последние 7 дней. Нажмите или пришлите число дней, например 3.
watch-ask-days-refused = Нужно число дней от 1 до 90, например 3, пришло «{ $said }».
watch-ask-quiet-title = { -mark-draft } <b>Когда без звука?</b>
watch-ask-quiet-line = Оповещения придут и в эти часы, но без звука. Нажмите или пришлите часы, например 22-09.
watch-ask-quiet-refused = Нужны два часа, например 22-09, пришло «{ $said }».
watch-ask-digest-title = { -mark-draft } <b>Во сколько сводка?</b>
watch-ask-digest-line = Раз в день: деньги, расход, что назначено и как дошло. Нажмите или пришлите час, например 9.
watch-ask-digest-refused = Нужен час от 0 до 23, например 9, пришло «{ $said }».
watch-ask-remove-title = { -mark-draft } <b>Какой порог убрать?</b>
watch-ask-remove-line = Нажмите на порог, и его больше не будет.

watch-low-title = { -mark-act } <b>Мало денег</b>
watch-low-subject = можно потратить { $money }
watch-low-line = Пополните счёт у провайдера: иначе отправка остановится.
watch-zero-title = { -mark-act } <b>Деньги кончились</b>
watch-zero-subject = осталось { $money }
watch-zero-line = Пополните счёт у провайдера: отправлять не на что.
watch-account = На счёте { $balance }, отправка отключается при { $overdraft }
watch-until = Хватит примерно { $until }
watch-booked = Назначено: { $what }
watch-booked-cost = ≈ { $money }
watch-booked-recipients = { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}
watch-booked-parts = { $n ->
    [one] { $n } часть
    [few] { $n } части
   *[other] { $n } частей
}
watch-short = На это не хватает { $money }
watch-enough = На это денег хватает
watch-uncovered = Не хватит на рассылку «{ $bases }», { $time }: нужно { $money }
watch-uncovered-more = { $told }, и ещё на { $n ->
    [one] { $n } рассылку
    [few] { $n } рассылки
   *[other] { $n } рассылок
}
watch-btn-multicasts = Рассылки
watch-levels = Порог: { $what }
watch-level-days = { $n } дн.
watch-recovered-title = { -mark-ok } <b>Деньги снова есть</b>
watch-recovered-line = Их можно тратить. Если снова станет мало, бот сообщит.

watch-gateway-title = { -mark-act } <b>Провайдер не отвечает</b>
watch-gateway-since = с { $time }
watch-gateway-line = Отправка ждёт и продолжится сама, когда он ответит.
watch-gateway-next = Если это надолго, проверьте сеть бота и SMSBOT_GATEWAY_URL.
watch-gateway-over-title = { -mark-ok } <b>Провайдер снова отвечает</b>
watch-gateway-over-line = Ответа не было { $span }. Очередь идёт дальше.
watch-login-over-title = { -mark-ok } <b>Провайдер снова принимает логин</b>
watch-login-over-line = Очередь идёт дальше.

watch-burst-title = { -mark-act } <b>Провайдер отклоняет SMS</b>
watch-burst-subject = { $n } из { $m }
watch-burst-paused = На паузе: { $n ->
    [one] { $n } отправка
    [few] { $n } отправки
   *[other] { $n } отправок
}. Проверьте причину, потом решите.
watch-burst-nothing = Останавливать нечего: больше ничего не отправляется.
watch-burst-cause = Последняя причина: { $cause }
watch-burst-resumed-title = { -mark-go } <b>Отправка продолжена</b>
watch-burst-stopped-title = { -mark-off } <b>Отправка остановлена</b>
watch-burst-decided = Решение: { $by }, { $time }.
watch-burst-btn-list = Список отказов

watch-digest-title = <b>Сводка</b>
watch-digest-money = Можно потратить { $money }, на счёте { $balance }
watch-digest-unknown = Баланс пока неизвестен: провайдер ещё не отвечал.
watch-digest-spent = Расход за сутки: { $money }
watch-digest-sends = Отправок за сутки: { $what }
watch-digest-none = Отправок за сутки не было
watch-digest-failed = дошло не всем: { $n }
watch-digest-doubt = исход неизвестен: { $n }
watch-digest-going = ещё идут: { $n }

audit-watcher-set = оповещения
