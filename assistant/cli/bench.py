"""``bench``: figures of this machine as ratios against a reference of the same run."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.domain.health import BenchRow
from assistant.services import bench_downloads, bench_fit, bench_hub, bench_store, engine_bench
from assistant.services.core import Core


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Measures one suite and prints its table."""
    if arguments.suite == "ui":
        rows = _measure_ui(quick=arguments.quick)
    elif arguments.suite == "store":
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows = [
                as_value(row)
                for row in bench_store.measure(
                    Path(folder),
                    quick=arguments.quick,
                    on_progress=_in_steps(output),
                )
            ]
    elif arguments.suite == "fit":
        rows = [
            as_value(row)
            for row in bench_fit.measure(
                core.models.installed(), quick=arguments.quick, on_progress=output.note
            )
        ]
    elif arguments.suite == "downloads":
        rows = [
            as_value(row)
            for row in bench_downloads.measure(
                core.options.paths.cache,
                quick=arguments.quick,
                on_progress=_in_steps(output),
            )
        ]
    elif arguments.suite == "hub":
        rows = [
            as_value(row)
            for row in bench_hub.measure(
                core.options.paths.cache,
                quick=arguments.quick,
                on_progress=_in_steps(output),
            )
        ]
    else:
        model = core.models.chosen()
        if model.path is None:
            raise UserFacingError(f"{model.name} is not installed.", code="model_not_installed")
        rows = [
            as_value(row)
            for row in engine_bench.measure(
                model.path, quick=arguments.quick, on_progress=output.note
            )
        ]
    machine = {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    output.document(
        {"suite": arguments.suite, "machine": machine, "rows": rows},
        "\n".join(_words(row) for row in rows),
    )


def _in_steps(output: Output) -> Callable[[float, str], None]:
    """Notes a progress at every tenth of it, and not a thousand times."""
    said: set[tuple[str, int]] = set()

    def tell(part: float, doing: str) -> None:
        step = (doing, int(part * 10))
        if step not in said:
            said.add(step)
            output.note(f"{doing} {part:.0%}")

    return tell


def _measure_ui(*, quick: bool) -> list[dict[str, Any]]:
    """In a process of its own: this one must not know Qt."""
    command = [sys.executable, "-m", "assistant.ui.bench", "--json"]
    done = subprocess.run(  # noqa: S603 - our own module, fixed arguments
        [*command, "--quick"] if quick else command,
        stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
        check=False,
    )
    if done.returncode != 0:
        raise UserFacingError(
            "The window could not be measured.",
            "“assistant doctor” says whether Qt works here.",
            code="bench_failed",
        )
    return json.loads(done.stdout)


def as_value(row: BenchRow) -> dict[str, Any]:
    """One row in the form that is promised to programs."""
    return {
        "name": row.name,
        "value": row.value,
        "unit": row.unit,
        "reference": row.reference,
        "ratio": row.ratio,
        "goal": row.goal,
        "met": row.met,
        "note": row.note,
    }


def _words(row: dict[str, Any]) -> str:
    ratio = "" if row["ratio"] is None else f"  ratio {row['ratio']:.2f}"
    goal = "" if row["goal"] is None else f"  goal {row['goal']:g}"
    met = {True: "  met", False: "  NOT MET", None: ""}[row["met"]]
    return f"{row['name']}: {row['value']:.4g} {row['unit']}{ratio}{goal}{met}"
