### Phone bases: the list, one base, what the provider says about it; and imports of lists into them.

word-numbers = { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}
word-btn-prev = Пред.
word-btn-next = След.

base-list-title = <b>Базы</b>
base-list-count = { $count }, номеров { $phones }
base-list-line = Выберите базу или пришлите часть имени.
base-list-found = Нашлось по «{ $query }». Выберите базу.
base-list-none = По «{ $query }» ничего не нашлось. Пришлите другую часть имени.
base-list-empty = Баз нет. Новую базу можно создать в кабинете провайдера.
base-list-phone = Номер { $phone } поищем в выбранной базе.
base-list-silent = Провайдер не ответил: список мог измениться.
base-waiting = спрашиваем провайдера
base-mark-protected = защищена
base-mark-comma = запятая

base-title = <b>{ $base }</b>
base-unknown = база
base-as-of = На { $time }
base-protected = Защищена: только для рассылок
base-comma = В имени запятая: рассылка невозможна
base-busy = Спрашиваем провайдера.
base-no-phones = В базе нет номеров.
base-gone-title = { -mark-act } <b>Базы больше нет</b>
base-gone-line = Провайдер не знает базы с таким именем. Выберите другую.

base-btn-all = К базам
base-btn-refresh = Обновить
base-btn-check = Проверить номер
base-btn-add = Добавить
base-btn-remove = Удалить
base-btn-phones = Номера
base-btn-file = Скачать
base-btn-multicast = Рассылка
base-btn-import = Импорт

base-ask-check-title = <b>Проверить номер</b>
base-ask-check = Пришлите номер: скажем, есть ли он в базе.
base-ask-add-title = <b>Добавить номера</b>
base-ask-add = Пришлите номер или список. Больше 20 номеров сначала проверим.
base-ask-remove-title = <b>Удалить номер</b>
base-ask-remove = Пришлите номер, который нужно удалить.
base-ask-import-title = <b>Импорт</b>
base-ask-import = Пришлите файл (CSV, TXT, XLSX, ODS, vCard до 20 МБ) или список текстом.
base-ask-file-title = <b>Скачать номера</b>
base-ask-file = В каком виде?

base-remove-title = { -mark-act } <b>Удалить из базы?</b>
base-remove-line = База { $base }. Вернуть номер можно только вручную.
base-in-title = { -mark-ok } <b>Есть в базе { $base }</b>
base-out-title = <b>Нет в базе { $base }</b>
base-removed-title = { -mark-ok } <b>Удалено из базы { $base }</b>
base-added-title = { -mark-ok } <b>Добавлено в базу { $base }</b>
base-not-added-title = { -mark-fail } <b>Не добавлено в базу { $base }</b>
base-added-some = { $n } из { $total }
base-rejected = Провайдер не принял { $n ->
    [one] { $n } номер: возможно, он уже в базе.
    [few] { $n } номера: возможно, они уже в базе.
   *[other] { $n } номеров: возможно, они уже в базе.
}
base-skipped = Не номера: { $rows }

base-failed-title = { -mark-fail } <b>Не получилось</b>
base-error-silent = Провайдер не ответил, дело не в вас.
base-error-silent-next = Попробуйте ещё раз: повтор ничего не испортит.
base-error-authentication-failure = Провайдер не принял логин бота, дело не в вас.
base-error-authentication-failure-next = Скажите владельцу: нужно проверить логин и пароль.
base-error-service-is-switched-off = У провайдера выключена работа через шлюз.
base-error-service-is-switched-off-next = Включить её может поддержка провайдера.
base-error-wrong-base = Провайдер не знает такой базы.
base-error-wrong-base-next = Обновите список: базу могли переименовать или удалить.
base-error-base-is-protected = База защищена: её нельзя ни читать, ни менять.
base-error-base-is-protected-next = По ней можно только запускать рассылки.
base-error-wrong-phone-number = Провайдер не принимает этот номер.
base-error-wrong-phone-number-next = Проверьте цифры.
base-error-cant-add-phone-number = Провайдер не добавил номер: возможно, он уже в базе.
base-error-cant-add-phone-number-next = Проверить это можно кнопкой базы.
base-error-cant-remove-phone-number = Провайдер не удалил номер: возможно, его нет в базе.
base-error-cant-remove-phone-number-next = Проверить это можно кнопкой базы.
base-error-unencodable = В имени базы есть знаки, которых шлюз провайдера не передаёт.
base-error-unencodable-next = Переименуйте базу в кабинете провайдера.
base-error-other = Провайдер отказал, причина неясна.
base-error-other-next = Попробуйте позже или спросите поддержку провайдера.

