"""A voicebot that answers a company's telephone when nobody is there."""

__version__ = "0.1.0"
