### Phone bases: the list, one base, what the provider says about it; and imports of lists into them.

word-numbers = { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}
word-btn-prev = Prev
word-btn-next = Next

base-list-title = <b>Bases</b>
base-list-count = { $count }, { $phones } numbers
base-list-line = Pick a base or send part of its name.
base-list-found = Found by "{ $query }". Pick a base.
base-list-none = Nothing found by "{ $query }". Send another part of the name.
base-list-empty = There are no bases. New ones are made at my.sms2.ru.
base-list-phone = { $phone } will be looked for in the base you pick.
base-list-silent = The provider did not answer: the list may have changed.
base-waiting = asking the provider
base-mark-protected = protected
base-mark-comma = comma

base-title = <b>{ $base }</b>
base-unknown = base
base-as-of = As of { $time }
base-protected = Protected: for multicasts only
base-comma = A comma in its name: cannot be sent to
base-busy = Asking the provider.
base-no-phones = No numbers in the base.
base-gone-title = { -mark-act } <b>The base is gone</b>
base-gone-line = The provider knows no base of that name. Pick another one.

base-btn-all = All bases
base-btn-refresh = Refresh
base-btn-check = Check number
base-btn-add = Add
base-btn-remove = Remove
base-btn-phones = Numbers
base-btn-file = Download
base-btn-multicast = Multicast
base-btn-import = Import

base-ask-check-title = <b>Check a number</b>
base-ask-check = Send a number: we will say whether it is in the base.
base-ask-add-title = <b>Add numbers</b>
base-ask-add = Send a number or a list. More than 20 numbers are checked first.
base-ask-remove-title = <b>Remove a number</b>
base-ask-remove = Send the number to remove.
base-ask-import-title = <b>Import</b>
base-ask-import = Send a file (CSV, TXT, XLSX, ODS, vCard up to 20 MB) or a list as text.
base-ask-file-title = <b>Download the numbers</b>
base-ask-file = In which form?

base-remove-title = { -mark-act } <b>Remove from the base?</b>
base-remove-line = Base { $base }. Only a person can put the number back.
base-in-title = { -mark-ok } <b>In { $base }</b>
base-out-title = <b>Not in { $base }</b>
base-removed-title = { -mark-ok } <b>Removed from { $base }</b>
base-added-title = { -mark-ok } <b>Added to { $base }</b>
base-not-added-title = { -mark-fail } <b>Not added to { $base }</b>
base-added-some = { $n } of { $total }
base-rejected = The provider refused { $n ->
    [one] { $n } number: perhaps already in the base.
   *[other] { $n } numbers: perhaps already in the base.
}
base-skipped = Not numbers: { $rows }

base-failed-title = { -mark-fail } <b>That did not work</b>
base-error-silent = The provider did not answer, not your fault.
base-error-silent-next = Try again: a repeat does no harm.
base-error-authentication-failure = The provider refused the bot's login, not your fault.
base-error-authentication-failure-next = Tell an owner: login and password need a check.
base-error-service-is-switched-off = The provider has switched the gateway off.
base-error-service-is-switched-off-next = Its support can switch it on.
base-error-wrong-base = The provider knows no such base.
base-error-wrong-base-next = Refresh the list: it may have been renamed or deleted.
base-error-base-is-protected = The base is protected: it can neither be read nor changed.
base-error-base-is-protected-next = It can only be sent to by multicasts.
base-error-wrong-phone-number = The provider does not take this number.
base-error-wrong-phone-number-next = Check its digits.
base-error-cant-add-phone-number = The provider did not add the number: perhaps it is in the base already.
base-error-cant-add-phone-number-next = A button of the base checks that.
base-error-cant-remove-phone-number = The provider did not remove the number: perhaps it is not in the base.
base-error-cant-remove-phone-number-next = A button of the base checks that.
base-error-unencodable = The base's name has characters that the provider's gateway cannot carry.
base-error-unencodable-next = Rename the base at my.sms2.ru.
base-error-other = The provider refused for a reason we do not know.
base-error-other-next = Try later or ask the provider's support.

import-title = { -mark-draft } <b>Import</b>
import-which = into which base?
import-contacts = Take the numbers for an SMS, or pick a base to add them to.
import-waiting = Asking the provider for the bases.
import-ask-silent = The provider did not answer: no bases to show yet.
import-file = File: { $file }
import-pasted = A list from a message
import-reading = Reading the list. Nothing added yet.
import-verdict-title = { -mark-draft } <b>Check the import</b>
import-none-title = { -mark-act } <b>No numbers found</b>
import-verdict-line = Nothing added yet. { $valid } of { $rows } fit
import-verdict-duplicates = repeats { $n }
import-verdict-empty = empty { $n }
import-verdict-invalid = wrong { $n }
import-column-title = { -mark-draft } <b>Which column has the numbers?</b>
import-btn-add = Add { $n }
import-btn-bad = Bad rows
import-btn-column = Column: { $n }
import-btn-pause = Pause
import-btn-refused = Refused
import-btn-open = Open base
import-bad-row = row { $row }: { $raw } – { $why }
import-bad-empty = no digits
import-bad-letters = letters inside
import-bad-foreign = not Russian
import-bad-few = too few digits: { $n }
import-bad-many = too many digits: { $n }
import-bad-head-row = Row
import-bad-head-raw = What it has
import-bad-head-why = Cause
import-bad-more = Not all of them: { $n ->
    [one] { $n } more row is left out
   *[other] { $n } more rows are left out
}

import-refused-title = { -mark-act } <b>The list was not read</b>
import-refused-broken = The file is broken. Save it anew and send it again.
import-refused-encrypted = The file has a password. Take it off and send the file again.
import-refused-no-numbers = Not one row looks like a number. Check whether this is the right file.
import-refused-not-a-table = This is no list. CSV, TXT, XLSX, ODS or vCard is needed.
import-refused-too-large = The file is too large: up to 20 MB and 2,000,000 rows. Split it.
import-refused-too-long = Reading the file took too long. Save it as CSV.
import-refused-download = Telegram did not hand the file out. Send it again.

import-run-title = { -mark-go } <b>Import { $percent }</b>
import-paused-title = { -mark-pause } <b>Import paused { $percent }</b>
import-stuck-title = { -mark-act } <b>Import paused { $percent }</b>
import-progress = { $bar } { $done } of { $total }
import-progress-left = { $bar } { $done } of { $total }, { $left } left
import-rate = ≈ { $n } a minute
import-silent = The provider does not answer, waiting.
import-done-title = { -mark-ok } <b>Import finished</b>
import-stopped-title = { -mark-off } <b>Import stopped</b>
import-done-line = { $added } added, { $rejected } refused by the provider.
import-done-all = { $added } added.
import-left-line = Never reached the provider: { $n }.
import-done-total = { $total } in the base
import-repeated = Some numbers went twice: the refused ones may be in the base already.
import-closed-title = { -mark-off } <b>Import closed</b>
import-closed-line = Nothing was added.

caption-base = { $base }: { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}
caption-bad-rows = Rows without a number
caption-bad-rows-cut = Rows without a number: the first { $n } of { $total }
caption-refused = Numbers that the provider refused
