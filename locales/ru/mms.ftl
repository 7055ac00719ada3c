### MMS: a draft with its picture, and what is said otherwise of an MMS than of an SMS.

help-cmd-mms = отправить MMS

mms-new-title = { -mark-draft } <b>Новое MMS</b>
mms-content-line = Пришлите картинку или текст, до { $limit } знаков.
mms-wait-title = { -mark-draft } <b>Готовлю картинку…</b>
mms-wait-line = Готовлю картинку…
mms-wait-next = Карточка обновится сама.
mms-subject = Тема: { $subject }

mms-preview-title = { -mark-draft } <b>Проверьте MMS</b>
mms-preview-size = { $used } КБ из { $limit }
mms-preview-picture = { $size }, картинка { $width } × { $height }
mms-preview-bare = { $size }, без картинки
mms-warn-title = { -mark-act } <b>Точно отправить MMS?</b>
mms-warn-same = Такое MMS ушло на этот номер { $at }: возможен отказ «дубль»
mms-warn-same-many = Такое MMS уже ушло на { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
} { $at }: возможен отказ «дубль»

mms-btn-confirm = Отправить MMS
mms-btn-confirm-many = Отправить MMS: { $n }
mms-btn-new = Новое MMS
mms-btn-subject = Тема
mms-btn-picture = Картинка
mms-btn-no-subject = Без темы
mms-btn-no-text = Без текста
mms-btn-no-picture = Без картинки

mms-field-subject-title = { -mark-draft } <b>Новая тема</b>
mms-field-subject-hint = Пришлите тему, до { $limit } знаков.
mms-field-picture-title = { -mark-draft } <b>Новая картинка</b>
mms-field-picture-hint = Пришлите фото либо файл PNG или JPEG до 20 МБ.

mms-err-empty = Пришлите картинку или текст: пустое MMS не отправить
mms-err-no-phones = Добавьте номер: MMS некому отправить
mms-err-too-long = Длиннее на { $excess ->
    [one] { $excess } знак
    [few] { $excess } знака
   *[other] { $excess } знаков
}: { $length } из { $limit }
mms-err-subject = Тема длиннее { $limit } знаков: { $length }
mms-err-not-picture = Это не картинка. Пришлите фото либо файл PNG или JPEG.
mms-err-broken = Файл повреждён или слишком велик. Нужен PNG или JPEG до 20 МБ.
mms-err-does-not-fit = Картинка не уместилась в 300 КБ. Пришлите другую.

mms-sent-line = { $time }. Статус MMS провайдер не обещает.
mms-sent-checked = { $time }. Статус MMS провайдер не обещает. Проверено в { $checked }.
mms-sent-unknown = { $time }. По этому MMS провайдер статус не даёт.
mms-status-by-id = Так провайдер ответил об этом ID. Статус MMS он не обещает: это может быть SMS с таким же ID.
mms-rejected-cant-send = Провайдер не принял содержание MMS.
mms-rejected-cant-send-next = Проверьте текст, тему и картинку.
mms-rejected-blocked-next = Перепишите текст.
mms-cause-cant-send = содержание
mms-many-line = Статус MMS провайдер не обещает.
mms-no-report-next = MMS могло дойти.
mms-not-delivered-line = Номер заблокирован, не существует или не принимает MMS.
mms-resend-title = { -mark-act } <b>Риск двойного MMS</b>
mms-unknown-cut = Связь оборвалась { $at }: MMS могло уйти. Сами не повторим.
mms-unknown-broken = Передача прервалась { $at }: MMS могло уйти. Сами не повторим.
mms-unknown-unclear = Провайдер ответил непонятно { $at }: MMS могло уйти.
mms-unknown-duplicate = Провайдер уже видел такое MMS: скорее всего, первое ушло.
mms-waiting-line = Провайдер не отвечает с { $since }. MMS не ушло, пробуем сами.
