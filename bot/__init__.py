"""smsbot: a Telegram front end to the SMS provider SMS2."""
