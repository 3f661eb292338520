"""Asks the language model about a line that the grammar is unsure of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Priority, SamplingParams, Turn
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.suggested import Suggestion, checked
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.services.jobs import Job, Workers
from assistant.services.structured import StructuredService, Wish

LEAST_PARAMETERS: Final = 1_000_000_000
"""Of 30 unsure lines models of 135 and of 494 million weights read none: each of their answers was
refused, after some seconds; see ``scripts/check_unsure_lines.py``."""
_SAMPLING: Final = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=200)
_LONGEST: Final = 300
_FIELDS: Final = ("title", "when", "due", "duration", "recurrence")
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {name: {"type": "string", "maxLength": _LONGEST} for name in _FIELDS},
    "required": list(_FIELDS),
    "additionalProperties": False,
}
_SYSTEM: Final = (
    "You split one line of a to-do list into its parts. Use only words of the line; mend slips of "
    "the pen. title: what is to be done, without the words of the other parts. when: the words "
    "that say on which day or at what time it is done. due: the words that say by when it has to "
    "be done. duration: how long it takes. recurrence: how often it comes again. Leave a part "
    "empty that the line does not have."
)
_EXAMPLE: Final = "essay for Ms Lee, dealine is tomorow, about 2 hours"
_ANSWER: Final = (
    '{"title": "essay for Ms Lee", "when": "", "due": "tomorrow", "duration": "2 hours", '
    '"recurrence": ""}'
)


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line after the model was asked."""

    found: QuickAdd
    by_model: bool
    """Whether it is as the model reads it; otherwise it is as the grammar does."""
    why: str = ""
    """Why the model's answer was not taken, in words; empty where it was, or was not needed."""


class LineAsker:
    """Asks the model, and takes from its answer only what stands in the line.

    Args:
        workers: Check the answer.
        structured: Asks for values of a schema; made when it is first needed.
        now: Tells the present moment in the user's zone.
        ready: Tells whether a model is loaded.
        parameters: Tells how many weights it has; 0 where that is not known.
    """

    def __init__(
        self,
        workers: Workers,
        structured: Callable[[], StructuredService],
        now: Callable[[], datetime],
        ready: Callable[[], bool],
        parameters: Callable[[], int],
    ) -> None:
        self._workers = workers
        self._structured = structured
        self._now = now
        self._ready = ready
        self._parameters = parameters

    @property
    def ready(self) -> bool:
        """Whether a model is loaded, so that nothing has to be loaded to ask it."""
        return self._ready()

    @property
    def helps(self) -> bool:
        """Whether a model is loaded that is worth being asked while a line is typed."""
        parameters = self._parameters()
        return self.ready and not 0 < parameters < LEAST_PARAMETERS

    def ask(
        self, text: str, found: QuickAdd, vocabulary: Vocabulary, tasks: Sequence[str] = ()
    ) -> Job[AskedLine]:
        """A line that was read, as the model reads it where the grammar is unsure.

        Without a model, or with an answer that does not hold, it stays as the grammar read it.

        Args:
            text: The line.
            found: As the grammar read it.
            vocabulary: The user's own words.
            tasks: Titles of tasks that “after …” may name.
        """
        if not found.unsure:
            return Job[AskedLine].done_with(AskedLine(found, by_model=False))
        job: Job[AskedLine] = Job()
        now = self._now()
        turns = (
            Turn(Role.SYSTEM, _SYSTEM),
            Turn(Role.USER, _EXAMPLE),
            Turn(Role.ASSISTANT, _ANSWER),
            Turn(Role.USER, text[:_LONGEST]),
        )
        wish = Wish(turns, _SAMPLING, priority=Priority.BACKGROUND)

        def begin(_: Job[None]) -> None:
            job.cancel_token.raise_if_cancelled()
            asked = self._structured().value(_SCHEMA, wish)
            job.cancel_token.watch(asked.cancel)
            asked.on_done(settled)

        def settled(done: Job[Any]) -> None:
            error = done.error
            if isinstance(error, UserFacingError):
                job.finish(AskedLine(found, by_model=False, why=error.message))
            elif error is not None:
                job.fail(error)
            else:
                self._workers.in_pool(lambda _: judge(done.result())).on_done(lost)

        def judge(value: dict[str, str]) -> None:
            again = checked(text, found, Suggestion(**value), now, vocabulary, tasks)
            if again is None:
                why = "The model left something out, or named what does not stand in the line."
                job.finish(AskedLine(found, by_model=False, why=why))
            else:
                job.finish(AskedLine(again, by_model=True))

        def lost(work: Job[None]) -> None:
            if work.error is not None:
                job.fail(work.error)

        self._workers.in_pool(begin).on_done(lost)
        return job
