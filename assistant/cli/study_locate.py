"""``study locate FILE``: the first wrong step of a pupil's way."""

import argparse
from pathlib import Path

from assistant.cli.output import Output
from assistant.domain.exercise import StepVerdict
from assistant.services.study.locating import located_in, verdict_document, way_of_file


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Needs no vault and no model: what it says was computed, or learned before."""
    verdict = located_in(way_of_file(Path(arguments.file)))
    output.document(verdict_document(verdict), _words(verdict))


def _words(verdict: StepVerdict) -> str:
    if verdict.step is None:
        return verdict.why or "Every step follows from the one before."
    how = "is the first wrong one (checked)"
    if not verdict.checked:
        how = "may be the first wrong one (not checked, a guess)"
    return f"Step {verdict.step + 1} {how}. {verdict.why}"
