"""Works word problems: a model proposes the sums; code computes them and holds several up."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, Priority, SamplingParams, Turn
from assistant.services.completions import Completions
from assistant.services.jobs import Job, Workers
from assistant.tutor.steps.formula import typed
from assistant.tutor.steps.programs import Proposal, WorkedStep, voted
from assistant.tutor.steps.proposals import SCHEMA, proposal_of

Ask = Callable[[GenerationRequest], str]
"""Has a model answer; raises what the engine raises."""

LONGEST_PROBLEM: Final = 2_000
_MOST_TOKENS: Final = 360
_MOST_TOKENS_ALONE: Final = 400
_NUMBER: Final = re.compile(r"-?\d[\d,]{0,30}(?:\.\d{1,30})?")
_ALONE: Final = "Solve the problem step by step. End with a line “Answer:” and the number."
_PENCILS: Final = """Tom has 3 boxes with 12 pencils in each. He gives 6 pencils away and shares \
the rest equally between 2 friends. How many pencils does each friend get?"""
_COAT: Final = (
    "A coat costs $80 and is 25% off. Ann also buys a hat for $15. How much does she pay?"
)


@dataclass(frozen=True, slots=True)
class _Manner:
    """A way to ask for the sums."""

    system: str
    examples: tuple[tuple[str, str], ...]
    json_schema: str = ""


_IN_SENTENCES: Final = _Manner(
    "Solve the word problem in short sentences, one sum in each, every sum written out in numbers "
    "with its result. End with “Answer:” and the number.",
    (
        (
            _PENCILS,
            """The pencils in all boxes are 3 * 12 = 36.
The pencils left are 36 - 6 = 30.
The pencils for each friend are 30 / 2 = 15.
Answer: 15""",
        ),
        (
            _COAT,
            """The money off the coat is 80 * 25 / 100 = 20.
