### Who is here and how they like it: the first word, help, strangers, language, settings.

start-title = <b>SMS из Telegram</b>
start-first-title = <b>Вам дали доступ</b>
start-line = Номер и текст одной строкой:
start-example = /send 79119876543 Ваш заказ готов
start-hint = Можно прислать контакт, список номеров или фото.
start-role = Ваша роль: { $role } · часовой пояс: { $zone }
start-btn-balance = Баланс
start-btn-help = Помощь

help-title = <b>Команды</b>
help-line = /{ $command } { $about }
help-examples = Примеры:
help-example-send = /send 79119876543 Заказ готов
help-example-status = /status 27460
help-example-bases = /bases VIP 79119876543
help-cmd-send = отправить SMS
help-cmd-multicast = рассылка по базам
help-cmd-multicasts = назначенные и прошедшие
help-cmd-status = что с сообщением
help-cmd-bases = базы номеров
help-cmd-history = всё отправленное
help-cmd-balance = деньги на счёте
help-cmd-settings = настройки
help-cmd-language = язык
help-cmd-audit = кто что делал
help-cmd-cancel = закрыть черновик
help-cmd-help = эта справка

stranger-title = { -mark-act } <b>Незнакомый человек</b>
stranger-line = id { $id }. Бот не ответил.
stranger-line-named = id { $id }, @{ $username }. Бот не ответил.
stranger-hint = Имя легко подделать: сверьте id с человеком.
stranger-btn-admit = Дать доступ
stranger-btn-ignore = Не давать
stranger-btn-viewer = Наблюдатель
stranger-btn-operator = Оператор
stranger-btn-owner = Владелец
stranger-granted-title = { -mark-ok } <b>Доступ дан</b>
stranger-granted-line = Роль: { $role }. Решение: { $by }, { $time }.
stranger-ignored-title = { -mark-off } <b>Доступ не дан</b>
stranger-ignored-line = Решение: { $by }, { $time }.

language-title = <b>Язык</b>
language-line = Выберите язык бота.

settings-title = <b>Настройки</b>
settings-language = Язык: { $language }
settings-zone = Часовой пояс: { $zone }
settings-phone = Ваш номер: { $phone }
settings-phone-none = Ваш номер: не указан
settings-btn-language = Язык
settings-btn-zone = Часовой пояс
settings-btn-sender = Подпись
settings-btn-phone = Ваш номер
settings-ask-language-title = { -mark-draft } <b>Язык</b>
settings-ask-language-line = Выберите язык бота.
settings-ask-zone-title = { -mark-draft } <b>Часовой пояс</b>
settings-ask-zone-line = Выберите или напишите город, например: Берлин
settings-ask-sender-title = { -mark-draft } <b>Подпись</b>
settings-ask-sender-line = Пришлите подпись: 3–11 латинских букв и цифр.
settings-ask-phone-title = { -mark-draft } <b>Ваш номер</b>
settings-ask-phone-line = Нажмите «Дать мой номер» под полем ввода.
settings-now = сейчас { $value }
settings-zone-refused = Такого пояса нет. Напишите город, например: Берлин

settings-own-title = { -mark-draft } <b>Ваш номер</b>
settings-own-line = Нужен, чтобы отправить SMS себе. Нажмите «Дать мой номер» под полем ввода.
settings-own-contact = Дать мой номер
settings-own-saved-title = { -mark-ok } <b>Ваш номер записан</b>
settings-own-left = Номер пока не записан.
settings-own-refused-title = { -mark-act } <b>Это не ваш номер</b>
settings-own-refused-line = Нужен ваш собственный контакт: нажмите «Дать мой номер» под полем ввода.
