"""The chat wing: updates into rows, rows into cards."""
