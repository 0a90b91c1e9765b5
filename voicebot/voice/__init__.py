"""Calls: the audio pipeline, turn-taking and WebRTC. The only room that knows pipecat."""

from voicebot.voice.log import quiet

quiet()  # before pipecat is imported, which greets on import
