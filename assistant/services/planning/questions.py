"""The planner's questions, and what becomes of the answers."""

from dataclasses import replace

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.planner.learning.questions import Question, next_question
from assistant.services.jobs import Job, Workers
from assistant.services.planning.desk import PlanningDesk
from assistant.services.planning.past import Past, PastReader
from assistant.services.planning.training import weights_of


class QuestionService:
    """Asks a few things at first, then at most one a day; every job is done in the pool.

    Args:
        workers: The pool.
        desk: Where planning is written.
        reader: Reads what happened.
    """

    def __init__(self, workers: Workers, desk: PlanningDesk, reader: PastReader) -> None:
        self._workers = workers
        self._desk = desk
        self._reader = reader

    def question(self) -> Job[Question | None]:
        """What to ask now; None where there is nothing, or today's was answered."""

        def work(_: Job[Question | None]) -> Question | None:
            return _next(self._reader.read())

        return self._workers.in_pool(work)

    def answer(self, question: str, answer: str) -> Job[None]:
        """Takes the answer to what is asked now; an estimate becomes the task's.

        Raises (by the job):
            UserFacingError: It is not asked now, or not so answered (``answer_invalid``).
        """

        def work(_: Job[None]) -> None:
            asked = _next(self._reader.read())
            if asked is None or asked.id != question:
                raise UserFacingError(
                    "That is not asked now.",
                    "“assistant plan question” shows what is asked.",
                    code="answer_invalid",
                )
            value = _checked(asked, answer)
            self._desk.work(lambda _: self._keep(asked, value)).result()

        return self._workers.in_pool(work)

    def _keep(self, asked: Question, value: str) -> None:
        """On the store thread."""
        kind, _, rest = asked.id.partition(":")
        with self._desk.step("Answer a question") as writes:
            writes.keep_answer(asked.id, value)
            if kind == "length":
                task = self._desk.repository.get(TaskId(int(rest)))
                writes.keep(replace(task, estimate_min=int(value)))


def _next(past: Past) -> Question | None:
    return next_question(past.open_tasks, past.answers, past.now, weights_of(past))


def _checked(asked: Question, answer: str) -> str:
    """An answer as it is kept."""
    answer = answer.strip()
    if asked.choices:
        if answer in dict(asked.choices):
            return answer
        wanted = ", ".join(key for key, _ in asked.choices)
    elif answer.isdecimal() and answer.isascii() and 1 <= int(answer) <= 60_000:  # noqa: PLR2004 - said below
        return answer
    else:
        wanted = "whole minutes from 1 to 60000"
    raise UserFacingError(
        f"{answer[:40]!r} is no answer to that.", f"Answer with: {wanted}.", code="answer_invalid"
    )
