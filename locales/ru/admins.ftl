### Who has access: people, what owners decide of them, invites, limits.

help-cmd-admins = кто имеет доступ

admins-in-private = Ответ в личном чате с ботом.
admins-list-title = <b>Доступ</b>
admins-people = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[other] { $n } человек
}
admins-off = доступ отключён
admins-unseen = ещё без активности
admins-now = Сейчас: { $value }
admins-roles = Наблюдатель только смотрит, оператор отправляет, владелец решает, кому что можно.

admins-person-title = <b>{ $title }</b>
admins-person-off-title = { -mark-off } <b>Доступ отключён</b>
admins-person-seen = id { $id }, активность: { $time }
admins-person-unseen = id { $id }, активности ещё не было. Пока бот не открыт, писать первым он не может.
admins-person-last = Это единственный владелец: роль и доступ не изменить.
admins-parts = Частей в день: { $n }
admins-parts-free = Частей в день: без лимита
admins-spent = сегодня { $n }
admins-largest = Номеров за раз: { $n }
admins-largest-free = Номеров за раз: без лимита
admins-no-limit = без лимита
admins-unfinished = Не закончено: { $what }
admins-left-sends = { $n ->
    [one] { $n } отправка
    [few] { $n } отправки
   *[other] { $n } отправок
}
admins-left-multicasts = { $n ->
    [one] { $n } рассылка
    [few] { $n } рассылки
   *[other] { $n } рассылок
}
admins-left-imports = { $n ->
    [one] { $n } импорт
    [few] { $n } импорта
   *[other] { $n } импортов
}

admins-role-title = { -mark-draft } <b>Какая роль?</b>
admins-off-title = { -mark-act } <b>Отключить доступ?</b>
admins-off-next = Включить можно снова.
admins-remove-title = { -mark-act } <b>Убрать из бота?</b>
admins-remove-next = Вернуть можно новым приглашением.
admins-shut-line = Карточки исчезнут из личного чата, черновики закроются.
admins-shut-left = Пойдёт дальше, карточки придут вам: { $what }
admins-shut-edits = Не уйдёт, если не открыть правку снова: { $n ->
    [one] { $n } рассылка
    [few] { $n } рассылки
   *[other] { $n } рассылок
}
admins-limits-title = <b>Лимиты</b>
admins-parts-title = { -mark-draft } <b>Частей в день?</b>
admins-largest-title = { -mark-draft } <b>Номеров за раз?</b>
admins-limit-hint = Нажмите или пришлите число.
admins-limit-refused = Нужно целое число от 1 до 10 000 000, пришло «{ $typed }».

admins-new-title = { -mark-draft } <b>Приглашение</b>
admins-new-which = какая роль?
admins-new-line = Ссылка впустит одного человека и действует 24 часа.
admins-invites-title = <b>Приглашения</b>
admins-invites-line = { $n }. { $role }, до { $time }. От: { $by }
admins-invites-none = Открытых приглашений нет.
admins-invite-title = { -mark-wait } <b>Приглашение</b>
admins-invite-line = Действует до { $time }. Войдёт тот, кто откроет первым.
admins-invite-hint = Перешлите ссылку или покажите картинку с кодом.
admins-invite-no-link = Ссылку больше не показать: у бота новый токен. Создайте другую.
admins-invite-used-title = { -mark-ok } <b>Приглашение принято</b>
admins-invite-guest = id { $id }. Доступ: { $name }, { $time }.
admins-invite-revoked-title = { -mark-off } <b>Приглашение отозвано</b>
admins-invite-expired-title = { -mark-off } <b>Приглашение истекло</b>
admins-invite-over-line = По этой ссылке больше не войти.
admins-invited-title = { -mark-ok } <b>Доступ по приглашению</b>
admins-invited-line = id { $id }. Роль: { $role }.
admins-invited-named = id { $id }, @{ $username }. Роль: { $role }.
admins-invited-by = Приглашение: { $by }
admins-invited-next = Если это не тот человек, уберите его в /admins.
admins-kept-title = <b>У вас уже есть доступ</b>
admins-kept-line = Приглашение не использовано и ещё действует.
admins-kept-next = Роль меняет владелец.
caption-invite-viewer = Код приглашения, наблюдатель: по нему войдёт один человек.
caption-invite-operator = Код приглашения, оператор: по нему войдёт один человек.
caption-invite-owner = Код приглашения, владелец: по нему войдёт один человек.

admins-told-role-title = <b>Ваша роль изменена</b>
admins-told-disable-title = { -mark-off } <b>Доступ отключён</b>
admins-told-remove-title = { -mark-off } <b>Доступ закрыт</b>
admins-told-enable-title = { -mark-ok } <b>Доступ включён</b>
admins-told-limits-title = <b>Ваши лимиты изменены</b>
admins-told-line = Решение: { $by }, { $time }.

admins-btn-role = Роль
admins-btn-limits = Лимиты
admins-btn-off = Отключить
admins-btn-on = Включить
admins-btn-remove = Убрать
admins-btn-list = К списку
admins-btn-parts = Частей в день
admins-btn-largest = Номеров за раз
admins-btn-no-limit = Без лимита
admins-btn-invite = Пригласить
admins-btn-invites = Приглашения: { $n }
admins-btn-revoke = Отозвать
admins-btn-revoke-one = Отозвать { $n }

warn-limit-parts = Лимит: { $most ->
    [one] { $most } часть
    [few] { $most } части
   *[other] { $most } частей
} в день, осталось { $left }. Поднять может владелец.
warn-limit-multicast = Лимит: { $most ->
    [one] { $most } номер
    [few] { $most } номера
   *[other] { $most } номеров
} за раз, здесь { $asked }. Поднять может владелец.
alert-limit-parts = Ваш лимит: { $most ->
    [one] { $most } часть
    [few] { $most } части
   *[other] { $most } частей
} в день, осталось { $left }. Поднять может владелец.
alert-limit-multicast = Ваш лимит: { $most ->
    [one] { $most } номер
    [few] { $most } номера
   *[other] { $most } номеров
} за раз, здесь { $asked }. Поднять может владелец.
alert-last-owner = Это единственный владелец: сначала дайте эту роль кому-то ещё.
