### What is wrong with a draft, or wants a second look: one line each.

err-mixed-latin = { $word }: латинская «{ $letter }» среди русских букв → { $repair }
err-mixed-cyrillic = { $word }: русская «{ $letter }» среди латинских букв → { $repair }
err-mixed-latin-many = { $word }: латинские «{ $letters }» среди русских букв → { $repair }
err-mixed-cyrillic-many = { $word }: русские «{ $letters }» среди латинских букв → { $repair }
err-mixed-apart = { $word }: русские и латинские буквы в одном слове. Разделите их пробелом
err-unencodable = Провайдер не передаст: { $signs }
err-unencodable-replaced = { $sign } → { $replacement }
err-unencodable-removed = { $sign } → уберём
err-too-long = Длиннее на { $excess ->
    [one] { $excess } знак
    [few] { $excess } знака
   *[other] { $excess } знаков
}: { $length } из { $limit }. Лишнее зачёркнуто
err-empty = Пришлите текст: пустое SMS не отправить
err-no-phones = Добавьте номер: SMS некому отправить
err-number = { $raw }: { $why }
err-number-digits = { $n ->
    [one] { $n } цифра
    [few] { $n } цифры
   *[other] { $n } цифр
}, нужно 11
err-number-foreign = не российский
err-number-letters = буквы внутри
err-number-empty = цифр нет
err-sender = Подпись «{ $sender }»: нужны 3–11 латинских букв и цифр, хотя бы одна буква
err-no-numbers = Номеров не нашлось. Например: 79119876543
err-not-text = Сейчас нужен текст: файлы и картинки пока не принимаются

warn-costly = Из-за «{ $sign }» получается { $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
} вместо { $instead }
warn-money = Денег не хватит: нужно { $needed }, есть { $available }
warn-same-text = Этот текст ушёл на этот номер { $at }: возможен отказ «дубль»
warn-same-text-many = Этот текст уже ушёл на { $n ->
    [one] { $n } номер
    [few] { $n } номера
   *[other] { $n } номеров
}, последний раз { $at }: возможен отказ «дубль»
warn-night = Сейчас ночь ({ $hours }, { $zone })
warn-night-later = Часть уйдёт ночью ({ $hours }, { $zone })
