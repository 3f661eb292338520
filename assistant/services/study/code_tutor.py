"""The code tutor: what can be found of a program by code, and a model's words about it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from assistant.domain.cancel import CancelToken
from assistant.domain.code_review import CodeReading, Finding, Unreadable
from assistant.domain.conversation import FinishReason, Role
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.generation import GenerationRequest, SamplingParams, Turn
from assistant.domain.trace import ProgramRun
from assistant.sandbox.limits import Limits
from assistant.services.completions import Completion
from assistant.services.jobs import Job, Workers
from assistant.services.study.code_sections import sections_of
from assistant.services.study.code_values import (
    CodeAnalysis,
    CodeAnswer,
    CodeExplanation,
    CodeLevel,
    Explained,
    NotExplained,
    TracedProgram,
)
from assistant.services.study.grading import GradingService
from assistant.services.study.ruff_runner import RuffMissing, ruff_findings
from assistant.services.study.wording import Wording
from assistant.tutor.books.grounding import Sentence, Support, grounded
from assistant.tutor.coding.claims import objection
from assistant.tutor.coding.reading import parsed, read_code
from assistant.tutor.coding.steps_words import step_words
from assistant.tutor.coding.style import findings_of

_RUN: Final = Limits(seconds=5.0, fuel=20_000_000_000, output_chars=20_000)
_NO_RUFF: Final = (
    "ruff, which knows the rules of style, is not there. Install Lamplight again to have it."
)
_MOST_FACTS: Final = 2_400
"""Characters of what the model is given of the analysis: small ones lose the thread in more."""
_MOST_SOURCE: Final = 3_000
_SAMPLING: Final = SamplingParams(temperature=0.2, repeat_penalty=1.05, max_tokens=400)
_LEVELS: Final = {
    CodeLevel.BEGINNER: "somebody who has programmed for a few weeks: use no jargon",
    CodeLevel.INTERMEDIATE: "somebody who knows functions, loops and lists well",
    CodeLevel.ADVANCED: "an experienced programmer: be brief and exact",
}
_SYSTEM: Final = (
    "You are a patient tutor of Python. Explain the program to {level}. Write three to six short "
    "sentences: what it is for, how it does it, and what should be mended. Say only what the "
    "numbered facts say. After each sentence write the number of its fact in brackets, like [1]."
)
_FENCED: Final = re.compile(r"^[ \t]*```.*?(?:^[ \t]*```[ \t]*$|\Z)", re.M | re.S)
_NO_MODEL: Final = "No model could explain it; what code found is all here."


class CodeTutor:
    """Looks at programs and explains them.

    Args:
        workers: The pool.
        grading: Runs programs.
        wording: Has a model write.
        lint: Has ruff look, as ``ruff_findings`` does.
    """

    def __init__(
        self,
        workers: Workers,
        grading: GradingService,
        wording: Wording,
        lint: Callable[[str], str] = ruff_findings,
    ) -> None:
        self._workers = workers
        self._grading = grading
        self._wording = wording
        self._lint = lint

    def analyse(self, source: str, stdin: str = "", *, run: bool = True) -> Job[CodeAnalysis]:
        """All that code can find of a program; any text will do.

        Args:
            source: The program.
            stdin: What is typed into it when it is run.
            run: Whether it is to be run, sealed off.
        """
        return self._workers.in_pool(lambda job: self._analysis(source, stdin, job, run=run))

    def trace(self, source: str, stdin: str = "") -> Job[TracedProgram]:
        """Runs a program step by step.

        Raises (from the job):
            UserFacingError: It is no program, or too large.
            EnvironmentProblem: Programs cannot be run here, and why.
        """

        def work(job: Job[TracedProgram]) -> TracedProgram:
            refused = read_code(source).unreadable
            if refused is not None and refused.kind != "syntax":
                raise UserFacingError(refused.words, refused.remedy, code="not_a_program")
            trace = self._grading.sandbox.trace(
                source,
                stdin,
                cancel=job.cancel_token,
                on_preparing=lambda: job.report(0.0, "Preparing the sandbox"),
            )
            return TracedProgram(trace, step_words(trace))

        return self._workers.in_pool(work)

    def explain(self, analysis: CodeAnalysis, level: CodeLevel = CodeLevel.BEGINNER) -> CodeAnswer:
        """Has the model explain a program that was analysed.

        Its last event holds the explanation sentence by sentence: one that stands in what code
        found is supported by it, all others are not checked.
        """
        answer = CodeAnswer()
        facts = _chosen(analysis.facts)
        if not analysis.readable or not facts:
            why = analysis.reading.unreadable
            words = f"{why.words} {why.remedy}" if why is not None else "There is nothing to tell."
            answer.put(Explained(CodeExplanation((), facts, missing=words)))
            return answer
        request = _request(analysis.source, facts, level)

        def done(outcome: Completion | BaseException) -> None:
            answer.put(Explained(self._explained(analysis.source, facts, outcome)))

        begin = self._workers.in_pool(
            lambda _: self._wording.stream(request, answer.cancel_token, answer.put, done)
        )
        begin.on_done(lambda job: _refuse(answer, facts, job.error))
        return answer

    def _analysis(
        self, source: str, stdin: str, job: Job[CodeAnalysis], *, run: bool
    ) -> CodeAnalysis:
        reading = read_code(source)
        if reading.unreadable is not None:
            sections = sections_of(reading, (), None)
            return CodeAnalysis(source, reading, (), None, sections)
        missing: list[str] = []
        style = self._style(source, reading, missing)
        job.cancel_token.raise_if_cancelled()
        ran = self._ran(source, stdin, job.cancel_token, missing) if run else None
        sections = sections_of(reading, style, ran)
        return CodeAnalysis(source, reading, style or (), ran, sections, tuple(missing))

    def _style(
        self, source: str, reading: CodeReading, missing: list[str]
    ) -> tuple[Finding, ...] | None:
        try:
            return findings_of(self._lint(source), reading.findings)
        except (RuffMissing, ValueError):
            missing.append(_NO_RUFF)
            return None

    def _ran(
        self, source: str, stdin: str, cancel: CancelToken, missing: list[str]
    ) -> ProgramRun | None:
        try:
            return self._grading.sandbox.run(source, stdin, limits=_RUN, cancel=cancel)
        except (EnvironmentProblem, UserFacingError) as error:
            missing.append(f"It was not run. {error.message} {error.hint}".strip())
            return None

    def _explained(
        self, source: str, facts: tuple[str, ...], outcome: Completion | BaseException
    ) -> CodeExplanation:
        if isinstance(outcome, Cancelled):
            return CodeExplanation((), facts, stopped=True)
        if isinstance(outcome, BaseException):
            return CodeExplanation((), facts, missing=_missing(outcome))
        cut = outcome.finish_reason is FinishReason.LENGTH
        sentences, objections = _held(outcome.text, source, facts)
        return CodeExplanation(
            sentences,
            facts,
            objections,
            self._wording.name_of(outcome),
            "The explanation was cut short." if cut else "",
        )


def _held(
    text: str, source: str, facts: tuple[str, ...]
) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """A model's words held against the facts and the program; code that it repeats is left out."""
    tree = parsed(source)
    found = grounded(_FENCED.sub("", text), facts)
    if isinstance(tree, Unreadable):
        return found, tuple("" for _ in found)
    objections = tuple(objection(one.text, tree) for one in found)
    sentences = tuple(
        replace(one, support=Support.UNCHECKED, sources=()) if against else one
        for one, against in zip(found, objections, strict=True)
    )
    return sentences, objections


