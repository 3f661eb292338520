"""The steps of a run in words: what changed, what was called, what came back."""

from assistant.domain.trace import Step, StepKind, Trace, Variable

_MOST_CHANGES = 4


def step_words(trace: Trace) -> tuple[str, ...]:
    """A sentence for each step, of what the step before it did.

    The words of a step of kind ``LINE`` tell what changed until it was reached; "" where nothing
    did. A step that stands for a call or a return says which.
    """
    told: list[str] = []
    before: Step | None = None
    for step in trace.steps:
        told.append(_words(before, step, trace.run.output))
        before = step
    return tuple(told)


def _words(before: Step | None, step: Step, output: str) -> str:
    frame = step.frames[-1] if step.frames else None
    name = frame.name if frame is not None else ""
    parts: list[str] = []
    if step.kind is StepKind.CALL and frame is not None:
        given = ", ".join(f"{each.name} = {each.value}" for each in frame.variables)
        parts.append(f"{name} is called" + (f" with {given}." if given else "."))
    elif before is not None and frame is not None:
        parts += _changes(before, step)
    if before is not None and step.is_thrown_out(before):
        parts.append(f"{name} is left." if name != "<module>" else "The program ends.")
    elif step.kind is StepKind.RETURN and name != "<module>":
        parts.append(f"{name} gives back {step.value}.")
    elif step.kind is StepKind.RETURN:
        parts.append("The program ends.")
    elif step.kind is StepKind.EXCEPTION:
        parts.append(f"{step.value} is raised.")
    shown = output[before.printed if before else 0 : step.printed]
    if shown:
        parts.append(f"Shown: {shown.rstrip()!r}.")
    return " ".join(parts)


def _changes(before: Step, step: Step) -> list[str]:
    """What is new or different in the frame that is run now."""
    frame, depth = step.frames[-1], len(step.frames)
    same = before.frames[depth - 1] if len(before.frames) >= depth else None
    old = {each.name: each for each in same.variables} if same is not None else {}
    told = [words for each in frame.variables if (words := _change(old.get(each.name), each))]
    rest = len(told) - _MOST_CHANGES
    return told[:_MOST_CHANGES] + ([f"{rest} further names change."] if rest > 0 else [])


def _change(old: Variable | None, new: Variable) -> str:
    if old is None:
        return f"{new.name} is {new.value}."
    if old.value == new.value and old.object_id == new.object_id:
        return ""
    if old.object_id == new.object_id != 0:
        return f"{new.name} has changed to {new.value}."
    return f"{new.name} is now {new.value}."
