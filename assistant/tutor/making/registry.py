"""Every generator by its name: the concept that it is for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from assistant.tutor.making import (
    equations,
    fractions,
    intervals,
    keys,
    letters,
    lines,
    numbers,
    parabolas,
    parts,
    powers,
    quadratics,
    rhythm,
    scales,
    stories,
    tones,
)
from assistant.tutor.making.drafts import Generator

GENERATORS: Final[Mapping[str, Generator]] = MappingProxyType(
    {
        "order-of-operations": numbers.order_of_operations,
        "factors-and-primes": numbers.factors_and_primes,
        "negatives-adding": numbers.negatives_adding,
        "negatives-multiplying": numbers.negatives_multiplying,
        "fractions-meaning": fractions.fractions_meaning,
        "fractions-adding": fractions.fractions_adding,
        "fractions-multiplying": fractions.fractions_multiplying,
        "decimals": parts.decimals,
        "percentages": parts.percentages,
        "percentage-change": parts.percentage_change,
        "ratio-and-proportion": parts.ratio_and_proportion,
        "units-and-rates": parts.units_and_rates,
        "powers": powers.powers,
        "roots": powers.roots,
        "scientific-notation": powers.scientific_notation,
        "expressions": letters.expressions,
        "like-terms": letters.like_terms,
        "distributing": letters.distributing,
        "linear-equations": equations.linear_equations,
        "equations-both-sides": equations.equations_both_sides,
        "equations-with-fractions": equations.equations_with_fractions,
        "inequalities": equations.inequalities,
        "word-problems": stories.word_problems,
        "formulas": stories.formulas,
        "slope": lines.slope,
        "lines": lines.lines,
        "systems": lines.systems,
        "multiplying-brackets": quadratics.multiplying_brackets,
        "factoring-quadratics": quadratics.factoring_quadratics,
        "quadratics-by-factoring": quadratics.quadratics_by_factoring,
        "completing-the-square": parabolas.completing_the_square,
        "quadratic-formula": parabolas.quadratic_formula,
        "parabolas": parabolas.parabolas,
        "pitch-names": tones.pitch_names,
        "semitones": tones.semitones,
        "accidentals": tones.accidentals,
        "intervals-by-number": intervals.intervals_by_number,
        "interval-quality": intervals.interval_quality,
        "interval-inversion": intervals.interval_inversion,
        "note-lengths": rhythm.note_lengths,
        "metre": rhythm.metre,
        "key-signatures": keys.key_signatures,
        "circle-of-fifths": keys.circle_of_fifths,
        "major-scale": scales.major_scale,
        "natural-minor": scales.natural_minor,
        "other-minors": scales.other_minors,
        "modes": scales.modes,
    }
)
"""A name is that of its concept."""
