"""Colours, fonts, icons and the style of the window.

``tokens`` is the table, ``theme`` applies it and tells when it changes, ``icons`` draws. May import
config and domain; imported before the first paint, so nothing heavy.
"""
