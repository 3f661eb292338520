"""Recomputes the keys of generated exercises by plain arithmetic, for check_generated.py.

Nothing here is shared with what made or proved them: no computer algebra, no music library and none
of the tutor's own theory.
"""
