"""What was sent, and who did what."""
