"""Runs exercises of a track through the sandbox: every exemplar must pass, every stub must fail.

    python scripts/check_exercism.py DATA

DATA has a JSON object a line: ``slug`` and ``files`` (path to text, among them
``.meta/example.py``, ``NAME.py`` and ``NAME_test.py``).
Prints what is not so, and milliseconds once warm.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.config.paths import installed_sandbox
from assistant.domain.exercise import RunReport
from assistant.sandbox.sandbox import Sandbox


def main(data: Path) -> int:
    """How many exercises do not do what they should."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line
    ]
    wrong = 0
    spent: list[tuple[float, int, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(installed_sandbox(), Path(folder) / "cache", Path(folder) / "notes")
        sandbox.warm_up()
        for row in rows:
            name = str(row["slug"]).replace("-", "_")
            files: dict[str, str] = row["files"]
            tests = files[f"{name}_test.py"]
            began = time.perf_counter()
            exemplar = sandbox.grade(files[".meta/example.py"], tests, name)
            spent.append(((time.perf_counter() - began) * 1000, len(exemplar.cases), name))
            stub = sandbox.grade(files[f"{name}.py"], tests, name)
            if not exemplar.all_passed or stub.all_passed:
                wrong += 1
                print(name, _words(exemplar), "stub passes" if stub.all_passed else "", sep=": ")
        sandbox.close()
    whole = [ms for ms, _, _ in spent]
    cases = sum(count for _, count, _ in spent)
    print(f"{len(rows)} exercises, {cases} tests, {wrong} wrong")
    print(f"a file of tests: median {statistics.median(whole):.1f} ms, most {max(spent)}")
    each = [ms / count for ms, count, _ in spent if count]
    print(f"a test: median {statistics.median(each):.2f} ms")
    return wrong


def _words(report: RunReport) -> str:
    failed = [f"{case.name} ({case.message})" for case in report.cases if not case.passed]
    return f"{report.trouble} {report.killed or ''} {'; '.join(failed[:3])}".strip()


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
