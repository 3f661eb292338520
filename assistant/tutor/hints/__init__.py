"""Help that keeps the answer back: four rungs, what each costs, and a guard over every word.

``ladder``: which rung may be shown now, and what it costs; ``leaks``: whether a text holds the
answer, by code and not by asking a model; ``held_back``: a stream of which only whole, clean
sentences get through.
"""

from assistant.tutor.hints.held_back import HeldBack
from assistant.tutor.hints.ladder import Ladder, RungState, RungView
from assistant.tutor.hints.leaks import Guard, Leak

__all__ = ["Guard", "HeldBack", "Ladder", "Leak", "RungState", "RungView"]
