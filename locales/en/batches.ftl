### Several recipients on one card.

send-many-sent-title = { -mark-go } <b>Sent { $n } of { $total }</b>
send-many-delivered-title = { -mark-act } <b>Delivered { $n } of { $total }</b>
send-many-all-title = { -mark-ok } <b>All { $total } delivered</b>
send-many-went = { $n } of { $total } went
send-many-went-rest = { $n } of { $total } went, the rest stays queued
send-many-count = { $what } { $n }
send-many-awaited = awaiting a report { $n }
send-many-line = { $phone } – { $state }
send-many-line-reason = { $phone } – { $state } – { $reason }
send-many-btn-retry = Retry { $n }
