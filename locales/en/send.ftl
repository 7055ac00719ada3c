### A draft: from the first question to the preview, and its end when it is closed.

send-which-title = { -mark-draft } <b>What is this?</b>
send-which-subject = { $n ->
    [one] { $n } number inside
   *[other] { $n } numbers inside
}
send-which-line = Choose where it goes.
send-which-btn-phones = Take { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}
send-which-btn-text = It is the SMS text
send-plain-title = { -mark-draft } <b>Send this as an SMS?</b>
send-plain-btn-yes = Yes, pick a number

send-new-title = { -mark-draft } <b>New SMS</b>
send-ask-phones-subject = who to?
send-ask-phones-line = Send one number or several, with commas or on new lines.
send-ask-phones-hint = A contact works too: paperclip → Contact.
send-ask-phones-btn-self = To myself
send-ask-text-line = Send the text, up to { $limit } characters.
send-btn-over = Start over

send-preview-title = { -mark-draft } <b>Check the SMS</b>
send-preview-line = Not sent yet.
send-preview-undone = Taken back: nothing was sent.
send-preview-fixed = Fixed: { $what }.
send-preview-fixed-words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}
send-preview-fixed-signs = { $n ->
    [one] { $n } character
   *[other] { $n } characters
}
send-preview-cost = { $cost }
send-preview-cost-remains = { $cost }, { $remains } will remain
send-preview-parts = { $n } × { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
} = { $all }
send-preview-parts-cost = { $sum }, { $cost } in all
send-preview-sender = Sender: { $sender }
send-preview-size = { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}
send-preview-flash = flash
send-preview-not-flash = not flash
send-preview-repeats = { $n ->
    [one] { $n } repeat removed
   *[other] { $n } repeats removed
}
send-preview-note = { $n ->
    [one] { $n } character
   *[other] { $n } characters
}, { $script }: { $size } in one part
send-preview-script-latin = Latin (GSM-7)
send-preview-script-cyrillic = Cyrillic (UCS-2)
send-preview-script-special = special signs (UCS-2)
send-btn-confirm = Send
send-btn-confirm-many = Send to { $n }
send-btn-flash-on = Flash: on
send-btn-flash-off = Flash: off
send-btn-test = Test to me

send-test-queued = Test: queued
send-test-sending = Test: sending
send-test-sent = Test: sent { $time }, waiting for the report
send-test-delivered = Test: delivered { $time }
send-test-not-delivered = Test: not delivered
send-test-no-report = Test: no report
send-test-rejected = Test: rejected. { $cause }
send-test-in-doubt = Test: outcome unknown, it may have been sent. We will not repeat it.
send-test-cancelled = Test: nothing was sent

send-warn-title = { -mark-act } <b>Send anyway?</b>
send-warn-item = • { $line }
send-warn-btn-yes = Yes, send

send-field-text-title = { -mark-draft } <b>New text</b>
send-field-was = it was:
send-field-text-hint = Tap the text to copy it, then send the corrected one.
send-field-phones-title = { -mark-draft } <b>New recipients</b>
send-field-phones-hint = Send one number or several: this replaces the list.
send-field-sender-title = { -mark-draft } <b>New sender</b>
send-field-sender-was = now { $sender }
send-field-sender-hint = Send or pick one: 3–11 Latin letters and digits.
send-field-btn-add = Add to the list

send-blocked-title = { -mark-act } <b>Cannot be sent yet</b>
send-blocked-btn-fix = Fix all
send-blocked-btn-drop = Drop { $n } bad
send-btn-cheap = Replace: { $n ->
    [one] { $n } part
   *[other] { $n } parts
}

send-closed-title = { -mark-off } <b>Draft closed</b>
send-closed-line = Nothing was sent.
send-closed-btn-reopen = Reopen
