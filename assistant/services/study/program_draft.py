"""What stands on the page of programs, kept in the vault: a restart or a crash takes nothing."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.domain.clock import Clock
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.study import Working
from assistant.services.jobs import Job, Workers
from assistant.store.study import StudyRepository

_IN_HAND: Final = ExerciseId("programs/draft")
"""It is kept with the exercises in hand, as one of no course."""


@dataclass(frozen=True, slots=True)
class ProgramDraft:
    """A program as it stands in the editor.

    Args:
        name: Of its file.
        program: Its text.
        typed: What is typed into it when it runs.
    """

    name: str
    program: str
    typed: str = ""


class ProgramDraftService:
    """Keeps one program, encrypted with the rest of the history.

    Args:
        workers: The store thread.
        clock: Tells when it was kept.
        repository: Gives the vault's repository, on the store thread.
    """

    def __init__(
        self, workers: Workers, clock: Clock, repository: Callable[[], StudyRepository]
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._repository = repository

    def read(self) -> Job[ProgramDraft | None]:
        """What was kept last; None where nothing was."""
        return self._workers.on_store(self._read)

    def keep(self, draft: ProgramDraft) -> Job[None]:
        """Keeps a program in the place of the one before; an empty one leaves none."""

        def work() -> None:
            if not draft.program.strip() and not draft.typed.strip():
                self._repository().finish(_IN_HAND)
                return
            text = json.dumps([draft.name, draft.program, draft.typed])
            self._repository().keep_working(
                Working(
                    exercise=_IN_HAND,
                    course=CourseId(""),
                    concept=ConceptId(""),
                    given_at=self._clock.now(),
                    predicted=0.0,
                    draft=text,
                )
            )

        return self._workers.on_store(work)

    def _read(self) -> ProgramDraft | None:
        found = next(
            (one for one in self._repository().working() if one.exercise == _IN_HAND), None
        )
        if found is None:
            return None
        try:
            name, program, typed = json.loads(found.draft)
        except ValueError:
            return None  # as good as none: a newer version kept it in another form
        return ProgramDraft(str(name), str(program), str(typed))
