"""Makes exercises: the numbers and words by chance, the key by construction, the proof by others.

May import the domain, and the mathematics and music of the tutor. A key that is not recomputed
on another way is never given out.
"""

from assistant.tutor.making.maker import ExerciseMaker

__all__ = ["ExerciseMaker"]
