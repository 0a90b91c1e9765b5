"""`voicebot demo`: scripted callers ring a real server, and what became of each is checked."""
