"""Compares ways to foretell whether one's own tasks are done in time, on made people.

    python scripts/compare_finishing_models.py [--seeds 8] [--sizes 30 80 250 800] [--recurrent]

Each way learns from the first tasks of a person and foretells those that come after; it is asked
only where it beat the rule on the last 30 % of what it learnt from, as in the app. Printed is the
mean logarithmic loss on what comes after, the smaller the better, and of all people together the
area under the curve and the error of calibration.

The app has what won: logistic regression with four terms of sequence. Others were tried: the last
tasks with fading weight, by how many days they were late, work of the last two days, and how many
tasks are due by then. None lessened the loss beside these both with 80 and with 250 tasks. Boosting
was worse with 30, 80 and 250 tasks and about as good with 800; choosing between the two by their
trial gained nothing. A small recurrent network (--recurrent) was far worse with 80.
"""

import argparse
import importlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from learnt.made_people import PEOPLE, Life, made_life
from learnt.recurrent import RecurrentNetwork, Sequences

from assistant.planner.learning.finishing import (
    PLAIN,
    RULE_ON_TIME,
    SEQUENCE,
    TERMS,
    Examples,
    examples,
    record_of,
)
from assistant.planner.learning.logistic import EARLIER, chances, fit_towards
from assistant.planner.learning.measures import measure_chances
from assistant.planner.learning.on_time import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Said = tuple[Array, Array]

_LATER = 150
_SEQUENCE, _BOOSTING = "logistic, sequence", "boosting"
_STRENGTH = 40.0
_EPOCHS = 120
Fit = Callable[["Array", "Array"], Callable[["Array"], "Array"]]
"""Learns from rows and outcomes, and gives what tells chances of rows."""


