"""Spoken French: numbers, telephone numbers, dates, names, addresses, yes and no. Pure."""
