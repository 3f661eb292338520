"""How well the learner model foretells answers, beside plainer ways.

    python scripts/check_learner.py DATA [--learners N]
    python scripts/check_learner.py --simulate N [--seed S]

DATA is a table: a header and a row for each answer, with learner, concept, correct (0 or 1), and if
they are known order, exercise and difficulty; the names of ASSISTments and DataShop are understood.
Or it is a folder of problem sets, see ``learner.answers.read_sets``. Each answer is foretold from
the same learner's earlier ones only; doubled rows are left out. The baselines are trained on every
second learner, and all are judged on the others. The application's model is not trained on any of
them: it is judged as it ships, once with nothing known of the concepts and once told how difficult
they are to the others, as the author of a course would tell it.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from learner.answers import Sequences, halves, read, read_sets, simulated
from learner.foretelling import Foretell, elo, last_answer, mean_of, ours, pfa, rated
from learner.scores import Scores, scores, within


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
        sequences, doubled = (read_sets if arguments.data.is_dir() else read)(arguments.data)
        print(f"{doubled} doubled rows were left out.")
    elif arguments.simulate > 1:
        sequences, requires = simulated(arguments.simulate, arguments.seed)
        print("SIMULATED learners: what follows says nothing of people.")
    else:
        parser.error("name DATA, or --simulate N with N of 2 or more")
    names = sorted(sequences)[: arguments.learners or None]
    training, judged = halves({name: sequences[name] for name in names})
    concepts = sorted({one.concept for answers in sequences.values() for one in answers})
    requires = {concept: requires.get(concept, ()) for concept in concepts}
    print(
        f"{len(names)} sequences, {len(concepts)} concepts; judged on {len(judged)} of them with "
        f"{sum(len(answers) for answers in judged.values())} answers."
    )
    ways: dict[str, Foretell] = {
        "ours, untrained": ours(requires),
        "ours, told": ours(requires, difficulties=rated(training)),
        "mean of concept": mean_of(training),
        "last answer": last_answer(training),
        "PFA": pfa(training),
        "Elo": elo(training),
    }
    print(f"{'':18}{'AUC':>8}{'within':>8}{'log loss':>10}{'Brier':>8}{'off':>8}")
    found = {name: _judge(way, judged) for name, way in ways.items()}
    for name, (one, inside) in found.items():
        print(
            f"{name:18}{one.auc:8.3f}{inside:8.3f}"
            f"{one.log_loss:10.3f}{one.brier:8.3f}{one.off:8.3f}"
        )
    for name in ("ours, untrained", "ours, told"):
        pairs = (f"{foretold:.2f} → {came:.2f}" for foretold, came in found[name][0].bins)
        print(f"{name}: foretold → came: {', '.join(pairs)}")
    return 0


def _judge(way: Foretell, judged: Sequences) -> tuple[Scores, float]:
    """Its scores over all answers, and the AUC within concepts."""
    answers = [one for some in judged.values() for one in some]
    foretold = [chance for some in judged.values() for chance in way(some)]
    came = [one.right for one in answers]
    return scores(foretold, came), within(foretold, came, [one.concept for one in answers])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
