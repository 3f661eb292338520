"""``study analyse``, ``trace``, ``challenge``: programs looked at, run in steps, and given."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.trace import ProgramRun, StepKind
from assistant.services.core import Core
from assistant.services.streams import Waiting
from assistant.services.study.code_values import (
    Challenge,
    ChallengeKind,
    CodeAnalysis,
    CodeExplanation,
    CodeLevel,
    Explained,
    NotExplained,
    Section,
    TracedProgram,
)
from assistant.services.study.program_files import MOST_BYTES, read_program
from assistant.tutor.books.grounding import Support


def analyse(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints all that code finds of a program; a text that is none is an answer, not an error."""
    job = core.study.code_tutor.analyse(
        _source(arguments.file), _typed(arguments.typed), run=not arguments.no_run
    )
    found = outcome(job)
    explanation = None
    if arguments.explain:
        explanation = _explained(core, found, CodeLevel(arguments.level), output)
    value = _analysis(found)
    words = _analysis_words(found)
    if explanation is not None:
        value["explanation"] = _explanation(explanation)
        words += f"\n\n{_explanation_words(explanation)}"
    output.document(value, words)


def trace(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints each step of a run."""
    source = _source(arguments.file)
    job = core.study.code_tutor.trace(source, _typed(arguments.typed))
    job.on_progress(lambda _, doing: output.note(f"{doing} …"))
    traced = outcome(job)
    output.document(_trace(traced), _trace_words(traced, source.splitlines()))


def challenge(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Gives a program to write or to mend, or lists those to write."""
    seed = core.options.seed or 0
    service = core.study.challenges
    if arguments.list:
        found = outcome(service.challenges(arguments.level, arguments.topic, seed=seed))
        rows = [{k: v for k, v in _challenge(one).items() if k in _ROW} for one in found]
        lines = [f"{one.level}  {one.topic:<24} {one.title}" for one in found]
        output.document({"challenges": rows}, "\n".join(lines))
        return
    ask = service.debugging if arguments.debug else service.one
    given = outcome(ask(arguments.level, arguments.topic, seed=seed))
    value, words = _challenge(given), _challenge_words(given)
    if arguments.to is not None:
        program, tests = _write(given, arguments.to)
        value |= {"file": str(program), "tests_file": str(tests)}
        words += f"\n\nWrite in {program}, then: study grade {program} --tests {tests}"
    output.document(value, words)


_ROW = ("id", "kind", "title", "topic", "level")


def _source(path: Path) -> str:
    """A program from a file, or what comes in where it is "-"."""
    if str(path) == "-":
        return sys.stdin.read(MOST_BYTES)
    return read_program(path).source


def _typed(path: Path | None) -> str:
    return "" if path is None else _source(path)


def _explained(
    core: Core, analysis: CodeAnalysis, level: CodeLevel, output: Output
) -> CodeExplanation:
    answer = core.study.code_tutor.explain(analysis, level)
    try:
        for event in answer:
            match event:
                case Waiting(reason):
                    output.note(reason)
                case Explained(explanation):
                    return explanation
                case NotExplained(error):
                    raise error
                case _:
                    pass
    except KeyboardInterrupt:
        answer.cancel()
    return CodeExplanation((), (), stopped=True)


def _analysis(found: CodeAnalysis) -> dict[str, Any]:
    reading = found.reading
    return {
        "readable": found.readable,
        "unreadable": asdict(reading.unreadable) if reading.unreadable is not None else None,
        "findings": [asdict(one) for one in (*reading.findings, *found.style)],
        "measures": [asdict(one) for one in reading.measures],
        "names": [asdict(one) for one in reading.names],
        "sections": [_section(one) for one in found.sections],
        "run": _run(found.run) if found.run is not None else None,
        "missing": list(found.missing),
    }


def _section(section: Section) -> dict[str, Any]:
    return asdict(section) | {"checked": section.checked}


def _run(run: ProgramRun) -> dict[str, Any]:
    return {
        "output": run.output,
        "error": asdict(run.error) if run.error is not None else None,
        "killed": run.killed,
        "seconds": round(run.seconds, 4),
    }


def _analysis_words(found: CodeAnalysis) -> str:
    lines: list[str] = []
    for section in found.sections:
        mark = "checked" if section.checked else "not checked"
        mark += ", partly an estimate" if section.estimate else ""
        lines += ["", f"{section.title} ({mark}: {section.how})"]
        for one in section.lines:
            place = f"{one.line:>5}" if one.line else "     "
            lines.append(f"{place}  {'  ' * one.depth}{one.words}")
            lines += [f"       {one.remedy}"] if one.remedy else []
        lines += [] if section.lines else ["       Nothing was found."]
    lines += ["", *found.missing] if found.missing else []
    return "\n".join(lines).strip("\n")


def _explanation(explanation: CodeExplanation) -> dict[str, Any]:
    return {
        "sentences": [
            asdict(one) | {"objection": against or None}
            for one, against in zip(explanation.sentences, explanation.objections, strict=True)
        ],
        "facts": list(explanation.facts),
        "model": explanation.model or None,
        "missing": explanation.missing or None,
        "stopped": explanation.stopped,
    }


def _explanation_words(explanation: CodeExplanation) -> str:
    if not explanation.sentences:
        return explanation.missing or "It was stopped."
    lines = [f"{explanation.model} says:"]
    for one, against in zip(explanation.sentences, explanation.objections, strict=True):
        mark = "stands in what was found" if one.sources else "not checked"
        mark = f"wrong: {against}" if against else mark
        claims = one.support is not Support.NO_CLAIM
        lines.append(f"  {one.text} ({mark})" if claims else f"  {one.text}")
    lines += [explanation.missing] if explanation.missing else []
    return "\n".join(lines)


def _trace(traced: TracedProgram) -> dict[str, Any]:
    steps = [
        asdict(step) | {"words": words}
        for step, words in zip(traced.trace.steps, traced.words, strict=True)
    ]
    return {"steps": steps, "cut": traced.trace.cut, **_run(traced.trace.run)}


def _trace_words(traced: TracedProgram, program: list[str]) -> str:
    lines: list[str] = []
    for number, (step, words) in enumerate(
        zip(traced.trace.steps, traced.words, strict=True), start=1
    ):
        inside = step.frames[-1].name if step.frames else ""
        where = "" if inside in ("", "<module>") else f" in {inside}"
        text = program[step.line - 1].strip() if 0 < step.line <= len(program) else ""
        lines += [f"      {words}"] if words else []
        if step.kind is StepKind.LINE:
            lines.append(f"{number:>4}  line {step.line}{where}: {text}")
    run = traced.trace.run
    if traced.trace.cut:
        lines.append("It goes on; no more steps are kept.")
    if run.error is not None:
        lines.append(f"It ends with {run.error.kind}: {run.error.message} (line {run.error.line})")
    if run.killed is not None:
        lines.append("It was stopped: it took too much time or memory.")
    return "\n".join(lines)


def _challenge(one: Challenge) -> dict[str, Any]:
    """What a learner may see: never the reference, nor what was broken."""
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "topic": one.topic,
        "level": one.level,
        "prompt": one.prompt,
        "module": one.task.module,
        "starter": one.task.starter,
        "tests": one.task.tests,
        "hint": one.hint,
        "proof": one.proof,
    }


