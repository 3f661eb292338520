"""Steps of a program: lines, calls, variables, and what is the same object."""

from assistant.domain.trace import Step, StepKind
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox

PROGRAM = """\
def double(n):
    m = n * 2
    return m

a = [1]
b = a
print("x")
b.append(double(3))
"""


def _value(step: Step, name: str) -> str:
    return next(each.value for each in step.frames[-1].variables if each.name == name)


def test_every_step_has_its_line_its_frames_and_its_variables(sandbox: Sandbox) -> None:
    trace = sandbox.trace(PROGRAM)
    lines = [(step.kind.value, step.line) for step in trace.steps]
    assert lines == [
        ("line", 1),
        ("line", 5),
        ("line", 6),
        ("line", 7),
        ("line", 8),
        ("call", 1),
        ("line", 2),
        ("line", 3),
        ("return", 3),
        ("return", 8),
    ]
    inside = trace.steps[7]
    assert [frame.name for frame in inside.frames] == ["<module>", "double"]
    assert (_value(inside, "n"), _value(inside, "m")) == ("3", "6")
    assert trace.steps[8].value == "6"
    assert (trace.steps[3].printed, trace.steps[4].printed) == (0, 2)
    assert trace.run.output == "x\n"
    assert not trace.cut


def test_one_object_under_two_names_has_one_number(sandbox: Sandbox) -> None:
    last = sandbox.trace(PROGRAM + "c = [1, 6]\n").steps[-1].frames[-1].variables
    numbers = {each.name: each.object_id for each in last}
    assert numbers["a"] == numbers["b"] != numbers["c"]
    assert next(each for each in last if each.name == "a").value == "[1, 6]"


def test_an_error_is_a_step_and_ends_the_program(sandbox: Sandbox) -> None:
    trace = sandbox.trace("x = 1\nx / 0\n")
    assert (StepKind.EXCEPTION, 2, "ZeroDivisionError") in [
        (step.kind, step.line, step.value) for step in trace.steps
    ]
    assert trace.run.error is not None
    assert trace.run.error.line == 2


def test_a_long_program_is_cut_and_ended(sandbox: Sandbox) -> None:
    trace = sandbox.trace("n = 0\nwhile True:\n    n += 1\n", limits=Limits(steps=100))
    assert len(trace.steps) == 100
    assert trace.cut
    assert trace.run.killed is None


def test_no_code_of_an_object_is_run_to_show_it(sandbox: Sandbox) -> None:
    source = """\
class Point:
    def __init__(self, x):
        self.x = x
    def __repr__(self):
        print("asked")
        raise SystemExit
p = Point([1, (2,), {"k": {3}}])
q = [p] * 40
z = 10 ** 1000
"""
    trace = sandbox.trace(source)
    shown = {each.name: each.value for each in trace.steps[-1].frames[-1].variables}
    assert trace.run.output == ""
    assert shown["p"] == "Point(x=[1, (2,), {'k': …}])"
    assert shown["q"].endswith("…")
    assert shown["z"] == "<a number of 3322 bits>"


def test_steps_before_a_program_hangs_are_kept(sandbox: Sandbox) -> None:
    source = "\n".join(f"x{n} = {n}" for n in range(30)) + "\nimport time\ntime.sleep(100)\n"
    trace = sandbox.trace(source, limits=Limits(seconds=4))
    assert trace.run.killed is not None
    assert len(trace.steps) >= 25
