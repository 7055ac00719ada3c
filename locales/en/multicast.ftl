### A multicast: from the choice of bases to what became of it.

mc-new-title = { -mark-draft } <b>New multicast</b>
mc-bases-subject = which bases?
mc-bases-line = Choose bases or send part of a name.
mc-bases-chosen = Chosen: { $n }, { $total } numbers
mc-bases-filter = With "{ $part }" in the name: { $n }
mc-bases-page = Page { $n } of { $all }
mc-bases-asking = Asking the provider for the list.
mc-bases-silent = The provider did not answer. List of { $time }.
mc-bases-silent-never = The provider did not answer; there is no list of bases yet.
mc-bases-none = There are no bases yet: they are made on my.sms2.ru.
mc-bases-btn-next = Continue
mc-bases-btn-all = Show all
mc-bases-btn-refresh = Refresh
mc-bases-btn-prev = Prev
mc-bases-btn-more = Next

mc-btn-bases = Bases
mc-btn-time = Time
mc-btn-schedule = Schedule
mc-btn-start = Start: { $n }
mc-btn-keep = Keep as it was
mc-btn-move = Move
mc-btn-edit = Edit
mc-btn-cancel = Cancel

mc-when-title = { -mark-draft } <b>When to start?</b>
mc-when-line = Press or write: tomorrow at 10, Mon 9:30, in 2 hours.
mc-when-btn-now = Now
mc-when-btn-hour = In 1 hour
mc-when-btn-today = Today
mc-when-btn-tomorrow = Tomorrow
mc-hour-title = { -mark-draft } <b>At what hour?</b>
mc-hour-line = Press or write, for example: 9:30

mc-preview-title = { -mark-draft } <b>Check the multicast</b>
mc-preview-line = Not started.
mc-preview-edited = Will not go until you confirm. Was: { $was }
mc-preview-size = { $n ->
    [one] { $n } number
   *[other] { $n } numbers
} × { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}
mc-preview-size-all = { $size } = { $all }
mc-preview-cost = { $size }, ≈ { $cost }
mc-preview-now = Starts: as soon as it is confirmed
mc-preview-provider = Provider's clock: { $time } ({ $place })
mc-preview-skipped = There is no such time on that day: the clocks go forward. The nearest one was taken.
mc-preview-repeated = That time comes twice on that day: the clocks go back. The first one was taken.
mc-preview-overlap = A number in two bases counts twice: only the provider knows overlaps.
mc-preview-remains = { $available } available, { $remains } will remain
mc-start = Starts: { $start }, in { $left }
mc-start-soon = Starts: { $start }
mc-numbers = { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}
mc-closed-edit = Nothing was sent. The one of { $was } will not go either.

mc-warn-title = { -mark-act } <b>Schedule anyway?</b>
mc-warn-now-title = { -mark-act } <b>Start anyway?</b>
mc-warn-btn-yes = Yes, schedule
mc-warn-btn-yes-now = Yes, start
mc-warn-btn-morning = Move to { $time }
mc-warn-night = Starts at night: { $time }, quiet hours { $hours }
mc-warn-night-zone = Starts at night: { $time }, quiet hours { $hours } ({ $zone })
mc-warn-short = Short by { $sum }
mc-warn-same = This text went to { $base } { $at }
mc-warn-same-coming = This text is already scheduled to { $base } { $at }
mc-warn-empty = Base { $base } is empty
mc-warn-neighbour = { $base } has another multicast { $at }
mc-warn-neighbour-past = { $base } had another multicast { $at }

mc-err-unknown = No such base: { $names }
mc-err-unknown-many = No such bases: { $names }
mc-err-comma = The name "{ $base }" has a comma: this base cannot be sent to
mc-err-gone = The base is gone: { $names }
mc-err-gone-many = These bases are gone: { $names }
mc-err-passed = The start time has passed: { $time }. Choose another
mc-err-provider-hour = By the provider's clock ({ $place }) that hour comes twice. Choose another time
mc-err-past = That time has passed, it is { $now } now. For example: tomorrow at 10
mc-err-unreadable = I could not read the time. For example: tomorrow at 10
mc-err-unreadable-hour = I could not read the time. For example: 9:30
mc-err-not-a-time = The second line is no time: "{ $typed }". The text begins with the third

