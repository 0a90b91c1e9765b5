"""The calling side: rings a server over WebRTC as a caller does, speaks, listens, presses keys."""
