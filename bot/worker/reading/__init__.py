"""Lists of phone numbers: documents are read in a process of their own (`process`), pasted text in a thread."""
