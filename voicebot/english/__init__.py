"""Spoken English: numbers, telephone numbers, names, days, yes and no. Pure."""
