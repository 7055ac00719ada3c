### Short answers to a press or a message, and news that calls a person.

alert-stale = Over 30 minutes old: check it and press again.
alert-outdated = The card has changed, so this press did nothing. Check it again.
alert-done = Already done.
alert-not-allowed-operator = For operators and owners. Your role: { $role }.
alert-not-allowed-owner = For owners only. Your role: { $role }.
alert-gone = This is gone. Open /history.
alert-own-phone = Send your number to the bot in private: the question is there.
alert-settings-author = Yours: /settings. These belong to { $name }.
alert-author = This draft belongs to { $name }.
alert-too-late = Too late: the provider already has it.
alert-too-late-mms = Too late: the provider already has it.
alert-number = Number: { $phone }
alert-flash = Flash: shown at once, often not saved
alert-flash-off = Flash is off: an ordinary SMS
alert-test = The test goes to { $phone }

err-fault-title = { -mark-act } <b>That did not work</b>
err-fault-subject = not your fault
err-fault-line = Try again. /history shows what had already gone. Code for an owner: { $code }
err-command = No such command. The list: /help
err-cancel = Nothing to cancel. Scheduled multicasts: /multicasts
err-kind = The bot does not read this kind of message.
err-kind-next = Texts, contacts, photos, PNG, JPEG and lists of numbers will do.
err-file = The bot has no use for this file.
err-file-next = Photos, PNG, JPEG and lists of numbers will do.
err-album = One MMS holds one picture: the first of the album was taken.
err-album-next = Send the others one by one: each becomes an MMS of its own.

alert-restart-title = { -mark-act } <b>After a restart</b>
alert-restart-unknown = { $n } SMS with unknown outcome
alert-restart-expired = { $n } SMS not sent in time
alert-restart-unknown-any = { $n ->
    [one] { $n } message
   *[other] { $n } messages
} with unknown outcome
alert-restart-expired-any = { $n ->
    [one] { $n } message
   *[other] { $n } messages
} not sent in time
alert-restart-btn-show = Show
alert-login-title = { -mark-act } <b>The provider refused the bot's login</b>
alert-login-line = Sending stands still, the queue is kept.
alert-login-next = Check SMSBOT_GATEWAY_USER and SMSBOT_GATEWAY_PASSWORD: it then goes on by itself.