def _chosen(facts: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that fit, in their order."""
    left = _MOST_FACTS
    chosen: list[str] = []
    for fact in facts:
        if len(fact) <= left:
            chosen.append(fact)
            left -= len(fact)
    return tuple(chosen)


def _request(source: str, facts: tuple[str, ...], level: CodeLevel) -> GenerationRequest:
    numbered = "\n".join(f"[{number}] {fact}" for number, fact in enumerate(facts, 1))
    shown = source if len(source) <= _MOST_SOURCE else source[:_MOST_SOURCE] + "\n…"
    told = f"The program:\n\n```python\n{shown}\n```\n\nFacts:\n\n{numbered}"
    turns = (
        Turn(Role.SYSTEM, _SYSTEM.format(level=_LEVELS[level])),
        Turn(Role.USER, told),
    )
    return GenerationRequest(turns, _SAMPLING, cache_key="code tutor")


def _missing(error: BaseException) -> str:
    if isinstance(error, UserFacingError):
        return f"{_NO_MODEL} {error.message} {error.hint}".strip()
    return _NO_MODEL


def _refuse(answer: CodeAnswer, facts: tuple[str, ...], error: BaseException | None) -> None:
    if error is None or answer.ended:
        return
    if isinstance(error, Cancelled):
        answer.put(Explained(CodeExplanation((), facts, stopped=True)))
    else:
        problem = UserFacingError(
            "Something went wrong in Lamplight.", "Try again.", code="internal"
        )
        answer.put(NotExplained(error if isinstance(error, UserFacingError) else problem))
