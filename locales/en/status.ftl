### Questions to the provider: where a message is.

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
