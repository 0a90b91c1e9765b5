"""Benches: each runs a real server in a process of its own and rings it over WebRTC."""
