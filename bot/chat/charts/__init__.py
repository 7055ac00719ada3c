"""Charts as pictures: put into a reader's words here, drawn in a process of its own."""
