"""Answers as mathematics: reading them, comparing them with a key, and saying what is missing.

``read`` turns what somebody typed (plain, LaTeX, Unicode) into a tree that keeps the form;
``grade`` says what an answer is worth; ``bugs_behind`` names the wrong idea that leads to one.
Nothing that was typed is ever run as a program, sizes are bounded before anything is computed, and
equality is decided by values at many points to sixty digits, so that no answer can make it hang.
"""

from assistant.tutor.maths.bugs import BUGS, Bug, bugs_behind
from assistant.tutor.maths.grading import grade
from assistant.tutor.maths.reading import Reading, expression, read, readings
from assistant.tutor.maths.sampling import Comparison
from assistant.tutor.maths.trouble import Trouble

__all__ = [
    "BUGS",
    "Bug",
    "Comparison",
    "Reading",
    "Trouble",
    "bugs_behind",
    "expression",
    "grade",
    "read",
    "readings",
]
