"""Multicasts: composed, held, handed over, or sent one by one."""
