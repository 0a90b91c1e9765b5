"""The people a call is handed to: legs, and what became of each."""
