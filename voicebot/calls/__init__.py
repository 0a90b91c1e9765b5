"""A call's conversation, its journal and its live events."""
