"""The window; the only room that knows Qt.

May import services, render, config and domain.
"""
