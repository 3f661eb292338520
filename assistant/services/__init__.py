"""Use cases and jobs; the one place that builds the object graph.

May import every room below.
"""
