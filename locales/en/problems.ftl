### What is wrong with a draft, or wants a second look: one line each.

err-mixed-latin = { $word }: a Latin { $letter } among Russian letters → { $repair }
err-mixed-cyrillic = { $word }: a Russian { $letter } among Latin letters → { $repair }
err-mixed-latin-many = { $word }: Latin { $letters } among Russian letters → { $repair }
err-mixed-cyrillic-many = { $word }: Russian { $letters } among Latin letters → { $repair }
err-mixed-apart = { $word }: Russian and Latin letters in one word. Put a space between
err-unencodable = The provider cannot carry: { $signs }
err-unencodable-replaced = { $sign } → { $replacement }
err-unencodable-removed = { $sign } → removed
err-too-long = { $excess ->
    [one] { $excess } character
   *[other] { $excess } characters
} too many: { $length } of { $limit }. The rest is struck out
err-empty = Send a text: an empty SMS cannot go
err-no-phones = Add a number: there is nobody to send to
err-number = { $raw }: { $why }
err-number-digits = { $n ->
    [one] { $n } digit
   *[other] { $n } digits
}, 11 needed
err-number-foreign = not Russian
err-number-letters = letters inside
err-number-empty = no digits
err-sender = Sender "{ $sender }": 3–11 Latin letters and digits needed, at least one letter
err-no-numbers = No numbers found. For example: 79119876543
err-not-text = A text is needed now: files and pictures are not taken yet

warn-costly = Because of "{ $sign }" it takes { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}, not { $instead }
warn-money = Not enough money: { $needed } needed, { $available } left
warn-same-text = The same text went to this number { $at }: it may be refused
warn-same-text-many = The same text went to { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}, last { $at }: it may be refused
warn-night = It is night there ({ $hours }, { $zone })
warn-night-later = Part of it will go at night ({ $hours }, { $zone })
