"""The two counterparts, emulated: the SMS2 gateway and the Telegram Bot API, with a chat page."""
