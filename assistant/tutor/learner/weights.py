"""The forgetting model's figures for one learner, fitted to their reviews (``fsrs-rs``)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import fsrs_rs_python as rust

from assistant.domain.study import Review

if TYPE_CHECKING:
    from assistant.domain.ids import CardId

FEWEST_REVIEWS = 200
"""Of fewer, fitted figures are worse than the published ones more often than not."""
_HELD_BACK = 0.25


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came of a fit.

    Args:
        weights: The 21 figures that foretell better; the ones that were in force otherwise.
        better: Whether the fitted ones did better on the later reviews, which they had not seen.
        error_before: Root mean square error of the foretold chance on those reviews, by bins.
        error_after: The same with the fitted figures.
        reviews: How many reviews there were.
    """

    weights: tuple[float, ...]
    better: bool
    error_before: float
    error_after: float
    reviews: int


def fit(reviews: Iterable[Review], current: Iterable[float] | None = None) -> Fitted | None:
    """Fits the figures to the earlier reviews and tries them on the later ones.

    Only where the fitted figures are better on reviews that they have not seen are they taken, and
    then fitted once more to all of them. None where there are fewer than ``FEWEST_REVIEWS``.

    Args:
        reviews: All reviews of the learner, in any order.
        current: The figures in force; the published ones when None.
    """
    ordered = sorted(reviews, key=lambda review: review.when)
    in_force = tuple(current) if current is not None else tuple(rust.DEFAULT_PARAMETERS)
    if len(ordered) < FEWEST_REVIEWS:
        return None
    border = ordered[int(len(ordered) * (1 - _HELD_BACK))].when
    items = _items(ordered)
    early = [item for item, last in items if last < border]
    late = [item for item, last in items if last >= border]
    if not early or not late:
        return None
    tried = rust.FSRS(list(in_force)).compute_parameters(early)
    before = rust.FSRS(list(in_force)).evaluate(late).rmse_bins
    after = rust.FSRS(tried).evaluate(late).rmse_bins
    better = after < before
    weights = in_force
    if better:
        weights = tuple(rust.FSRS(tried).compute_parameters([item for item, _ in items]))
    return Fitted(weights, better, before, after, len(ordered))


def _items(ordered: list[Review]) -> list[tuple[rust.FSRSItem, datetime]]:
    """Each review after a card's first day, with all that came before it, as the trainer takes it.

    Args:
        ordered: By time.
    """
    logs: defaultdict[CardId, list[Review]] = defaultdict(list)
    items: list[tuple[rust.FSRSItem, datetime]] = []
    for review in ordered:
        log = logs[review.card]
        log.append(review)
        if len(log) < 2:  # noqa: PLR2004 - of the first review nothing can be foretold
            continue
        gaps = [(one.when.date() - before.when.date()).days for before, one in pairwise(log)]
        if gaps[-1] > 0:  # within a day nothing is foretold
            days = [0, *gaps]
            steps = [
                rust.FSRSReview(int(one.recall), gap) for one, gap in zip(log, days, strict=True)
            ]
            items.append((rust.FSRSItem(steps), review.when))
    return items