import-title = { -mark-draft } <b>Импорт</b>
import-which = в какую базу?
import-contacts = Возьмите номера для SMS или выберите базу, чтобы добавить их туда.
import-waiting = Спрашиваем провайдера о базах.
import-ask-silent = Провайдер не ответил: баз пока не видно.
import-file = Файл: { $file }
import-pasted = Список из сообщения
import-reading = Читаем список. Ещё ничего не добавлено.
import-verdict-title = { -mark-draft } <b>Проверьте импорт</b>
import-none-title = { -mark-act } <b>Номеров не нашлось</b>
import-verdict-line = Ещё ничего не добавлено. Подходит { $valid } из { $rows }
import-verdict-duplicates = повторы { $n }
import-verdict-empty = пустые { $n }
import-verdict-invalid = с ошибкой { $n }
import-column-title = { -mark-draft } <b>В каком столбце номера?</b>
import-btn-add = Добавить { $n }
import-btn-bad = Плохие строки
import-btn-column = Столбец: { $n }
import-btn-pause = Пауза
import-btn-refused = Не принятые
import-btn-open = Открыть базу
import-bad-row = строка { $row }: { $raw } – { $why }
import-bad-empty = нет цифр
import-bad-letters = буквы внутри
import-bad-foreign = не российский
import-bad-few = мало цифр: { $n }
import-bad-many = много цифр: { $n }
import-bad-head-row = Строка
import-bad-head-raw = Что в ней
import-bad-head-why = Причина
import-bad-more = Таблица не полна: не вошли { $n ->
    [one] ещё { $n } строка
    [few] ещё { $n } строки
   *[other] ещё { $n } строк
}

import-refused-title = { -mark-act } <b>Список не прочитан</b>
import-refused-broken = Файл повреждён. Сохраните его заново и пришлите ещё раз.
import-refused-encrypted = Файл под паролем. Снимите пароль и пришлите ещё раз.
import-refused-no-numbers = Ни одной строки, похожей на номер. Проверьте, тот ли это файл.
import-refused-not-a-table = Это не список. Нужен CSV, TXT, XLSX, ODS или vCard.
import-refused-too-large = Файл слишком велик: до 20 МБ и 2 000 000 строк. Разделите его.
import-refused-too-long = Файл читался слишком долго. Сохраните его как CSV.
import-refused-download = Telegram не отдал файл. Пришлите его ещё раз.

import-run-title = { -mark-go } <b>Импорт { $percent }</b>
import-paused-title = { -mark-pause } <b>Импорт на паузе { $percent }</b>
import-stuck-title = { -mark-act } <b>Импорт на паузе { $percent }</b>
import-progress = { $bar } { $done } из { $total }
import-progress-left = { $bar } { $done } из { $total }, ещё { $left }
import-rate = ≈ { $n } в минуту
import-silent = Провайдер не отвечает, ждём.
import-done-title = { -mark-ok } <b>Импорт закончен</b>
import-stopped-title = { -mark-off } <b>Импорт остановлен</b>
import-done-line = Добавлено { $added }, провайдер не принял { $rejected }.
import-done-all = Добавлено { $added }.
import-left-line = Не дошло до провайдера: { $n }.
import-done-total = В базе { $total }
import-repeated = Часть номеров ушла дважды: непринятые, возможно, уже в базе.
import-closed-title = { -mark-off } <b>Импорт закрыт</b>
import-closed-line = Ничего не добавлено.

caption-base = { $base }: { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}
caption-bad-rows = Строки, в которых нет номера
caption-bad-rows-cut = Строки, в которых нет номера: первые { $n } из { $total }
caption-refused = Номера, которые провайдер не принял
