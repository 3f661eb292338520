"""Programs that do their work while they are imported: what they print, read and raise then."""

import textwrap

import pytest

from assistant.domain.exercise import Killed
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox

# Each is a program, and tests that it passes.
HONEST = {
    "printing": (
        "import sys\nprint('one')\nprint('two', file=sys.stderr)",
        """
        import contextlib, io
        shown, complaints = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(complaints):
            import answer
        def test_it():
            assert (shown.getvalue(), complaints.getvalue()) == ("one\\n", "two\\n")
        """,
    ),
    "reading": (
        "name = input('Who? ')\nprint('Hello ' + name)",
        """
        import io, sys
        from contextlib import redirect_stdout
        from unittest.mock import patch
        def shown_for(name):
            shown = io.StringIO()
            with patch("builtins.input", lambda prompt: name), redirect_stdout(shown):
                sys.modules.pop("answer", None)
                import answer
            return shown.getvalue()
        def test_every_import_runs_it_anew():
            assert shown_for("Ada") == "Hello Ada\\n"
            assert shown_for("Bo") == "Hello Bo\\n"
        """,
    ),
    "reading lines that were typed before": (
        "a = int(input())\nb = int(input())",
        """
        import io, sys
        sys.stdin = io.StringIO("2\\n3\\n")
        import answer
        def test_it():
            assert (answer.a, answer.b) == (2, 3)
        """,
    ),
    "run again": (
        "seen = []\ndef add(x): seen.append(x); return len(seen)",
        """
        import importlib
        import answer
        def test_it():
            assert [answer.add(1), answer.add(1)] == [1, 2]
            importlib.reload(answer)
            assert answer.add(1) == 1
        """,
    ),
    "a call that is replaced before": (
        "import time\ntime.sleep(100)\ndone = 1",
        """
        from unittest.mock import patch
        def test_it():
            with patch("time.sleep"):
                from answer import done
            assert done == 1
        """,
    ),
    "words about itself": (
        '''
        """About it."""
        def f():
            "Gives 1."
            return 1
        def bare(): ...
        class Box:
            "Holds it."
            def open(self): "Opens it."
        ''',
        """
        import answer
        from answer import Box, bare, f
        def test_it():
            assert answer.__doc__ == "About it."
            assert f.__doc__ == "Gives 1." and bare.__doc__ is None
            assert Box.__doc__ == Box(  ).__doc__ == "Holds it."
            assert Box.open.__doc__ == Box().open.__doc__ == "Opens it."
        """,
    ),
    "nothing at all": ("", "def test_it(): assert True"),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_program_passes(sandbox: Sandbox, name: str) -> None:
    program, tests = (textwrap.dedent(text) for text in HONEST[name])
    report = sandbox.grade(program, tests, "answer", limits=Limits(seconds=10))
    assert report.all_passed, report


def test_a_program_that_cannot_be_imported_has_no_tests_passed(sandbox: Sandbox) -> None:
    program = "print('before')\nvalue = 1 / 0"
    top = sandbox.grade(program, "import answer\ndef test_it(): pass", "answer")
    assert ([case.name for case in top.cases], top.passed) == (["test_it"], 0)
    assert top.output == "before\n"
    assert top.trouble == "ZeroDivisionError: division by zero (line 2 of answer.py)"
    inside = "def test_it():\n    try: import answer\n    except BaseException: pass\n"
    late = sandbox.grade(program, inside + "def test_other(): pass", "answer")
    assert late.trouble == top.trouble
    assert [case.passed for case in late.cases] == [False, False]


def test_what_hangs_while_it_is_imported_is_ended(sandbox: Sandbox) -> None:
    limits = Limits(seconds=1.0, fuel=2_000_000_000)
    for program in ("while True: pass", "import time\ntime.sleep(100)"):
        report = sandbox.grade(
            program, "import answer\ndef test_it(): pass", "answer", limits=limits
        )
        assert report.killed is Killed.TIME
        assert not report.all_passed


@pytest.mark.parametrize(
    "word", ['["give", 4, null]', '["give", ["n", "builtins", "str"], null]', '["give", null, []]']
)
def test_nothing_passes_for_the_module_but_a_module(sandbox: Sandbox, word: str) -> None:
    program = f"import wit_world\nwhile True: wit_world.exchange({word!r})"
    tests = "from answer import upper\ndef test_it(): assert upper('a') == 'A'"
    report = sandbox.grade(program, tests, "answer", limits=Limits(seconds=5, fuel=2 * 10**9))
    assert not report.all_passed
    assert not [case for case in report.cases if case.passed]
