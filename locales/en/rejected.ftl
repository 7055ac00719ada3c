### Why the provider refused, and what to do: two lines for each of its error texts.

send-rejected-title = { -mark-fail } <b>Rejected</b>
send-rejected-raw = The provider's answer: { $raw }
send-rejected-cant-send-this-message = Text or sender was not accepted.
send-rejected-cant-send-this-message-next = Check mixed letters and the sender.
send-rejected-direction-is-closed = The provider has closed this direction.
send-rejected-direction-is-closed-next = Ask the provider or use another number.
send-rejected-unsupported-phone-number = The provider does not serve this number.
send-rejected-unsupported-phone-number-next = Check the number.
send-rejected-unsupported-sender = Sender { $sender } is not registered.
send-rejected-unsupported-sender-next = Pick another or order it from the provider.
send-rejected-phone-blacklisted = The number is on the provider's stop list.
send-rejected-phone-blacklisted-next = Drop it: retrying will not help.
send-rejected-blocked-text-message = Forbidden words or signs in the text.
send-rejected-blocked-text-message-next = Rewrite it and test it to yourself.
send-rejected-message-duplication = This text already went to this number.
send-rejected-message-duplication-next = To send again, change the text.
send-rejected-other = Refused for a reason we do not know.
send-rejected-other-next = Show the answer below to an owner.

send-paused-authentication-failure-title = { -mark-act } <b>Paused: login refused</b>
send-paused-authentication-failure = The provider refused the bot's login; not your fault. The owners know.
send-paused-your-credit-is-null-title = { -mark-act } <b>Paused: no money</b>
send-paused-your-credit-is-null = The account is out of money. Top it up and it goes on by itself.
send-paused-service-is-switched-off-title = { -mark-act } <b>Paused: gateway off</b>
send-paused-service-is-switched-off = The provider has switched the gateway off. Ask the provider to turn it on.
send-paused-refusals-title = { -mark-act } <b>Paused: { $n ->
    [one] { $n } refusal
   *[other] { $n } refusals
} in a row</b>
send-paused-refusals = Mostly: { $cause }.
send-paused-burst-title = { -mark-act } <b>Paused: the provider rejects SMS</b>
send-paused-burst = { $n } of the last { $m } were refused, over all sends. Latest cause: { $cause }.
send-paused-doubts-title = { -mark-act } <b>Paused: { $n ->
    [one] { $n } unknown outcome
   *[other] { $n } unknown outcomes
} in a row</b>
send-paused-doubts = The connection to the provider is not reliable. The rest waits for your decision.
send-paused-other-title = { -mark-act } <b>Paused</b>
send-paused-other = Sending has stopped. The rest waits for your decision.
