"""Calls: the audio pipeline, turn-taking and WebRTC. The only room that knows pipecat."""
