"""Ears and mouths: speech to text and text to speech; they know nothing of pipecat."""
