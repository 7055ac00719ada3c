"""A second person's word on what is large."""
