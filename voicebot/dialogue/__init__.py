"""Conversations: flows, the state of one, and the pure engine that advances it."""
