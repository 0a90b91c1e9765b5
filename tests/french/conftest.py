"""Properties take the time they take: a loaded machine fails no test."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
