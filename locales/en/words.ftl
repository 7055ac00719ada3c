### Words shared by several cards: states, roles, units, causes in one or two words.

state-queued = queued
state-sending = sending
state-sent = sent
state-delivered = delivered
state-not-delivered = not delivered
state-no-report = no report
state-rejected = rejected
state-in-doubt = outcome unknown
state-cancelled = cancelled

role-viewer = viewer
role-operator = operator
role-owner = owner

word-language = English
word-btn-language = English
word-recipients = { $n ->
    [one] { $n } recipient
   *[other] { $n } recipients
}
word-more = { $n } more
word-id = ID { $id }
word-at-time = at { $time }
word-on-day = on { $day }
word-card-below = ↓ Card below

unit-days = { $n } d
unit-hours = { $n } h
unit-minutes = { $n } min
unit-seconds = { $n } s
word-in = In { $duration }

cause-cant-send-this-message = text or sender
cause-direction-is-closed = direction closed
cause-unsupported-phone-number = number not served
cause-unsupported-sender = sender not registered
cause-phone-blacklisted = stop list
cause-blocked-text-message = forbidden text
cause-message-duplication = duplicate
cause-other = cause unclear

word-btn-back = Back
word-btn-close = Close
word-btn-again = Again
word-btn-new = New SMS
word-btn-text = Text
word-btn-to = To
word-btn-sender = Sender
word-btn-check = Check now
word-btn-resume = Resume
word-btn-stop = Stop
word-btn-list = List
word-btn-more = More
word-btn-reveal = Show number
word-btn-draft = To the draft
