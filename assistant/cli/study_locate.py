"""``study locate FILE``: the first wrong step of a pupil's way."""

import argparse
from pathlib import Path

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.exercise import StepVerdict
from assistant.services.core import Core
from assistant.services.study.locating import (
    located_beside,
    located_in,
    verdict_document,
    wants_a_way,
    way_of_file,
)


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Needs no vault, and no model if none is asked for: it was computed, or learned before."""
    way = way_of_file(Path(arguments.file))
    if arguments.with_model and wants_a_way(way):
        made = outcome(core.study.word_problems.work(way.problem))
        verdict = located_beside(way, made)
    else:
        verdict = located_in(way)
    output.document(verdict_document(verdict), _words(verdict))


def _words(verdict: StepVerdict) -> str:
    if verdict.step is None:
        return verdict.why or "Every step follows from the one before."
    how = "is the first wrong one (checked)"
    if not verdict.checked:
        how = "may be the first wrong one (not checked, a guess)"
    return f"Step {verdict.step + 1} {how}. {verdict.why}"
