"""On call: opening hours and what is urgent. Pure."""
