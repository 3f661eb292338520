"""How hard a passphrase is to guess, roughly and in words."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Strength(StrEnum):
    """Three steps are all that an estimate like this can tell apart."""

    EASY = "easy"
    FAIR = "fair"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A step with its words."""

    strength: Strength
    words: str


_FAIR_BITS, _HARD_BITS = 32.0, 44.0
_FIRST, _EIGHTH, _TWENTIETH = 1, 8, 20
_MIXED_BITS = 6.0
_VERDICTS = {
    Strength.EASY: "Easy to guess. Four or five unrelated words are good.",
    Strength.FAIR: "Fair. One more word makes it much harder to guess.",
    Strength.HARD: "Hard to guess.",
}


def strength_of(passphrase: str) -> Verdict:
    """The step of a passphrase."""
    bits = guessing_bits(passphrase)
    step = (
        Strength.HARD
        if bits >= _HARD_BITS
        else Strength.FAIR
        if bits >= _FAIR_BITS
        else Strength.EASY
    )
    return Verdict(step, _VERDICTS[step])


def guessing_bits(passphrase: str) -> float:
    """Bits of what a person chose: far fewer than of as many random characters.

    The rule of NIST SP 800-63 (2006), appendix A: 4 bits for the first character, 2 for each up
    to the eighth, 1.5 up to the twentieth, 1 after that, and 6 for a mixture of cases with
    something that is no letter. What only repeats or goes on (``aaaa``, ``1234``, a word that
    was there already) counts for nothing here, which the rule leaves to a list of bad passwords.
    """
    length = _telling(passphrase)
    bits = 0.0
    for place in range(1, length + 1):
        if place <= _FIRST:
            bits += 4
        elif place <= _EIGHTH:
            bits += 2
        elif place <= _TWENTIETH:
            bits += 1.5
        else:
            bits += 1
    mixed = passphrase.lower() != passphrase != passphrase.upper()
    other = any(not c.isalpha() and not c.isspace() for c in passphrase)
    return bits + (_MIXED_BITS if mixed and other else 0.0)


def _telling(passphrase: str) -> int:
    """How many characters do not follow from those before them."""
    words = dict.fromkeys(passphrase.casefold().split())
    count = max(0, len(words) - 1)
    for word in words:
        steps = [ord(after) - ord(before) for before, after in pairwise(word)]
        goes_on = sum(abs(step) <= 1 and step == last for last, step in pairwise(steps))
        count += len(word) - goes_on
    return count
