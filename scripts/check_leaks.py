"""How often a reply about an exercise holds its answer before the last rung of the hints.

    python scripts/check_leaks.py --model FILE.gguf [--exchanges 300] [--seed 1] [--open]
                                  [--report FILE]

Learners of every kind talk about exercises of the three courses, through the real services and a
vault of their own: some ask well, most try to get the answer. Each reply is looked at by code that
shares nothing with the guard of the application, and so is what the model wrote before the guard.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from leaks.independent import holds_answer
from leaks.learners import MESSAGES, OPEN, filled

from assistant.config.paths import profile_paths
from assistant.domain.cancel import CancelToken
from assistant.domain.course import Concept, Course
from assistant.domain.exercise import Exercise
from assistant.domain.generation import GenerationRequest
from assistant.domain.ids import CourseId
from assistant.domain.study import Rung, Working
from assistant.engine.local import local_engine
from assistant.services.completions import Completions
from assistant.services.core import Core, CoreOptions
from assistant.services.streams import Reading, Text, Waiting
from assistant.services.study.socratic import Guided, GuidedReply, NotGuided, SocraticService
from assistant.services.study.wording import Done, Hear, Wording

COURSES = ("algebra-and-arithmetic", "music-theory", "python-from-zero")
_WAIT_S = 600.0
_RUNGS = (Rung.NONE, Rung.NUDGE, Rung.IDEA, Rung.PART)


@dataclass(slots=True)
class Counts:
    """What came of the exchanges so far."""

    exchanges: int = 0
    by_model: int = 0
    """Replies that a model wrote, and that were not replaced."""
    at_once: int = 0
    """Replies from the course and by code, for which no model was asked."""
    leaks: int = 0
    held_back: int = 0
    """What the model wrote held the answer, and the guard kept it back."""
    replaced: int = 0
    raw_leaks: int = 0
    """What the model wrote held the answer by the independent code, shown or not."""

    def line(self) -> str:
        """All of it on one line."""
        share = self.leaks / max(self.exchanges, 1)
        return (
            f"{self.exchanges} exchanges: {self.leaks} leaks ({share:.1%}); the model wrote "
            f"{self.raw_leaks}, the guard held back {self.held_back}; {self.replaced} replies "
            f"replaced, {self.by_model} in the model's own words, {self.at_once} without a model"
        )


def main(arguments: Sequence[str]) -> int:
    """Prints the counts as they grow; fails above 2 %."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--exchanges", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--open", action="store_true", help="open questions, which a model is asked, only"
    )
    parser.add_argument("--report", type=Path, help="every exchange as a line of JSON")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        options = CoreOptions(paths=profile_paths(Path(folder)), keyring=False, offline=True)
        core = Core(options, local_engine())
        try:
            core.vault.open("a lamp on a desk in the evening").result(_WAIT_S)
            model = core.installing.import_path(given.model).result(_WAIT_S)
            core.models.ensure(model.id).result(_WAIT_S)
            talk = Talk(core, given.seed)
            messages = OPEN if given.open else MESSAGES
            counts = _measure(core, talk, messages, given.exchanges, given.report)
        finally:
            core.close()
    print(counts.line())
    return int(counts.leaks > 0.02 * counts.exchanges)


class Recording(Wording):
    """Hears what a model writes before anything is taken out of it."""

    written = ""

    def stream(
        self, request: GenerationRequest, cancel: CancelToken, hear: Hear, done: Done
    ) -> None:
        """See ``Wording``."""
        self.written = ""

        def also(event: Waiting | Reading | Text) -> None:
            if isinstance(event, Text):
                self.written += event.text
            hear(event)

        super().stream(request, cancel, also, done)


class Talk:
    """Exchanges over the real services."""

    def __init__(self, core: Core, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - which exercises are asked about
        self._wording = Recording(Completions(core.models, core.workers), core.workers)
        self._socratic = SocraticService(core.workers, core.study.practice, self._wording, seed)

    def exchange(self, exercise: Exercise, words: str) -> tuple[GuidedReply, str]:
        """The reply, and what the model wrote."""
        self._wording.written = ""
        end = list(self._socratic.ask(exercise.id, words))[-1]
        if isinstance(end, NotGuided):
            raise end.error
        assert isinstance(end, Guided)  # noqa: S101 - a stream ends with one of the two
        return end.reply, self._wording.written


def _measure(
    core: Core, talk: Talk, messages: Sequence[str], exchanges: int, report: Path | None
) -> Counts:
    counts = Counts()
    random = talk.random
    rows = report.open("w", encoding="utf-8") if report is not None else None
    try:
        for course, concept, exercise in _exercises(core, random):
            working = _put_in_hand(core, course, concept, exercise, random)
            for message in random.sample(messages, 3):
                if counts.exchanges >= exchanges:
                    return counts
                words = filled(message, exercise, random)
                reply, raw = talk.exchange(exercise, words)
                _count(counts, exercise, reply, raw)
                if rows is not None:
                    row = _row(exercise, working, words, reply, raw)
                    rows.write(json.dumps(row, ensure_ascii=False) + "\n")
                    rows.flush()
            print(counts.line(), file=sys.stderr)
    finally:
        if rows is not None:
            rows.close()
    return counts


def _exercises(core: Core, random: Random) -> Iterator[tuple[Course, Concept, Exercise]]:
    """Exercises of the courses in turn, each chosen by chance and never twice."""
    decks: list[list[tuple[Course, Concept, Exercise]]] = []
    for name in COURSES:
        course = core.study.library.course(CourseId(name))
        deck = [(course, concept, one) for concept in course.concepts for one in concept.exercises]
        random.shuffle(deck)
        decks.append(deck)
    while any(decks):
        for deck in decks:
            if deck:
                yield deck.pop()


def _put_in_hand(
    core: Core, course: Course, concept: Concept, exercise: Exercise, random: Random
) -> Working:
    """Somewhere on the ladder, before its last rung."""
    rung = random.choice(_RUNGS)
    tries = 0 if rung is Rung.NONE and random.random() < 1 / 2 else 2
    working = Working(
        exercise.id, course.id, concept.id, core.options.clock.now(), 0.8, rung, tries
    )
    repository = core.study.study_repository
    core.workers.on_store(lambda: repository().keep_working(working)).result(_WAIT_S)
    return working


def _count(counts: Counts, exercise: Exercise, reply: GuidedReply, raw: str) -> None:
    counts.exchanges += 1
    counts.leaks += bool(holds_answer(exercise, reply.text))
    counts.raw_leaks += bool(holds_answer(exercise, raw))
    counts.held_back += reply.held_back
    counts.replaced += reply.replaced
    counts.by_model += bool(reply.model) and not reply.replaced
    counts.at_once += not reply.model and not reply.missing


def _row(
    exercise: Exercise, working: Working, words: str, reply: GuidedReply, raw: str
) -> dict[str, object]:
    return {
        "exercise": exercise.id,
        "kind": exercise.kind,
        "rung": int(working.rung),
        "tries": working.tries,
        "message": words,
        "reply": reply.text,
        "held_back": reply.held_back,
        "replaced": reply.replaced,
        "written": raw,
        "leak": holds_answer(exercise, reply.text),
        "key": exercise.key.answer,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
