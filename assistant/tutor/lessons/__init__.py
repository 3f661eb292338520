"""Lessons that a model writes: in which shape, and what code makes sure of in them.

``drafts``: what the model fills in and how it is asked; ``checking``: sums recomputed, programs
run, exercises proved; ``text``: a checked lesson as it is kept.
"""
