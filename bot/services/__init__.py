"""Use cases over one unit of work; no Telegram, no SQL."""
