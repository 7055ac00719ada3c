### Several recipients on one card.

send-many-sent-title = { -mark-go } <b>Отправлено { $n } из { $total }</b>
send-many-delivered-title = { -mark-act } <b>Доставлено { $n } из { $total }</b>
send-many-all-title = { -mark-ok } <b>Доставлены все { $total }</b>
send-many-went = ушло { $n } из { $total }
send-many-went-rest = ушло { $n } из { $total }
send-many-count = { $what } { $n }
send-many-awaited = ждут отчёта { $n }
send-many-line = { $phone } – { $state }
send-many-line-reason = { $phone } – { $state } – { $reason }
send-many-btn-retry = Повторить: { $n }
