"""An async client of the SMS2 HTTP API."""
