### Why the provider refused, and what to do: two lines for each of its error texts.

send-rejected-title = { -mark-fail } <b>Отклонено</b>
send-rejected-raw = Ответ провайдера: { $raw }
send-rejected-cant-send-this-message = Провайдер не принял текст или подпись.
send-rejected-cant-send-this-message-next = Проверьте смешанные буквы и подпись.
send-rejected-direction-is-closed = Это направление у провайдера закрыто.
send-rejected-direction-is-closed-next = Спросите провайдера или смените номер.
send-rejected-unsupported-phone-number = Провайдер не работает с этим номером.
send-rejected-unsupported-phone-number-next = Проверьте номер.
send-rejected-unsupported-sender = Подпись { $sender } не зарегистрирована.
send-rejected-unsupported-sender-next = Возьмите другую или закажите эту у провайдера.
send-rejected-phone-blacklisted = Номер в стоп-листе провайдера.
send-rejected-phone-blacklisted-next = Уберите его: повтор не поможет.
send-rejected-blocked-text-message = В тексте запрещённые слова или знаки.
send-rejected-blocked-text-message-next = Перепишите и проверьте тестом себе.
send-rejected-message-duplication = Такой текст на этот номер уже уходил.
send-rejected-message-duplication-next = Нужно ещё раз – измените текст.
send-rejected-other = Провайдер отказал без понятной причины.
send-rejected-other-next = Покажите ответ ниже владельцу.

send-paused-authentication-failure-title = { -mark-act } <b>Пауза: логин не принят</b>
send-paused-authentication-failure = Провайдер не принял логин бота, дело не в вас. Владельцам сообщили.
send-paused-your-credit-is-null-title = { -mark-act } <b>Пауза: нет денег</b>
send-paused-your-credit-is-null = На счёте нет денег. Пополните счёт: продолжим сами.
send-paused-service-is-switched-off-title = { -mark-act } <b>Пауза: шлюз выключен</b>
send-paused-service-is-switched-off = Отправка через шлюз у провайдера выключена. Попросите провайдера включить её.
send-paused-refusals-title = { -mark-act } <b>Пауза: { $n ->
    [one] { $n } отказ
    [few] { $n } отказа
   *[other] { $n } отказов
} подряд</b>
send-paused-refusals = Чаще всего: { $cause }.
send-paused-burst-title = { -mark-act } <b>Пауза: провайдер отклоняет SMS</b>
send-paused-burst = Отказов { $n } из последних { $m } по всем отправкам. Последняя причина: { $cause }.
send-paused-doubts-title = { -mark-act } <b>Пауза: { $n ->
    [one] { $n } неизвестный исход
    [few] { $n } неизвестных исхода
   *[other] { $n } неизвестных исходов
} подряд</b>
send-paused-doubts = Связь с провайдером ненадёжна. Остаток ждёт вашего решения.
send-paused-other-title = { -mark-act } <b>Пауза</b>
send-paused-other = Отправка остановлена. Остаток ждёт вашего решения.