mc-held-title = { -mark-wait } <b>Held</b>
mc-held-until = Can be cancelled until { $time }; then the provider has it
mc-held-silent = No answer from the provider since { $time }. It was not handed over, we keep trying.
mc-held-tries = If not by { $time }, we stop and ask.
mc-held-btn-hand = Hand over now
mc-held-btn-cancel = Cancel multicast
mc-cancel-title = { -mark-act } <b>Cancel the multicast?</b>
mc-cancelled-title = { -mark-off } <b>Multicast cancelled</b>
mc-cancelled-line = The provider never had it.
mc-cancelled-edited = The provider never had it: a draft was opened instead.
mc-cancelled-btn-again = Again

mc-drift-title = { -mark-act } <b>The base changed</b>
mc-drift-line = Was { $was }, now { $now } ({ $change })
mc-drift-btn-start = Start for { $n }
mc-gone-title = { -mark-act } <b>The base is gone</b>
mc-gone-title-many = { -mark-act } <b>The bases are gone</b>
mc-gone-btn-pick = Pick bases
mc-asks-until = The multicast waits for you until { $time }.

mc-handing-title = { -mark-go } <b>Handing it over</b>
mc-handing-line = Cannot be cancelled from here any more.
mc-handed-title = { -mark-go } <b>With the provider</b>
mc-handed-line = Accepted { $time }, starts { $start }. Cannot be cancelled from here.
mc-handed-stop = To stop it at once: my.sms2.ru or the provider's support
mc-handed-marked = marked by hand: { $name }
mc-passed-title = { -mark-go } <b>Start time passed</b>
mc-passed-line = Should be running since { $time }. The provider gives no report.
mc-balance = Balance was { $before }, now { $after }

mc-missed-title = { -mark-act } <b>Missed</b>
mc-missed-down = The bot was down { $at }, it is { $now } now. Nothing was sent.
mc-missed-silent = The provider was silent until { $time }. Nothing was sent.
mc-missed-stopped = Sending was stopped until { $time }. Nothing was sent.
mc-missed-unanswered = The question about the base was not answered by { $time }. Nothing was sent.
mc-missed-edit = The edit was not confirmed by { $time }. Nothing was sent.
mc-missed-btn-now = Start now

mc-unknown-title = { -mark-unknown } <b>Outcome unknown</b>
mc-unknown-cut = The connection dropped at hand-over, { $at }. We will not repeat it.
mc-unknown-unclear = The provider's answer at hand-over, { $at }, made no sense. We will not repeat it.
mc-unknown-lost = The hand-over { $at } broke off, and no answer was seen. We will not repeat it.
mc-unknown-find = On my.sms2.ru look for a multicast of { $time } to { $bases }.
mc-unknown-find-now = On my.sms2.ru look for a multicast started { $at } to { $bases }.
mc-unknown-anew = A new draft was opened { $at }.
mc-unknown-btn-there = It is there
mc-unknown-btn-absent = It is not there
mc-risk-title = { -mark-act } <b>May go twice</b>
mc-risk-line = If the first one went, people get two SMS.
mc-risk-btn-anew = Create again

mc-rejected-title = { -mark-fail } <b>Multicast rejected</b>
mc-rejected-wrong-base = The provider found no such base.
mc-rejected-wrong-base-next = Choose the bases again.

mc-list-title = <b>Multicasts</b>
mc-list-held = { $n } waiting
mc-list-past-title = <b>Past multicasts</b>
mc-list-line = { $n }. { $time } – { $bases }, { $state }
mc-list-empty = Nothing is scheduled. A new one: /multicast
mc-list-past-empty = None yet.
mc-list-close = { $base }: two multicasts within 2 h
mc-list-btn-past = Past
mc-list-btn-coming = Coming
mc-list-btn-ics = Calendar .ics

mc-state-held = held
mc-state-handing-over = being handed over
mc-state-handed-over = with the provider
mc-state-passed = start time passed
mc-state-rejected = rejected
mc-state-in-doubt = outcome unknown
mc-state-missed = missed
mc-state-cancelled = cancelled

alert-mc-not-as-it-was = It can no longer go as it was: check the bases and the time. The edit is kept.
alert-mc-too-late = Too late: the provider has the multicast already, or it was taken off before.
