"""Recomputes the keys of generated exercises on another way than they were made and proved.

    python scripts/check_generated.py [--count N] [--seed N] [--course COURSE] [--show N]

Mathematics by putting numbers in, with fifty digits; music by counting letters and semitones;
programs by running them with this interpreter, with each choice in its place, and references by
their tests. Counts wrong keys, duplicates, hints that hold the
key, wrong choices that are right, and whether the difficulty is the one that was asked for.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from generated.arithmetic import UnreadableError  # noqa: E402 - the path comes first
from generated.maths import holds  # noqa: E402 - the path comes first
from generated.music import ANSWERS  # noqa: E402 - the path comes first
from generated.programs import is_about_programs, is_right  # noqa: E402 - the path comes first
from generated.questions import agrees  # noqa: E402 - the path comes first

from assistant.config.paths import profile_paths  # noqa: E402 - the path comes first
from assistant.domain.exercise import AnswerKind, Exercise  # noqa: E402 - the path comes first
from assistant.domain.ids import CourseId  # noqa: E402 - the path comes first
from assistant.services.core import Core, CoreOptions  # noqa: E402 - the path comes first
from assistant.services.study.generating import Made, Wish  # noqa: E402 - the path comes first
from assistant.tutor.hints.leaks import Guard  # noqa: E402 - the path comes first
from assistant.tutor.making.drafts import About  # noqa: E402 - the path comes first
from assistant.tutor.making.maker import claim_of  # noqa: E402 - the path comes first
from assistant.tutor.making.sameness import asked_of  # noqa: E402 - the path comes first

_FAULTS = (
    "wrong key", "not recomputed", "other formula", "leak", "right among the wrong", "difficulty",
)  # fmt: skip
_SIGNS = re.compile(r"\d+|[-+*/^=]|[A-G][#b]")


def main() -> int:
    """Makes, recomputes, counts; ends with 1 where a key is wrong."""
    arguments = _arguments()
    paths = profile_paths(ROOT / ".venv" / "check_generated")
    core = Core(CoreOptions(paths=paths, keyring=False))
    try:
        began = time.perf_counter()
        course = CourseId(arguments.course) if arguments.course else None
        made = core.study.generating.make(Wish(arguments.count, arguments.seed, course)).result()
        seconds = time.perf_counter() - began
    finally:
        core.close()
    print(f"{len(made)} exercises in {seconds:.1f} s, {seconds / len(made) * 1000:.0f} ms each")
    found = _faults(made)
    for name in (
        "wrong key",
        "not recomputed",
        "other formula",
        "leak",
        "right among the wrong",
        "difficulty",
    ):
        rows = found[name]
        print(f"{name}: {len(rows)}")
        for row in rows[: arguments.show]:
            print(f"    {row}")
    print(f"formulas held against those that were proved: {len(found['compared'])}")
    for words, identity in (("duplicates", _identity), ("the same in other words", asked_of)):
        same = len(made) - len({(one.exercise.concept, identity(one.exercise)) for one in made})
        print(f"{words}: {same} ({same / len(made):.2%})")
    _print_levels(made)
    if arguments.read:
        _print_some(made, arguments.read, arguments.seed)
    return int(bool(found["wrong key"] or found["leak"] or found["right among the wrong"]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--course", help="all that ship if left out")
    parser.add_argument("--show", type=int, default=10, help="how many of each fault are shown")
    parser.add_argument("--read", type=int, default=0, help="print so many of them to be read")
    return parser.parse_args()


def _identity(exercise: Exercise) -> tuple[str, ...]:
    texts = sorted(choice.text for choice in exercise.choices)
    return (exercise.prompt, exercise.given, *texts)


def _faults(made: tuple[Made, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in made:
        exercise = one.exercise
        same = _same_formula(exercise)
        if same is not None:
            found["compared"].append(exercise.id)
        if same is False:
            found["other formula"].append(f"{exercise.id}: {exercise.prompt!r}")
        name = f"{exercise.id}: {exercise.prompt!r} {exercise.key.answer!r}"
        try:
            if not _is_right(exercise, _key(exercise)):
                found["wrong key"].append(name)
            found["right among the wrong"] += [
                f"{name}: {text!r}" for text in _wrong(exercise) if _is_right(exercise, text)
            ]
        except (UnreadableError, KeyError, ValueError) as error:
            found["not recomputed"].append(f"{name}: {type(error).__name__} {error}")
        guard = Guard(exercise)
        hints = (exercise.nudge, exercise.idea, exercise.part)
        found["leak"] += [f"{name}: {text!r}" for text in hints if guard.leak(text)]
        asked = float(exercise.id.split(":")[1])
        if not is_about_programs(exercise) and exercise.difficulty != asked:
            found["difficulty"].append(name)
    found["difficulty"] += _torn([one.exercise for one in made if is_about_programs(one.exercise)])
    return found


def _torn(programs: list[Exercise]) -> list[str]:
    """Questions that are more than a step apart in difficulty by their numbers alone."""
    labels: dict[str, list[float]] = defaultdict(list)
    for exercise in programs:
        source = exercise.prompt.split("\n", 1)[-1] if exercise.code is None else exercise.prompt
        labels[re.sub(r"\d+", "#", source)].append(exercise.difficulty)
    return [
        f"{text!r}: {min(found):g} to {max(found):g}"
        for text, found in labels.items()
        if max(found) - min(found) > 1
    ]


def _same_formula(exercise: Exercise) -> bool | None:
    if is_about_programs(exercise):
        return None
    claim = claim_of(exercise)
    return agrees(exercise.prompt, claim.about.value, claim.data)


def _key(exercise: Exercise) -> str:
    return exercise.code.reference if exercise.code is not None else exercise.key.answer


def _wrong(exercise: Exercise) -> list[str]:
    if exercise.code is not None:
        return [exercise.code.starter]
    choices = [choice.text for choice in exercise.choices if choice.text != exercise.key.answer]
    return [*choices, *(text for text, _ in exercise.key.wrong if text not in choices)]


def _is_right(exercise: Exercise, answer: str) -> bool:
    if is_about_programs(exercise):
        return is_right(exercise, answer)
    claim = claim_of(exercise)
    if claim.about is not About.MUSIC:
        return holds(claim.about.value, claim.data, answer)
    right = ANSWERS[claim.data[0]](*claim.data[1:])
    if exercise.kind in {AnswerKind.CHOICE, AnswerKind.SHORT}:
        return answer == right
    if exercise.kind is AnswerKind.NUMBER:
        return holds("value", (right,), answer)
    return answer.split() == right.split()


def _print_levels(made: tuple[Made, ...]) -> None:
    """What grows with the level: numbers and signs of the question, and length of its program."""
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one in made:
        level = round(one.exercise.difficulty)
        rows[one.course, level].append(
            len(re.findall(r"\d+|[-+*/^=]|[A-G][#b]", one.exercise.prompt))
        )
    for course in sorted({name for name, _ in rows}):
        sizes = "  ".join(
            f"{level}: {mean(rows[course, level]):.1f}"
            for level in range(1, 6)
            if rows[course, level]
        )
        print(f"numbers and signs in a question of {course}, by level  {sizes}")
    print(f"by course: {dict(Counter(one.course for one in made))}")
    print(f"kinds: {dict(Counter(one.exercise.kind.value for one in made))}")
    print(f"proved by: {dict(Counter(one.exercise.proof.by.value for one in made))}")


def _print_some(made: tuple[Made, ...], count: int, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - only a sample
    for one in draw.sample(made, min(count, len(made))):
        exercise = one.exercise
        print(f"\n[{exercise.id}] {exercise.prompt}")
        for choice in exercise.choices:
            print(f"    ( ) {choice.text}   {choice.misconception}")
        print(f"  key {exercise.key.answer} | wrong {exercise.key.wrong}")
        print(f"  1 {exercise.nudge}\n  2 {exercise.idea}\n  3 {exercise.part}")
        print(f"  = {' // '.join(exercise.solution)}")


if __name__ == "__main__":
    sys.exit(main())
