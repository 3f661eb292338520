"""Ways to an answer, step by step: reading them, computing them again, finding the first wrong one.

May import the domain, the mathematics of the tutor, numpy and sympy. Two kinds of ways are told
apart: algebra, where every line is an equation that has to say the same as the one before, and
word problems, where every step is a sentence or two with sums in it.
"""
