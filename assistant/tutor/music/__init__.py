"""Music theory of our own: spelling, intervals, scales, chords, Roman numerals; and grading.

May import the domain. Notes are text: ``C4``, ``F#``, ``Bb3``; nothing is played or drawn.
"""

from assistant.tutor.music.grading import grade_notes

__all__ = ["grade_notes"]
