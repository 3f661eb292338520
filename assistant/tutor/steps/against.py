"""What a comparison with a right way shows of each step."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from assistant.tutor.steps.formula import (
    Formula,
    Name,
    Number,
    joined,
    names_in,
    numbers_in,
    root_of,
)
from assistant.tutor.steps.known import CONSTANTS, Known, pairs_of
from assistant.tutor.steps.reading import Sentence
from assistant.tutor.steps.routes import on_route, routes_of
from assistant.tutor.steps.unknowns import unknowns_right
from assistant.tutor.steps.way import Sum, Way, last_answer, numbers_of, replayed, values_of

_SCALES = tuple(Fraction(value) for value in (60, 100, 1000, 12, 7, 3600, 24))
_MOST_OPERANDS = 6
_PAIR = 2
_PLAIN_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "is",
        "are",
        "was",
        "were",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "for",
        "and",
        "so",
        "on",
        "at",
        "that",
        "this",
        "we",
        "can",
        "has",
        "have",
        "had",
        "be",
        "by",
        "with",
        "as",
        "there",
        "will",
        "which",
        "from",
        "total",
        "how",
        "many",
        "much",
        "then",
        "each",
        "if",
    ]
)
_SHORT = 2


def telling(words: Sequence[str]) -> frozenset[str]:
    """The words that say what a sentence is about, without the s of a plural."""
    kept = (word for word in words if word not in _PLAIN_WORDS and len(word) > _SHORT)
    return frozenset(word.rstrip("s") for word in kept)


class Against:
    """Signs from a comparison with a right way; to be asked for the steps in order."""

    def __init__(self, way: Way, known: Known) -> None:
        self._way = way
        self._known = known
        self._lines = [telling(line.words) for line in way.reference]
        self._line_values = [
            frozenset(value for chain in line.chains for value in values_of(chain))
            for line in way.reference
        ]
        self._order: dict[Fraction, int] = {}
        for number, values in enumerate(self._line_values):
            for value in values:
                self._order.setdefault(value, number)
        self._unknowns = unknowns_right(way.steps, known)
        self._route = on_route(way.steps, routes_of(way.reference), known.given)
        self._repairs, self._true_repairs = _repairs(way, known)
        self._foreign: set[Fraction] = set()
        self._bad_steps = self._ill_steps = self._off_bad_steps = self._bad_roots = 0
        self._furthest = -1
        self._reached = False
        self._all_good = True

    def row(self, place: int) -> dict[str, float]:
        """The signs of one step."""
        step = self._way.steps[place]
        results = [value for chain in step.chains for value in values_of(chain)]
        named = numbers_of(step)
        new = [
            mention.number.value
            for mention in step.mentions
            if mention.number.value not in CONSTANTS and mention.number.value not in results
        ]
        values = results + [value for value in new if value not in self._known.given]
        bad = [
            value
            for value in values
            if value not in self._known.right_numbers and value not in self._known.given
        ]
        row = self._foreign_values(place, values, bad, named)
        row |= self._operations(place, step)
        row |= self._lines_of(step, values, frozenset(named) | set(results))
        row |= self._equations(place, step)
        row |= self._progress(place, results, named)
        good = bool(values) and not bad
        row |= {"good": any(v in self._known.right_numbers for v in values), "allgood": good}
        row["allbefore_ok"] = self._all_good
        self._all_good = self._all_good and (good or not step.chains)
        self._foreign |= set(bad)
        self._bad_steps += bool(bad)
        return row

    def _foreign_values(
        self,
        place: int,
        values: list[Fraction],
        bad: list[Fraction],
        named: Sequence[Fraction],
    ) -> dict[str, float]:
        known, route = self._known, self._route[place]
        ill = [value for value in values if value not in known.route and value not in known.given]
        self._ill_steps += bool(ill)
        off_bad = route is False and bool(bad)
        self._off_bad_steps += off_bad
        fresh = [value for value in bad if value not in self._foreign]
        return {
            "bad": bool(bad),
            "firstbad": bool(bad) and self._bad_steps == 0,
            "secondbad": bool(bad) and self._bad_steps == 1,
            "laterbad": bool(bad) and self._bad_steps > 1,
            "badfar": any(value not in known.near for value in bad),
            "laterill": self._ill_steps - bool(ill) > 0,
            "illfar": any(value not in known.near for value in ill),
            "illunit": any(
                v * k in known.route or v / k in known.route for v in ill for k in _SCALES
            ),
            "depbad": any(value in self._foreign for value in named),
            "off": route is False,
            "off_good": route is False and not bad,
            "off_bad": off_bad,
            "firstoffbad": off_bad and self._off_bad_steps == 1,
            "on_bad_first": route is True and bool(bad) and self._bad_steps == 0,
            "reachR": any(self._reaches(value, named) for value in fresh),
        }

    def _reaches(self, value: Fraction, named: Sequence[Fraction]) -> bool:
        """Whether one operation with another given number leads back to the right way."""
        for other in self._known.given:
            if other in (0, 1) or other in named:
                continue
            for sign in "+-*/":
                both = joined(sign, value, other), joined(sign, other, value)
                if any(made in self._known.right for made in both):
                    return True
        return False

    def _operations(self, place: int, step: Sentence) -> dict[str, float]:
        known, first = self._known, self._bad_steps == 0
        pairs = [pair for chain in step.chains for pair in pairs_of(chain)]
        sums = self._way.sums_of(place)
        bad = [one for one in sums if one.formula and one.result not in known.right_numbers]
        fixes = [self._fixes(one) for one in bad]
        given, foreign = any(fix[0] for fix in fixes), any(fix[1] for fix in fixes)
        return {
            "pair_ok": any(sign in known.pairs.get(pair, ()) for pair, sign in pairs),
            "pair_other": any(
                pair in known.pairs and sign not in known.pairs[pair] for pair, sign in pairs
            ),
            "pair_none": bool(pairs) and not any(pair in known.pairs for pair, _ in pairs),
            "bad_fromgood": any(self._from_good(one) for one in bad),
            "fixgiven": given,
            "fixgiven1": given and first,
            "fixop": foreign,
            "fixsign1": first and any(self._fixed_by_sign(one) for one in bad),
            "repairnt": place in self._true_repairs,
            "firstrepair": place == min(self._repairs, default=-1),
            "firstrepairnt": place == min(self._true_repairs, default=-1),
        }

    def _from_good(self, one: Sum) -> bool:
        leaves = [leaf.value for leaf in numbers_in(one.formula)] if one.formula else []
        known = self._known
        return all(
            value in known.right_numbers
            or value in known.given
            or (value in CONSTANTS and value not in self._foreign)
            for value in leaves
        )

    def _fixes(self, one: Sum) -> tuple[bool, bool]:
        """Whether another number in a given one's place, or in a wrong one's, makes it right."""
        leaves = [leaf.value for leaf in numbers_in(one.formula)] if one.formula else []
        given = foreign = False
        if one.formula is None or len(leaves) > _MOST_OPERANDS:
            return False, False
        for spot, value in enumerate(leaves):
            for other in self._known.right_numbers | self._known.given:
                changed = [*leaves[:spot], other, *leaves[spot + 1 :]]
                if other != value and _with(one.formula, iter(changed)) in self._known.right:
                    foreign = foreign or value in self._foreign
                    given = given or value not in self._foreign
                    break
        return given, foreign

    def _fixed_by_sign(self, one: Sum) -> bool:
        leaves = [leaf.value for leaf in numbers_in(one.formula)] if one.formula else []
        if len(leaves) != _PAIR:
            return False
        left, right = leaves
        made = [joined(sign, *pair) for sign in "+-*/" for pair in ((left, right), (right, left))]
        return any(value in self._known.right for value in made)

    def _lines_of(
        self, step: Sentence, values: list[Fraction], named: frozenset[Fraction]
    ) -> dict[str, float]:
        words = telling(step.words)
        alike = [
            (len(words & line) / max(1.0, (len(words) * len(line)) ** 0.5), number)
            for number, line in enumerate(self._lines)
        ]
        most, number = max(alike, key=lambda pair: pair[0], default=(0.0, 0))
        there = self._line_values[number] if self._line_values else frozenset[Fraction]()
        same = bool(there.intersection(values))
        other = bool(values) and bool(there) and not named & there
        overlap = max(
            (len(words & line) / max(1, len(words | line)) for line in self._lines), default=0.0
        )
        return {
            "role_same_sim": most * same,
            "role_diff": other,
            "role_diff_sim": most * other,
            "ovr": overlap,
        }

    def _equations(self, place: int, step: Sentence) -> dict[str, float]:
        roots = [
            root_of(left, right)
            for chain in step.chains
            for left, right in zip(chain.sides, chain.sides[1:], strict=False)
            if names_in(left) | names_in(right)
        ]
        found = [root for root in roots if root is not None]
        bad = any(root not in self._known.right_numbers for root in found)
        self._bad_roots += bad
        mark = self._unknowns[place]
        return {
            "rootbad": bad,
            "firstrootbad": bad and self._bad_roots == 1,
            "rootzero": 0 in found,
            "xbad": mark is False,
            "xgood": mark is True,
            "firstxbad": mark is False and False not in self._unknowns[:place],
        }

    def _progress(
        self, place: int, results: list[Fraction], named: Sequence[Fraction]
    ) -> dict[str, float]:
        answer, reached = self._known.answer, self._reached
        hits = [self._order[value] for value in results if value in self._order]
        row: dict[str, float] = {
            "skip": bool(hits) and max(hits) > self._furthest + 1,
            "steps_vs_ref": place - self._furthest,
            "hasanswer": answer in results or (answer in named and answer not in self._known.given),
            "reached": reached,
        }
        self._furthest = max([self._furthest, *hits])
        self._reached = reached or bool(row["hasanswer"])
        return row


def _repairs(way: Way, known: Known) -> tuple[frozenset[int], frozenset[int]]:
    """Steps that alone make the last answer right, had their sum come out as a right value.

    Returns:
        All such steps; those among them whose sum is not the last answer itself.
    """
    found: set[int] = set()
    true: set[int] = set()
    last = last_answer(way)
    for number, one in enumerate(way.sums):
        if one.result is None or known.answer is None:
            continue
        others = (value for value in known.right if value != one.result)
        if any(replayed(way, number, value) == known.answer for value in others):
            found.add(one.step)
            if one.result != last:
                true.add(one.step)
    return frozenset(found), frozenset(true)


def _with(formula: Formula, values: Iterator[Fraction]) -> Fraction | None:
    """The formula's worth with other numbers in it, in their order."""
    if isinstance(formula, Number):
        return next(values)
    if isinstance(formula, Name):
        return None
    left, right = _with(formula.left, values), _with(formula.right, values)
    return None if left is None or right is None else joined(formula.sign, left, right)