def main() -> None:
    """Prints a table for each size of the past."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--sizes", type=int, nargs="+", default=[30, 80, 250, 800])
    parser.add_argument("--recurrent", action="store_true", help="a network as well; it is slow")
    parser.add_argument("--terms", action="store_true", help="each term of sequence for itself")
    given = parser.parse_args()
    ways = dict(_ways())
    if given.recurrent:
        ways["recurrent"] = _recurrent
    if given.terms:
        plain = [TERMS.index(name) for name in PLAIN]
        ways = {"plain": _logistic(plain)}
        ways |= {f"+{name}": _logistic([*plain, TERMS.index(name)]) for name in SEQUENCE}
        every = [*range(len(TERMS))]
        ways |= {"all": _logistic(every)}
        ways |= {
            f"all but {name}": _logistic([at for at in every if TERMS[at] != name])
            for name in SEQUENCE
        }
    with one_thread():
        for size in given.sizes:
            found: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
            for person in PEOPLE:
                for seed in range(given.seeds):
                    for way, said in _tried(person, size, seed, ways).items():
                        found[way][person].append(said)
            _print(size, found)


def _ways() -> list[tuple[str, Fit]]:
    plain = [TERMS.index(name) for name in PLAIN]
    every = [*range(len(TERMS))]
    return [
        ("logistic, plain", _logistic(plain)),
        (_SEQUENCE, _logistic(every)),
        (_BOOSTING, _boosting),
        ("both", _both(_logistic(every), _boosting)),
    ]


def _logistic(terms: Sequence[int]) -> Fit:
    rule = [RULE_ON_TIME[at] for at in terms]

    def fit(rows: "Array", outcomes: "Array") -> Callable[["Array"], "Array"]:
        import numpy as np

        weights = np.array(fit_towards(rows[:, terms], outcomes, rule, _STRENGTH))
        return lambda asked: chances(asked[:, terms], weights)

    return fit


def _boosting(rows: "Array", outcomes: "Array") -> Callable[["Array"], "Array"]:
    import numpy as np

    if len(np.unique(outcomes)) == 1:
        return lambda asked: np.full(len(asked), (outcomes.sum() + 1.4) / (len(outcomes) + 2))
    model: Any = (
        importlib.import_module("sklearn.ensemble")
        .HistGradientBoostingClassifier(
            learning_rate=0.05,
            max_iter=max(20, min(80, len(rows) // 8)),
            max_leaf_nodes=6,
            min_samples_leaf=15,
            l2_regularization=10.0,
            early_stopping=False,
            random_state=1,
        )
        .fit(rows, outcomes)
    )
    return lambda asked: model.predict_proba(asked)[:, 1]


def _recurrent(rows: "Array", outcomes: "Array") -> Callable[["Array"], "Array"]:
    """A small network over all looks in the order of time; the later ones go on from its state."""
    import numpy as np

    def sequence(inputs: "Array", came: "Array") -> Sequences:
        return Sequences(inputs[None], came[None], np.ones((1, len(inputs))))

    network = RecurrentNetwork(rows.shape[1], hidden=8)
    network.fit(sequence(rows, outcomes), epochs=_EPOCHS, rate=0.01)

    def ask(asked: "Array") -> "Array":
        every = np.concatenate([rows, asked])
        return network.chances(sequence(every, np.zeros(len(every))))[0, -len(asked) :]

    return ask


def _both(one: Fit, other: Fit) -> Fit:
    def fit(rows: "Array", outcomes: "Array") -> Callable[["Array"], "Array"]:
        import numpy as np

        told = [way(rows, outcomes) for way in (one, other)]

        def ask(asked: "Array") -> "Array":
            odds = [np.log(said / (1 - said)) for said in (way(asked) for way in told)]
            return 1 / (1 + np.exp(-(odds[0] + odds[1]) / 2))

        return ask

    return fit


def _tried(person: str, size: int, seed: int, ways: dict[str, Fit]) -> dict[str, "Said"]:
    """What each way says of the later tasks of one person, and what came."""
    import numpy as np

    life = made_life(person, size + _LATER, seed)
    found, begun = _looks(life, size)
    known, later = found.values[:begun], found.values[begun:]
    outcomes, came = found.on_time[:begun], found.on_time[begun:]
    cut = int(begun * EARLIER)
    rule = np.array(RULE_ON_TIME)
    said = {"rule": (chances(later, rule), came)}
    trial = {"rule": _loss(chances(known[cut:], rule), outcomes[cut:])}
    for name, fit in ways.items():
        trial[name] = _loss(fit(known[:cut], outcomes[:cut])(known[cut:]), outcomes[cut:])
        wins = trial[name] < trial["rule"]
        said[name] = (fit(known, outcomes)(later), came) if wins else said["rule"]
    if _BOOSTING in ways:
        best = min(("rule", _SEQUENCE, _BOOSTING), key=lambda name: trial[name])
        said["the best of trial"] = said[best]
    return said


def _looks(life: Life, size: int) -> tuple[Examples, int]:
    """All looks at tasks, and how many of them are at what was known before the later ones."""
    record = record_of(life.tasks, life.work, life.events)
    latest = max(one.ended for one in life.tasks if one.ended)
    found = examples(record, latest, life.hours)
    return found, round(len(found.values) * size / len(life.tasks))


def _loss(said: "Array", came: "Array") -> float:
    import numpy as np

    told = np.clip(said, 1e-6, 1 - 1e-6)
    return float(-np.mean(came * np.log(told) + (1 - came) * np.log(1 - told)))


def _print(size: int, found: dict[str, dict[str, list["Said"]]]) -> None:
    import numpy as np

    heads = (*PEOPLE, "mean", "AUC", "ECE")
    print(f"\n{size} tasks".ljust(24), *(name.rjust(9) for name in heads))
    for way, said in found.items():
        means = [sum(_loss(*one) for one in said[name]) / len(said[name]) for name in PEOPLE]
        every = [one for name in PEOPLE for one in said[name]]
        told, came = (np.concatenate([one[at] for one in every]) for at in (0, 1))
        all_told = measure_chances(told, came)
        figures = (*means, sum(means) / len(means), all_told.auc, all_told.ece)
        print(way.ljust(23), *(f"{one:9.3f}" for one in figures), flush=True)


if __name__ == "__main__":
    main()
