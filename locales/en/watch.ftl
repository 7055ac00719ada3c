### What people are called for: money, troubles of the provider, bursts of rejections; what they choose, and the morning's summary.

help-cmd-alerts = alerts

watch-title = <b>Alerts</b>
watch-here = this chat
watch-now = { $money } can be spent now
watch-now-until = { $money } can be spent now, enough until about { $until }
watch-none = No thresholds: the bot will not speak of money.
watch-when = The bot tells you when:
watch-money = • { $money } or less is left
watch-days = • the money lasts { $n ->
    [one] { $n } day
   *[other] { $n } days
} or less
watch-always = owners always
watch-told = told: { $time }
watch-troubles-on = Trouble at the provider: tell
watch-troubles-off = Trouble at the provider: keep quiet
watch-troubles-off-owner = Trouble at the provider: keep quiet, except of a refused login
watch-quiet = Without a sound: { $hours }
watch-quiet-off = Without a sound: never
watch-digest = Morning summary: { $hour }
watch-digest-off = Morning summary: off
watch-full = There are six thresholds already. Remove one, then add another.
watch-refused = “{ $said }” is no threshold. For example: /alerts 1000 or /alerts 3d

watch-btn-money = Add an amount
watch-btn-days = Add days
watch-btn-remove = Remove a threshold
watch-btn-quiet = Quiet hours
watch-btn-digest = Summary
watch-btn-troubles-on = Tell me of trouble
watch-btn-troubles-off = Do not tell me of trouble
watch-btn-off = Turn off
watch-btn-never = Never
watch-btn-of-days = { $n } d
watch-btn-drop-days = Lasts: { $n } d

watch-ask-money-title = { -mark-draft } <b>At which amount?</b>
watch-ask-money-line = It is all that can be spent, the overdraft included. Press one or send an amount like 1000.
watch-ask-money-refused = An amount in roubles is needed, like 1000; “{ $said }” came.
watch-ask-days-title = { -mark-draft } <b>At how many days left?</b>
watch-ask-days-line = Counted at the pace of the last 7 days. Press one or send a number of days like 3.
watch-ask-days-refused = A number of days from 1 to 90 is needed, like 3; “{ $said }” came.
watch-ask-quiet-title = { -mark-draft } <b>When without a sound?</b>
watch-ask-quiet-line = Alerts come in these hours too, but without a sound. Press one or send hours like 22-09.
watch-ask-quiet-refused = Two hours are needed, like 22-09; “{ $said }” came.
watch-ask-digest-title = { -mark-draft } <b>When does the summary come?</b>
watch-ask-digest-line = Once a day: money, spending, what is scheduled and how it went. Press one or send an hour like 9.
watch-ask-digest-refused = An hour from 0 to 23 is needed, like 9; “{ $said }” came.
watch-ask-remove-title = { -mark-draft } <b>Remove which threshold?</b>
watch-ask-remove-line = Press it, and it is gone.

watch-low-title = { -mark-act } <b>Money is low</b>
watch-low-subject = { $money } can be spent
watch-low-line = Top up the account at the provider, or sending will stop.
watch-zero-title = { -mark-act } <b>Out of money</b>
watch-zero-subject = { $money } left
watch-zero-line = Top up the account at the provider: there is nothing to send with.
watch-account = { $balance } on the account, sending is cut off at { $overdraft }
watch-until = Enough until about { $until }
watch-booked = Scheduled: { $what }
watch-booked-cost = ≈ { $money }
watch-booked-recipients = { $n ->
    [one] { $n } number
   *[other] { $n } numbers
}
watch-booked-parts = { $n ->
    [one] { $n } part
   *[other] { $n } parts
}
watch-short = { $money } is missing for that
watch-enough = The money covers that
watch-uncovered = Not enough for multicast "{ $bases }", { $time }: needs { $money }
watch-uncovered-more = { $told }, nor for { $n ->
    [one] { $n } more multicast
   *[other] { $n } more multicasts
}
watch-btn-multicasts = Multicasts
watch-levels = Threshold: { $what }
watch-level-days = { $n } d
watch-recovered-title = { -mark-ok } <b>There is money again</b>
watch-recovered-line = It can be spent. Should it run low again, the bot will tell you.

watch-gateway-title = { -mark-act } <b>The provider does not answer</b>
watch-gateway-since = since { $time }
watch-gateway-line = Sending waits, and goes on by itself once it answers.
watch-gateway-next = If it takes long, check the bot's network and SMSBOT_GATEWAY_URL.
watch-gateway-over-title = { -mark-ok } <b>The provider answers again</b>
watch-gateway-over-line = There was no answer for { $span }. The queue goes on.
watch-login-over-title = { -mark-ok } <b>The provider takes the login again</b>
watch-login-over-line = The queue goes on.

watch-burst-title = { -mark-act } <b>The provider rejects SMS</b>
watch-burst-subject = { $n } of { $m }
watch-burst-paused = Paused: { $n ->
    [one] { $n } send
   *[other] { $n } sends
}. Check the cause, then decide.
watch-burst-nothing = There is nothing to pause: nothing else is being sent.
watch-burst-cause = Latest cause: { $cause }
watch-burst-resumed-title = { -mark-go } <b>Sending goes on</b>
watch-burst-stopped-title = { -mark-off } <b>Sending has been stopped</b>
watch-burst-decided = Decision: { $by }, { $time }.
watch-burst-btn-list = List of refusals

watch-digest-title = <b>Summary</b>
watch-digest-money = { $money } can be spent, { $balance } on the account
watch-digest-unknown = The balance is not known yet: the provider has not answered.
watch-digest-spent = Spent in a day: { $money }
watch-digest-sends = Sends in a day: { $what }
watch-digest-none = No sends in a day
watch-digest-failed = not to everybody: { $n }
watch-digest-doubt = outcome unknown: { $n }
watch-digest-going = still going: { $n }

audit-watcher-set = alerts
