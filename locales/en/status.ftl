### Questions to the provider: where a message is, how much money is left.

status-list-title = <b>Latest messages</b>
status-list-line = { $n }. { $phone } – { $state }, { $time }
status-list-empty = Nothing has been sent yet.
status-title = <b>Status</b>
status-asking = Asking the provider.
status-foreign-line = Not sent by this bot: we have neither number nor text.
status-foreign-answer = The provider answered { $at }
status-failed = The provider did not answer. Try again.
status-unknown-id = No ID { $query } was found. Check the digits.
status-neither = This is neither a number nor an ID: { $query }
status-neither-next = Send one of the two, for example: <code>/status 79119876543</code> or <code>/status 27460</code>
status-no-id = This is not an ID: { $query }
status-no-id-next = Send the ID as my.sms2.ru shows it, for example: <code>27460</code>
status-unknown-both = Neither a number nor an ID { $query } was found. Check the digits.

balance-title = <b>Available</b>
balance-line = Balance { $balance }, sending stops at { $overdraft }
balance-waiting-title = <b>Balance</b>
balance-waiting-subject = asking the provider
balance-silent-subject = no answer
balance-last = Last known: { $available } { $at }.
balance-silent = The provider did not answer. Last known: { $available } { $at }.
balance-silent-never = The provider did not answer. Try later.
balance-btn-refresh = Refresh
