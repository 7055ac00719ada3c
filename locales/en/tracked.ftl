### A multicast that is sent one by one, with a report on each number.

track-btn-one-by-one = One by one, tracked
track-btn-plain = All at once
track-gather-title = { -mark-wait } <b>Gathering the numbers</b>
track-gather-line = Reading the bases. The preview will come by itself.
track-refused-title = { -mark-act } <b>Not one by one</b>
track-refused-protected = Base { $base } may not be read: only the provider knows its numbers.
track-refused-gone = The provider has no base { $base } any more.
track-refused-silent = The provider does not answer: the numbers cannot be read.
track-refused-many = More than a million numbers cannot be sent one by one.
track-refused-other = The provider did not give the numbers.
track-expired-title = { -mark-act } <b>The numbers are out of date</b>
track-expired-line = Their list is kept no longer. Gather it anew.
track-btn-anew = Gather anew
track-preview-line = One by one, each number tracked
track-preview-repeats = { $n } { $n ->
    [one] repeat
   *[other] repeats
} removed
track-preview-invalid = { $n } not a number
track-numbers = { $n ->
    [one] { $n } number, one by one
   *[other] { $n } numbers, one by one
}

track-held-title = { -mark-wait } <b>Held</b>
track-held-line = Starts: { $start }. Can be cancelled until then.
track-held-btn-undo = Cancel multicast
track-fill-title = { -mark-wait } <b>Getting ready</b>
track-fill-line = { $done } of { $total } ready. Nothing goes until all are.

track-sent-title = { -mark-go } <b>Sent { $n } of { $total }</b>
track-bar = { $bar } { $told }
track-delivered = delivered { $n }
track-refused = refused { $n }
track-doubts = outcome unknown { $n }
track-awaited = awaiting report { $n }
track-left = { $left } left
track-btn-pause = Pause
track-btn-report = Not delivered: file
caption-tracked = Not delivered: { $n }
failed-head-phone = Number
failed-head-state = State
failed-head-why = Cause
failed-head-code = Code
failed-head-raw = The provider's answer

send-paused-person-title = { -mark-pause } <b>Paused</b>
send-paused-person = The rest waits: resume it when you like.
