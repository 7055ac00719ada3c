### A second person's word on what is large.

appr-btn-ask = Ask approval
appr-preview-line = Takes a second person: it leaves once approved.
appr-warn-title = { -mark-act } <b>Ask approval anyway?</b>
appr-late = Too close to its start: it had to be approved by { $time }. Choose another time

appr-ask-title = { -mark-act } <b>Approval needed</b>
appr-ask-line = Author: { $author }. { $size }
appr-size-mms = { $n ->
    [one] MMS to { $n } number
   *[other] MMS to { $n } numbers
}
appr-start = Starts: { $start }
appr-start-now = Starts: once approved
appr-until = Decide by { $time }
appr-stopped = Sending is stopped: what is approved waits until it is resumed.
appr-btn-yes = Approve
appr-btn-no = Reject
appr-why-title = { -mark-act } <b>Why not?</b>
appr-why-line = Press or write a reason: the author will see it.
appr-btn-base = Base
appr-btn-phones = Numbers
appr-reason = Reason: "{ $reason }"
appr-reason-text = wrong text
appr-reason-time = wrong time
appr-reason-base = wrong base
appr-reason-phones = wrong numbers

appr-author-title = { -mark-wait } <b>Awaiting approval</b>
appr-asked = Asked: { $names }.
appr-nobody-reached = Nobody can approve: none of them has opened the bot.
appr-nobody-else = Nobody can approve: there are no other operators or owners.
appr-queued-line = It leaves once a second person approves.
appr-btn-edit = Edit
appr-btn-withdraw = Withdraw
appr-btn-alone = Approve alone
appr-alone-title = { -mark-act } <b>Approve without a second person?</b>
appr-alone-line = Nobody else will check it. The audit keeps a line of it.
appr-btn-alone-yes = Yes, approve

appr-approved-title = { -mark-ok } <b>Approved</b>
appr-decision = Decision: { $by }, { $time }.
appr-approved-line = Approval: { $by }, { $time }.
appr-approved-solo = Approval without a second person: { $by }, { $time }.
appr-refused-title = { -mark-off } <b>Not approved</b>
appr-withdrawn-title = { -mark-off } <b>Request withdrawn</b>
appr-withdrawn-line = Taken back by its author.
appr-withdrawn-edited = The author changed it.
appr-withdrawn-changed = It is no longer what was shown.
appr-expired-line = Time is up: nobody answered.
appr-nothing-left = Nothing was sent.

appr-drift-line = It is more than was agreed to: it takes a new approval.
mc-state-awaiting-approval = awaiting approval
caption-approval = The picture of what needs approval

alert-appr-own = Somebody else must approve your own send.
alert-appr-late = Time is up: the request is withdrawn, nothing was sent.
alert-appr-changed = It is no longer what was shown: the request is withdrawn, nothing was sent.
alert-appr-author = Only its author may edit or withdraw it: { $name }.
alert-appr-not-alone = There is somebody to approve it: the decision is another person's.
