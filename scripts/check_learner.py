"""How well the learner model foretells answers, beside plainer ways.

    python scripts/check_learner.py DATA.csv [--learners N]
    python scripts/check_learner.py --simulate N [--seed S]

DATA has a header and a row for each answer: learner, concept, correct (0 or 1), and if they are
known order, exercise and difficulty; the names of ASSISTments and DataShop are understood. Each
answer is foretold from the same learner's earlier ones only; doubled rows are left out. The
baselines are trained on every second learner, and all are judged on the others. The application's
model is not trained on any of them: it is judged as it ships.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from learner.answers import Sequences, read, simulated
from learner.foretelling import Foretell, elo, last_answer, mean_of, ours, pfa
from learner.scores import Scores, scores


def main(words: Sequence[str]) -> int:
    """Prints a line for each way to foretell, and ours bin by bin."""
    parser = argparse.ArgumentParser(description="How well the learner model foretells answers.")
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--simulate", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--learners", type=int, default=0, metavar="N", help="at most")
    arguments = parser.parse_args(words)
    requires: Mapping[str, Sequence[str]] = {}
    if arguments.data is not None:
        sequences, doubled = read(arguments.data)
        print(f"{doubled} doubled rows were left out.")
    elif arguments.simulate > 1:
        sequences, requires = simulated(arguments.simulate, arguments.seed)
        print("SIMULATED learners: what follows says nothing of people.")
    else:
        parser.error("name DATA, or --simulate N with N of 2 or more")
    names = sorted(sequences)[: arguments.learners or None]
    training = {name: sequences[name] for name in names[::2]}
    judged = {name: sequences[name] for name in names[1::2]}
    concepts = sorted({one.concept for answers in sequences.values() for one in answers})
    requires = {concept: requires.get(concept, ()) for concept in concepts}
    print(
        f"{len(names)} learners, {len(concepts)} concepts; judged on {len(judged)} learners with "
        f"{sum(len(answers) for answers in judged.values())} answers."
    )
    ways: dict[str, Foretell] = {
        "ours, untrained": ours(requires),
        "mean of concept": mean_of(training),
        "last answer": last_answer(training),
        "PFA": pfa(training),
        "Elo": elo(training),
    }
    print(f"{'':18}{'AUC':>8}{'log loss':>10}{'Brier':>8}{'off':>8}")
    found = {name: _judge(way, judged) for name, way in ways.items()}
    for name, one in found.items():
        print(f"{name:18}{one.auc:8.3f}{one.log_loss:10.3f}{one.brier:8.3f}{one.off:8.3f}")
    print(
        "ours, foretold → came: "
        + ", ".join(
            f"{foretold:.2f} → {came:.2f}" for foretold, came in found["ours, untrained"].bins
        )
    )
    return 0


def _judge(way: Foretell, judged: Sequences) -> Scores:
    foretold = [chance for answers in judged.values() for chance in way(answers)]
    return scores(foretold, [one.right for answers in judged.values() for one in answers])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
