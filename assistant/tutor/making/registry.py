"""Every generator by its name: the concept that it is for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from assistant.tutor.making import fractions, numbers
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
    }
)
"""A name is that of its concept."""
