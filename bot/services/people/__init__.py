"""Who may do what, and who stands at the door."""
