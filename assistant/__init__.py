"""Lamplight: a tutor and planner that runs entirely on the user's own machine."""

__version__ = "0.1.0"
