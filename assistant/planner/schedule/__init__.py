"""Placing work in time: the week of a person, and projects with limited resources.

Everything is counted in whole slots from a moment on; ``slots`` turns moments with zones into them
and back. ``solve.solve`` goes up a ladder of ways (list scheduling, CP-SAT, local search), and
``checker`` holds what comes of it against the rules without sharing code with them.
"""
