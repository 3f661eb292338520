"""An analysis in words: parts, each with what answers for it."""

from collections.abc import Sequence

from assistant.domain.code_review import CheckedBy, CodeReading, Finding, Weight
from assistant.domain.exercise import Killed
from assistant.domain.trace import ProgramRun
from assistant.services.study.code_values import Line, Section, SectionKind
from assistant.tutor.coding.words import listed

_MOST_OUTPUT_LINES = 20
_MOST_NAMES = 60
_BY_STRUCTURE = "Read off the program's structure; nothing was run for it."
_KILLED = {
    Killed.TIME: (
        "It was stopped: it took too long.",
        "Does its loop ever come to an end? Trace shows what changes from turn to turn.",
    ),
    Killed.MEMORY: (
        "It was stopped: it took too much memory.",
        "Something grows without end: look for a list or a text that a loop makes longer.",
    ),
}
_REMEDIES = {
    "EOFError": "It asks for something to be typed; give it lines to read.",
    "ZeroDivisionError": "What it divides by is 0 here. Ask for that case before this line.",
    "NameError": "Nothing is called so when this line is reached: is it spelt the same everywhere, "
    "and set before?",
    "UnboundLocalError": "A function that sets a name anywhere has a name of its own: it is read "
    "here before it is set.",
    "IndexError": "There is nothing at that place: the first has the index 0, the last `len` - 1.",
    "KeyError": "There is no such key. Ask with `in` first, or use `.get()`.",
    "TypeError": "These kinds of values do not go together here. Trace shows what each name "
    "stands for.",
    "ValueError": "The value is of the right kind, but cannot be used here. Trace shows it.",
    "AttributeError": "A value of this kind has no such method or attribute: is it spelt right, "
    "and is it the value you think?",
    "RecursionError": "It calls itself without end: which call should be the last one?",
    "AssertionError": "What is asserted does not hold here. Trace shows the values.",
}


def sections_of(
    reading: CodeReading, style: Sequence[Finding] | None, run: ProgramRun | None
) -> tuple[Section, ...]:
    """All parts there are.

    Args:
        reading: What was read off it.
        style: What ruff found; None where it could not look.
        run: How it ran; None where it was not run.
    """
    if reading.unreadable is not None:
        return (_unreadable(reading),)
    sections = [_does(reading)]
    if run is not None:
        sections.append(_run(run))
    sections += [_wrong(reading, run), _style(reading, style), _measures(reading)]
    if reading.names:
        sections.append(_names(reading))
    return tuple(sections)


def _unreadable(reading: CodeReading) -> Section:
    why = reading.unreadable
    lines = (Line(why.words, why.line, remedy=why.remedy),) if why is not None else ()
    return Section(
        SectionKind.UNREADABLE, "It cannot be read", CheckedBy.AST, "Python refuses it.", lines
    )


def _does(reading: CodeReading) -> Section:
    lines = tuple(Line(one.words, one.line, one.depth) for one in reading.told)
    return Section(SectionKind.DOES, "What it does", CheckedBy.AST, _BY_STRUCTURE, lines)


def _run(run: ProgramRun) -> Section:
    shown = run.output.splitlines()
    lines = [Line(f"It shows: `{each}`") for each in shown[:_MOST_OUTPUT_LINES] if each]
    if len(shown) > _MOST_OUTPUT_LINES:
        lines.append(Line(f"It shows {len(shown)} lines in all."))
    if run.killed is not None:
        words, remedy = _KILLED[run.killed]
        lines.append(Line(words, remedy=remedy))
    if run.error is not None:
        error = run.error
        message = f": {error.message}" if error.message else ""
        remedy = _REMEDIES.get(error.kind, "")
        lines.append(Line(f"It ends with `{error.kind}`{message}.", error.line, remedy=remedy))
    if not lines:
        lines.append(Line("It shows nothing, and ends without an error."))
    elif run.ended_well:
        lines.append(Line("It ends without an error."))
    how = f"It was run once, sealed off from this machine, in {run.seconds:.2f} s."
    return Section(
        SectionKind.RUN, "What happened when it was run", CheckedBy.RUN, how, tuple(lines)
    )


def _wrong(reading: CodeReading, run: ProgramRun | None) -> Section:
    found = [one for one in reading.findings if one.weight is not Weight.STYLE]
    how = f"{_BY_STRUCTURE} Other mistakes may be in it."
    lines = tuple(_mistake(one) for one in found)
    seen = run is not None and not run.ended_well  # "Nothing was found" would deny it
    title = "What else goes wrong" if seen else "What goes wrong"
    return Section(SectionKind.WRONG, title, CheckedBy.AST, how, lines)


def _style(reading: CodeReading, style: Sequence[Finding] | None) -> Section:
    own = [one for one in reading.findings if one.weight is Weight.STYLE]
    both = sorted([*own, *(style or ())], key=lambda one: one.line)
    by = CheckedBy.AST if style is None else CheckedBy.RUFF
    how = "Read off its structure alone." if style is None else "By the rules of ruff."
    lines = tuple(_improvement(one) for one in both)
    return Section(SectionKind.STYLE, "What could be written better", by, how, lines)


def _mistake(one: Finding) -> Line:
    # The title may be the wrong idea itself, so it must not stand as if it were so.
    return Line(f"{one.words} (Behind it: “{one.title}”.)", one.line, remedy=one.remedy)


def _improvement(one: Finding) -> Line:
    return Line(f"{one.title}: {one.words}", one.line, remedy=one.remedy)


def _measures(reading: CodeReading) -> Section:
    lines: list[Line] = []
    for one in reading.measures:
        name = "The program's own lines" if one.name == "<module>" else f"`{one.name}`"
        verb = "have" if one.name == "<module>" else "has"
        ways = "1 way" if one.complexity == 1 else f"{one.complexity} ways"
        deep = f", nested {one.nesting} deep" if one.nesting > 1 else ""
        words = f"{name} {verb} {ways} through{deep}; the work grows as about {one.growth}."
        lines.append(Line(f"{words} {one.growth_why}", one.line))
    how = "Ways through are counted. How the work grows is an estimate, read off loops and calls."
    title = "How involved it is"
    return Section(SectionKind.MEASURES, title, CheckedBy.AST, how, tuple(lines), estimate=True)


def _names(reading: CodeReading) -> Section:
    lines: list[Line] = []
    for one in reading.names[:_MOST_NAMES]:
        where = "" if one.scope == "<module>" else f" in `{one.scope}`"
        read = f"read on {_lines(one.read_on)}" if one.read_on else "not read there"
        words = f"`{one.name}`{where} is set on {_lines(one.set_on)} and {read}."
        lines.append(Line(words, one.set_on[0]))
    title = "What is set and read"
    return Section(SectionKind.NAMES, title, CheckedBy.AST, _BY_STRUCTURE, tuple(lines))


def _lines(numbers: tuple[int, ...]) -> str:
    words = listed([str(number) for number in numbers])
    return f"line {words}" if len(numbers) == 1 else f"lines {words}"
