"""The commands of `voicebot`, one a file."""
