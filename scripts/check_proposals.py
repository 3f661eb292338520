"""How many of the exercises that a model proposes can be proved, and whether those are right.

    python scripts/check_proposals.py --model FILE.gguf [--proposals 40] [--seed 1] [--read]

One proposal at a time through the real services, over the concepts of the three courses in turn.
What was accepted is recomputed on another way: formulas by putting numbers in, programs by this
interpreter. ``--read`` prints all of it, to be read by a person.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from generated.maths import holds  # noqa: E402 - the path comes first
from generated.programs import is_about_programs, is_right  # noqa: E402 - the path comes first

from assistant.config.paths import profile_paths  # noqa: E402 - the path comes first
from assistant.domain.errors import UserFacingError  # noqa: E402 - the path comes first
from assistant.domain.exercise import Exercise, ProvedBy  # noqa: E402 - the path comes first
from assistant.domain.ids import ConceptId, CourseId  # noqa: E402 - the path comes first
from assistant.engine.local import local_engine  # noqa: E402 - the path comes first
from assistant.services.core import Core, CoreOptions  # noqa: E402 - the path comes first
from assistant.tutor.proposing.frames import claim_for, plain  # noqa: E402 - the path comes first

_WAIT_S = 600.0


def main(arguments: Sequence[str]) -> int:
    """Prints the counts; fails where an accepted one is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--proposals", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        options = CoreOptions(paths=profile_paths(Path(folder)), keyring=False, offline=True)
        core = Core(options, local_engine())
        try:
            core.vault.open("a lamp on a desk in the evening").result(_WAIT_S)
            model = core.installing.import_path(given.model).result(_WAIT_S)
            core.models.ensure(model.id).result(_WAIT_S)
            return _measure(core, given.proposals, given.seed, read=given.read)
        finally:
            core.close()


def _measure(core: Core, wanted: int, seed: int, *, read: bool) -> int:
    places = _places(core, Random(seed))  # noqa: S311 - only an order
    reasons: Counter[str] = Counter()
    accepted: list[Exercise] = []
    asked = 0
    while asked < wanted:
        course, concept = places[asked % len(places)]
        try:
            proposed = core.study.proposals.propose(course, concept, tries=1).result(_WAIT_S)
        except UserFacingError as error:
            if error.code == "nothing_to_propose":
                places.pop(asked % len(places))
                continue
            why = error.hint.partition("What was wrong: ")[2] or error.code
            reasons[why.split(":")[0]] += 1
        else:
            accepted.append(proposed.exercise)
        asked += 1
    wrong = [one for one in accepted if _recomputed(one) is False]
    counted = [one for one in accepted if _recomputed(one) is not None]
    print(f"{asked} proposals: {len(accepted)} accepted, of which {len(counted)} were recomputed")
    print(f"wrong among the recomputed: {len(wrong)}")
    for why, count in reasons.most_common():
        print(f"  dropped {count}: {why}")
    for one in accepted if read else wrong:
        print(f"\n[{one.id}] {one.prompt}")
        print(
            "".join(f"  ( ) {choice.text!r}\n" for choice in one.choices) + f"  {one.key.answer!r}"
        )
    return int(bool(wrong))


def _places(core: Core, random: Random) -> list[tuple[CourseId, ConceptId]]:
    library = core.study.library
    rows = [
        random.sample([(course, one.id) for one in found.concepts], len(found.concepts))
        for course, found in ((one, library.course(one)) for one in library.shipped())
    ]
    return [place for group in zip(*rows, strict=False) for place in group]


def _recomputed(exercise: Exercise) -> bool | None:
    """Whether a key holds on another way; None where there is none for notes."""
    if is_about_programs(exercise):
        return is_right(exercise, exercise.key.answer)
    if exercise.proof.by is not ProvedBy.ALGEBRA:
        return None
    claim = claim_for(plain(exercise.prompt.split("$")[1]))
    return claim is not None and holds(claim.about.value, claim.data, exercise.key.answer)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
