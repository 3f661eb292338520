"""Exercises that a model proposes: what it is asked for, and what code makes of it.

A model names the matter alone: a formula, notes, a short program. Code frames the question as the
concept's own exercises do, finds the key by a solver, a music library or a run, and drops what does
not belong to the concept, was there before or gives its answer away. May import the domain.
"""
