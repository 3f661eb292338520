"""Throws at the engine what it must survive, and counts what comes of it. For developers only.

    python scripts/fuzz_engine.py files --seed 1 --count 1000
    python scripts/fuzz_engine.py parameters --seed 1 --count 2000
    python scripts/fuzz_engine.py rounds --seed 1 --count 200

The cases run in a process that stands for the application; each is made from the seed and its
number alone (``--first`` and ``--count 1`` play one again). Where that process dies or says nothing
for too long it is counted, and the next case goes on in a new one.
"""

import argparse
import json
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from fuzzing import load_path, parameters, rounds  # noqa: E402 - the path comes first

_STALLED_S = 10.0
_GIVEN_UP_S = 120.0
_ODD_SHARE = 5
_MARK = "case "
DIED, STALLED, SLOW = "THE APPLICATION DIED", "THE APPLICATION STALLED", "took more than 10 s"


def main() -> int:
    """Runs the command line; 1 where anything died or stalled."""
    arguments = _arguments()
    numbers = range(arguments.first, arguments.first + arguments.count)
    if arguments.worker:
        _work(arguments, numbers)
        return 0
    counts = _supervise(arguments, numbers)
    for outcome, count in counts.most_common():
        print(f"{count:6}  {outcome}")
    return 1 if counts[DIED] or counts[STALLED] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("part", choices=("files", "parameters", "rounds"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument(
        "--odd", type=int, help="files with a lower number are well formed; default a fifth"
    )
    parser.add_argument(
        "--in-process", action="store_true", help="load files that passed their trial right here"
    )
    parser.add_argument("--log", type=Path, help="a line for each case")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.odd is None:
        arguments.odd = arguments.count // _ODD_SHARE
    return arguments


def _work(arguments: argparse.Namespace, numbers: range) -> None:
    """What the process does that stands for the application."""
    for number, outcome, what in _cases(arguments, numbers):
        print(_MARK + json.dumps([number, outcome, what]), flush=True)


def _cases(arguments: argparse.Namespace, numbers: range) -> Iterator[load_path.Outcome]:
    if arguments.part == "files":
        return load_path.cases(
            arguments.seed, numbers, odd_ones=arguments.odd, in_process=arguments.in_process
        )
    if arguments.part == "parameters":
        return parameters.cases(arguments.seed, numbers)
    return rounds.cases(arguments.seed, numbers)


def _supervise(arguments: argparse.Namespace, numbers: range) -> "Counter[str]":
    counts: Counter[str] = Counter()
    log = arguments.log.open("a", encoding="utf-8") if arguments.log else None
    following = numbers.start
    while following < numbers.stop:
        for number, outcome, what in _one_process(arguments, range(following, numbers.stop)):
            following = number + 1
            counts[outcome] += 1
            if log is not None:
                print(number, outcome, what, sep="\t", file=log, flush=True)
    return counts


def _one_process(arguments: argparse.Namespace, numbers: range) -> Iterator[load_path.Outcome]:
    """The outcomes of one process; its last one says that it died, where it did."""
    command = [sys.executable, __file__, arguments.part, "--worker", "--seed", str(arguments.seed)]
    command += ["--first", str(numbers.start), "--count", str(len(numbers))]
    command += ["--odd", str(arguments.odd), *["--in-process"] * arguments.in_process]
    following = numbers.start
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        lines = _lines(worker)
        while following < numbers.stop:
            began = time.monotonic()
            try:
                line = lines.get(timeout=_GIVEN_UP_S)
            except queue.Empty:
                worker.kill()
                yield following, STALLED, ""
                return
            if line is None:
                yield following, DIED, f"exit code {worker.wait()}"
                return
            number, outcome, what = json.loads(line)
            following = number + 1
            slow = time.monotonic() - began > _STALLED_S
            yield number, f"{outcome}, {SLOW}" if slow else outcome, what
        if worker.wait(_GIVEN_UP_S) != 0:
            yield following - 1, DIED, f"at its end, exit code {worker.returncode}"


def _lines(worker: "subprocess.Popen[str]") -> "queue.Queue[str | None]":
    found: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        for line in worker.stdout or ():
            if line.startswith(_MARK):  # and not what a library said at its end
                found.put(line.removeprefix(_MARK))
        found.put(None)

    threading.Thread(target=read, daemon=True).start()
    return found


if __name__ == "__main__":
    sys.exit(main())
