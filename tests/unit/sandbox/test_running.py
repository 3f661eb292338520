"""Programs as they are run: what they print, how they end, what ends them."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.exercise import Killed
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox
from tests.unit.sandbox.conftest import new_sandbox


def test_a_program_reads_what_is_typed_and_prints(sandbox: Sandbox) -> None:
    run = sandbox.run("name = input('Who? ')\nprint(f'Hello {name}')", "Ada\n")
    assert run.output == "Who? Hello Ada\n"
    assert run.ended_well


@pytest.mark.parametrize(
    ("source", "kind", "line", "words"),
    [
        ("print(1)\n1 / 0", "ZeroDivisionError", 2, "division by zero"),
        ("x = = 3", "SyntaxError", 1, "invalid syntax"),
        ("def f():\n    return g()\nf()", "NameError", 2, "name 'g' is not defined"),
        ("input()", "EOFError", 1, "EOF when reading a line"),
        ("def f():\n    f()\nf()", "RecursionError", 2, "maximum recursion depth exceeded"),
        ("import numpy", "ModuleNotFoundError", 1, "No module named 'numpy'"),
        ("x = []\nfor _ in range(100_000): x = [x]\nrepr(x)", "RecursionError", None, None),
        ("import os\nos.abort()", "Crash", 0, None),
        ("class E(Exception):\n    def __str__(self): raise SystemExit\nraise E", "E", 3, ""),
        ("x = " + "(" * 5000 + ")" * 5000, "SyntaxError", 0, "it nests too deeply to be read"),
        ("\ufeffprint('a')\n1 / 0", "ZeroDivisionError", 2, "division by zero"),
        ("x = 1\0", "SyntaxError", 0, "source code string cannot contain null bytes"),
        ("print('\\0')\nx = '\\0'\n(", "SyntaxError", 3, "'(' was never closed"),
    ],
)
def test_an_error_is_told_with_its_line(
    sandbox: Sandbox, source: str, kind: str, line: int | None, words: str | None
) -> None:
    run = sandbox.run(source)
    assert run.error is not None
    assert run.error.kind == kind
    assert line is None or run.error.line == line
    assert words is None or run.error.message == words
    assert run.killed is None


def test_only_the_programs_own_lines_are_in_a_traceback(sandbox: Sandbox) -> None:
    run = sandbox.run("import json\njson.loads('{')")
    assert run.error is not None
    assert 'File "program.py", line 2, in <module>' in run.error.trace
    assert run.error.trace.count("File ") == 1


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("import sys\nsys.exit('bye')", "bye\n"),
        ("import sys\nprint('a')\nsys.exit(3)", "a\n"),
        ("import os\nos._exit(0)", ""),
        ("", ""),
        ("import sys\nsys.stdout = None", ""),
        ("import sys\nprint('a')\nsys.stdout.close()", "a\n"),
        ("print('\\ud800 \\u20ac')", "\\ud800 €\n"),
    ],
)
def test_a_program_may_end_as_it_likes(sandbox: Sandbox, source: str, output: str) -> None:
    run = sandbox.run(source)
    assert (run.output, run.error, run.killed) == (output, None, None)


@pytest.mark.parametrize(
    ("source", "limits"),
    [
        ("while True: pass", Limits(seconds=60, fuel=3_000_000_000)),
        ("import time\ntime.sleep(1000)", Limits(seconds=4)),
        ("import signal\n9 ** 9 ** 9 ** 9", Limits(seconds=60, fuel=3_000_000_000)),
    ],
)
def test_what_never_ends_is_ended_and_what_it_printed_is_kept(
    sandbox: Sandbox, source: str, limits: Limits
) -> None:
    run = sandbox.run(f"print('before')\n{source}", limits=limits)
    assert run.killed is Killed.TIME
    assert run.output == "before\n"
    assert sandbox.run("print('next')").output == "next\n"


@pytest.mark.parametrize(
    "source", ["x = 'a' * (1 << 30)", "x = []\nwhile True: x.append('a' * 1_000_000)"]
)
def test_a_program_gets_no_more_memory_than_it_may(sandbox: Sandbox, source: str) -> None:
    run = sandbox.run(source, limits=Limits(memory_bytes=96 << 20))
    assert run.killed is Killed.MEMORY


def test_what_is_printed_without_end_is_cut(sandbox: Sandbox) -> None:
    many = sandbox.run("for n in range(50): print(n)", limits=Limits(output_lines=10))
    assert many.output == "".join(f"{n}\n" for n in range(10))
    much = sandbox.run("print('x' * 10_000_000)\nprint('y')", limits=Limits(output_chars=1000))
    assert much.output == "x" * 1000
    assert much.ended_well


def test_every_run_draws_other_random_numbers_and_knows_the_time(sandbox: Sandbox) -> None:
    source = "import random, time\nprint(random.random(), time.time())"
    first, second = (sandbox.run(source).output.split() for _ in range(2))
    assert first[0] != second[0]
    assert abs(float(first[1]) - time.time()) < 60


def test_nothing_is_left_of_one_program_for_the_next(sandbox: Sandbox) -> None:
    sandbox.run("import builtins, sys\nbuiltins.left = 1\nsys.modules['json'] = None")
    run = sandbox.run("import json\nprint(json.dumps([1]), 'left' in dir(__builtins__))")
    assert run.output == "[1] False\n"


@pytest.mark.parametrize(("source", "stdin"), [("#" * (1 << 20) + "\n", ""), ("", "ü" * (1 << 20))])
def test_what_is_too_large_is_refused(sandbox: Sandbox, source: str, stdin: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        sandbox.run(source, stdin)
    assert caught.value.code == "too_large"


def test_a_cancelled_run_ends_at_once_and_the_next_one_is_served(tmp_path: Path) -> None:
    made = new_sandbox(tmp_path)
    cancel = CancelToken()
    began = threading.Event()

    def wait() -> None:
        made.warm_up()
        began.set()
        with pytest.raises(Cancelled):
            made.run("while True: pass", cancel=cancel, limits=Limits(seconds=100, fuel=10**15))

    thread = threading.Thread(target=wait)
    thread.start()
    assert began.wait(60)
    cancel.cancel()
    thread.join(60)
    assert not thread.is_alive()
    assert made.run("print(1)").output == "1\n"
    made.close()


class CancelledWhen(CancelToken):
    """Is cancelled by itself in the moment in which it is ``watch``ed or ``unwatch``ed."""

    def __init__(self, moment: str) -> None:
        super().__init__()
        self._moment = moment

    def watch(self, watcher: Callable[[], None]) -> None:
        super().watch(watcher)
        if self._moment == "watch":
            self.cancel()

    def unwatch(self, watcher: Callable[[], None]) -> None:
        if self._moment == "unwatch":
            self.cancel()
        super().unwatch(watcher)


@pytest.mark.parametrize("warm", [False, True])
def test_no_process_is_started_for_a_run_that_was_cancelled_meanwhile(
    tmp_path: Path, warm: bool
) -> None:
    made = new_sandbox(tmp_path)
    try:
        if warm:
            made.warm_up()
        for _ in range(3):
            with pytest.raises(Cancelled):
                made.run("print(1)", cancel=CancelledWhen("watch"))
        assert made.run("print(2)").output == "2\n"
    finally:
        made.close()


def test_a_cancel_that_comes_too_late_does_not_hit_the_next_run(tmp_path: Path) -> None:
    made = new_sandbox(tmp_path)
    try:
        for number in range(5):
            run = made.run(f"print({number})", cancel=CancelledWhen("unwatch"))
            assert run.output == f"{number}\n"
    finally:
        made.close()


def test_closing_leaves_no_process_and_refuses_what_comes(tmp_path: Path) -> None:
    made = new_sandbox(tmp_path)
    before = {each.pid for each in psutil.Process().children()}
    made.warm_up()
    workers = {each.pid for each in psutil.Process().children()} - before
    assert workers
    made.close()
    assert not workers & {each.pid for each in psutil.Process().children()}
    with pytest.raises(Cancelled):
        made.run("print(1)")


def test_several_threads_are_served_one_after_the_other(sandbox: Sandbox) -> None:
    outputs: dict[int, str] = {}

    def work(number: int) -> None:
        outputs[number] = sandbox.run(f"print({number})").output

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outputs == {n: f"{n}\n" for n in range(6)}


def test_a_missing_component_is_told_in_words(tmp_path: Path) -> None:
    made = Sandbox(tmp_path, tmp_path / "cache", tmp_path / "notes")
    with pytest.raises(EnvironmentProblem) as caught:
        made.run("print(1)")
    assert caught.value.code == "sandbox_missing"
    made.close()
