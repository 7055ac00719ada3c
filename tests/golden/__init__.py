"""Every card in both languages, as it stands in `ru/` and `en/`: text in Telegram's HTML, then rows of buttons."""