def _challenge_words(one: Challenge) -> str:
    mends = one.kind is ChallengeKind.MEND or one.title.startswith("Mend")
    title = one.title.removeprefix("Mend: ")
    head = (
        f"{'Mend' if mends else 'Write'} {one.task.module}.py: {title} "
        f"(level {one.level}, {one.topic_title})"
    )
    return "\n\n".join([head, one.prompt.strip(), one.task.starter.strip(), f"({one.proof})"])


def _write(one: Challenge, folder: Path) -> tuple[Path, Path]:
    """Writes the program and its tests; nothing that is there is written over.

    Raises:
        UserFacingError: There is one already, or it cannot be written.
    """
    program = folder / f"{one.task.module}.py"
    tests = folder / f"{one.task.module}_test.py"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in ((program, one.task.starter), (tests, one.task.tests)):
            with path.open("x", encoding="utf-8") as file:
                file.write(text.lstrip("\n"))
    except FileExistsError as error:
        raise UserFacingError(
            f"There is a {Path(str(error.filename)).name} in {folder} already.",
            "Name another folder; nothing is written over.",
            code="file_exists",
        ) from error
    except OSError as error:
        raise UserFacingError(
            f"Nothing can be written to {folder}: {error.strerror}.",
            "Name another folder.",
            code="file_unwritable",
        ) from error
    return program, tests
