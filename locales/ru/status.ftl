### Questions to the provider: where a message is.

status-list-title = <b>Последние сообщения</b>
status-list-line = { $n }. { $phone } – { $state }, { $time }
status-list-empty = Пока ничего не отправляли.
status-title = <b>Статус</b>
status-asking = Спрашиваем провайдера.
status-foreign-line = Отправлено не этим ботом: номера и текста у нас нет.
status-foreign-answer = Ответ провайдера { $at }
status-failed = Провайдер не ответил. Попробуйте ещё раз.
status-unknown-id = Не нашли ID { $query }. Проверьте цифры.
status-neither = Это не номер и не ID: { $query }
status-neither-next = Пришлите одно из двух, например: <code>/status 79119876543</code> или <code>/status 27460</code>
status-no-id = Это не ID: { $query }
status-no-id-next = Пришлите ID как в кабинете, например: <code>27460</code>
status-unknown-both = Не нашли ни номера, ни ID { $query }. Проверьте цифры.
