### Short answers to a press or a message, and news that calls a person.

alert-stale = Прошло больше 30 минут: проверьте и нажмите ещё раз.
alert-outdated = Карточка изменилась, это нажатие ничего не сделало. Проверьте её снова.
alert-done = Уже принято.
alert-not-allowed-operator = Это может оператор или владелец. Ваша роль: { $role }.
alert-not-allowed-owner = Это может только владелец. Ваша роль: { $role }.
alert-gone = Этого больше нет. Откройте /history.
alert-own-phone = Пришлите свой номер боту в личном чате: вопрос уже там.
alert-settings-author = Свои настройки – по команде /settings. Это настройки: { $name }.
alert-author = Это черновик: { $name }.
alert-too-late = Поздно: SMS уже у провайдера, отозвать нельзя.
alert-too-late-mms = Поздно: MMS уже у провайдера, отозвать нельзя.
alert-number = Номер: { $phone }
alert-flash = Flash: текст сразу на экране, часто не сохраняется
alert-flash-off = Flash выключен: обычное SMS
alert-test = Тест уходит на { $phone }

err-fault-title = { -mark-act } <b>Не получилось</b>
err-fault-subject = дело не в вас
err-fault-line = Попробуйте ещё раз. Что успело уйти, видно в /history. Код для владельца: { $code }
err-command = Такой команды нет. Список: /help
err-cancel = Отменять нечего. Назначенные рассылки: /multicasts
err-kind = Такое сообщение бот не читает.
err-kind-next = Подойдут текст, контакт, фото, PNG, JPEG и списки номеров.
err-file = С таким файлом бот не работает.
err-file-next = Подойдут фото, PNG, JPEG и списки номеров.
err-album = В MMS одна картинка: взята первая из альбома.
err-album-next = Остальные пришлите по одной: каждая станет отдельным MMS.

alert-restart-title = { -mark-act } <b>После перезапуска</b>
alert-restart-unknown = { $n } SMS с неизвестным исходом
alert-restart-expired = { $n } SMS не отправлено вовремя
alert-restart-unknown-any = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
} с неизвестным исходом
alert-restart-expired-any = { $n ->
    [one] { $n } сообщение
    [few] { $n } сообщения
   *[other] { $n } сообщений
} не отправлено вовремя
alert-restart-btn-show = Показать
alert-login-title = { -mark-act } <b>Провайдер не принял логин бота</b>
alert-login-line = Отправка стоит, очередь сохранена.
alert-login-next = Проверьте SMSBOT_GATEWAY_USER и SMSBOT_GATEWAY_PASSWORD: дальше пойдёт само.
