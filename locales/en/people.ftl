### Who is here and how they like it: the first word, help, strangers, language, settings.

start-title = <b>SMS from Telegram</b>
start-first-title = <b>You have access</b>
start-line = A number and a text in one line:
start-example = /send 79119876543 Your order is ready
start-hint = A contact, a list of numbers or a photo works too.
start-role = Your role: { $role } · time zone: { $zone }
start-btn-balance = Balance
start-btn-help = Help

help-title = <b>Commands</b>
help-line = /{ $command } { $about }
help-examples = Examples:
help-example-send = /send 79119876543 Заказ готов
help-example-status = /status 27460
help-example-bases = /bases VIP 79119876543
help-cmd-send = send an SMS
help-cmd-multicast = send to phone bases
help-cmd-multicasts = scheduled and past
help-cmd-status = where a message is
help-cmd-bases = phone bases
help-cmd-history = everything sent
help-cmd-balance = money on the account
help-cmd-settings = settings
help-cmd-language = language
help-cmd-audit = who did what
help-cmd-cancel = close the draft
help-cmd-help = this help

stranger-title = { -mark-act } <b>Someone new</b>
stranger-line = id { $id }. The bot did not answer.
stranger-line-named = id { $id }, @{ $username }. The bot did not answer.
stranger-hint = Names are easily faked: check the id with the person.
stranger-btn-admit = Give access
stranger-btn-ignore = Ignore
stranger-btn-viewer = Viewer
stranger-btn-operator = Operator
stranger-btn-owner = Owner
stranger-granted-title = { -mark-ok } <b>Access given</b>
stranger-granted-line = Role: { $role }. Decision: { $by }, { $time }.
stranger-ignored-title = { -mark-off } <b>Access not given</b>
stranger-ignored-line = Decision: { $by }, { $time }.

language-title = <b>Language</b>
language-line = Choose the bot's language.

settings-title = <b>Settings</b>
settings-language = Language: { $language }
settings-zone = Time zone: { $zone }
settings-phone = Your number: { $phone }
settings-phone-none = Your number: not set
settings-btn-language = Language
settings-btn-zone = Time zone
settings-btn-sender = Sender
settings-btn-phone = Your number
settings-ask-language-title = { -mark-draft } <b>Language</b>
settings-ask-language-line = Choose the bot's language.
settings-ask-zone-title = { -mark-draft } <b>Time zone</b>
settings-ask-zone-line = Pick one or write a city, for example: Berlin
settings-ask-sender-title = { -mark-draft } <b>Sender</b>
settings-ask-sender-line = Send the name: 3–11 Latin letters and digits.
settings-ask-phone-title = { -mark-draft } <b>Your number</b>
settings-ask-phone-line = Press "Share my number" under the input field.
settings-now = now { $value }
settings-zone-refused = No such zone. Write a city, for example: Berlin

settings-own-title = { -mark-draft } <b>Your number</b>
settings-own-line = Needed to send an SMS to yourself. Press "Share my number" under the input field.
settings-own-contact = Share my number
settings-own-saved-title = { -mark-ok } <b>Your number is saved</b>
settings-own-left = Your number is not saved yet.
settings-own-refused-title = { -mark-act } <b>This is not your number</b>
settings-own-refused-line = Your own contact is needed: press "Share my number" under the input field.
