"""Teaching as pure logic over values: what to ask, whether it is right, what is known.

May import the domain, numpy, sympy, math-verify, music21, fsrs and the like. It knows no model,
no database and no clock: the services hand it what it needs.
"""