The price of the coat is 80 - 20 = 60.
The coat and the hat together are 60 + 15 = 75.
Answer: 75""",
        ),
    ),
)
_IN_JSON: Final = _Manner(
    "You solve word problems. Give the sums one after the other as JSON. Each step says what it "
    "finds, the sum in numbers, and its result. The last result is the answer.",
    (
        (
            _PENCILS,
            """{"steps": [{"find": "pencils in all boxes", "sum": "3 * 12", "result": "36"}, \
{"find": "pencils left", "sum": "36 - 6", "result": "30"}, \
{"find": "pencils for each friend", "sum": "30 / 2", "result": "15"}]}""",
        ),
        (
            _COAT,
            """{"steps": [{"find": "money off the coat", "sum": "80 * 25 / 100", "result": "20"}, \
{"find": "price of the coat", "sum": "80 - 20", "result": "60"}, \
{"find": "coat and hat together", "sum": "60 + 15", "result": "75"}]}""",
        ),
    ),
    SCHEMA,
)


@dataclass(frozen=True, slots=True)
class WorkedProblem:
    """A word problem, worked; or why it was not.

    Args:
        answer: As text; "" where nothing could be computed.
        steps: The sums of the best proposal, every one computed by code.
        agreeing: Proposals with this answer.
        of: Proposals that could be computed.
        doubts: What speaks against it. The sums are right; that they are the right sums is not
            shown by anything but that the proposals agree.
        alone: What the model says without sums, where the proposals are not to be trusted; it is
            then the answer, and nothing has checked it.
    """

    answer: str
    steps: tuple[WorkedStep, ...]
    agreeing: int
    of: int
    doubts: tuple[str, ...]
    alone: bool = False

    @property
    def sums(self) -> tuple[tuple[str, str, str], ...]:
        """What each sum finds, the sum, and its result, as text."""
        return tuple((step.find, step.sum, typed(step.result)) for step in self.steps)

    @property
    def trusted(self) -> bool:
        """Whether most proposals agree and nothing speaks against it."""
        return self.agreeing * 2 > self.of > 1 and not self.doubts and not self.alone


class WordProblemService:
    """Works word problems with the model that is in use.

    Args:
        workers: Have the pool in which it waits.
        completions: Where the proposals come from.
    """

    def __init__(self, workers: Workers, completions: Completions) -> None:
        self._workers = workers
        self._completions = completions

    def work(self, problem: str) -> Job[WorkedProblem]:
        """Works one problem.

        Raises (from the job):
            UserFacingError: ``problem_empty`` or ``problem_too_long``; no model can answer.
        """
        return self._workers.in_pool(lambda job: self._work(problem.strip(), job.cancel_token))

    def _work(self, problem: str, cancel: CancelToken) -> WorkedProblem:
        if not problem:
            raise UserFacingError(
                "There is no problem to work.",
                "Write it in words, with its numbers.",
                code="problem_empty",
            )
        if len(problem) > LONGEST_PROBLEM:
            raise UserFacingError(
                f"The problem has more than {LONGEST_PROBLEM:,} characters.",
                "Leave out what the question does not need.",
                code="problem_too_long",
            )
        loaded = self._completions.model().result()

        def ask(request: GenerationRequest) -> str:
            return self._completions.ask(request, cancel, loaded).result().text

        return worked(problem, ask)


def worked(problem: str, ask: Ask, *, samples: int = 5, seed: int = 0) -> WorkedProblem:
    """Works a problem.

    Args:
        problem: Its text; what is beyond ``LONGEST_PROBLEM`` characters is not read.
        ask: Has the model answer.
        samples: Proposals to be made, the first the likeliest one; it ends early where the
            first three agree without doubts.
        seed: Of the sampling.
    """
    problem = problem[:LONGEST_PROBLEM]
    proposals: list[Proposal] = []
    for number in range(samples if problem.strip() else 0):
        # In JSON there always is a sum; that is asked for where sentences had none.
        manner = _IN_SENTENCES if number < _IN_VAIN or proposals else _IN_JSON
        made = proposal_of(problem, ask(_request(problem, number, seed, manner)))
        if made is not None:
            proposals.append(made)
        first = {one.answer for one in proposals}
        if len(proposals) >= _ENOUGH and len(first) == 1 and not proposals[0].doubts:
            break
    vote = voted(proposals)
    if vote is None:
        made = WorkedProblem("", (), 0, 0, ("No proposal could be computed.",))
    else:
        best = vote.best
        made = WorkedProblem(typed(best.answer), best.steps, vote.agreeing, vote.of, best.doubts)
    if made.trusted or not problem.strip():
        return made
    alone = said_alone(problem, ask)
    if alone is None or typed(alone) == made.answer:
        return made
    doubts = ("The sums that were proposed do not agree, or have doubts.", *made.doubts)
    return WorkedProblem(typed(alone), (), 0, made.of, doubts, alone=True)


def said_alone(problem: str, ask: Ask) -> Fraction | None:
    """What the model answers when it solves a problem in its own way; None for no number."""
    sampling = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=_MOST_TOKENS_ALONE)
    turns = (Turn(Role.SYSTEM, _ALONE), Turn(Role.USER, problem[:LONGEST_PROBLEM]))
    request = GenerationRequest(
        turns, sampling, cache_key="a problem alone", priority=Priority.BACKGROUND
    )
    text = ask(request)
    found = _NUMBER.findall(text.rpartition("Answer:")[2] or text)
    return Fraction(found[-1].replace(",", "")) if found else None


_ENOUGH: Final = 3
_IN_VAIN: Final = 2
"""Proposals in sentences with no sum to be computed, after which JSON is asked for."""


def _request(problem: str, number: int, seed: int, manner: _Manner) -> GenerationRequest:
    turns = [Turn(Role.SYSTEM, manner.system)]
    for question, answer in manner.examples:
        turns += [Turn(Role.USER, question), Turn(Role.ASSISTANT, answer)]
    sampling = SamplingParams(
        temperature=0.0 if number == 0 else 0.7,
        repeat_penalty=1.0,
        max_tokens=_MOST_TOKENS,
        seed=seed + number,
    )
    return GenerationRequest(
        (*turns, Turn(Role.USER, problem)),
        sampling,
        cache_key="sums in JSON" if manner.json_schema else "sums in sentences",
        json_schema=manner.json_schema,
        priority=Priority.BACKGROUND,
    )
