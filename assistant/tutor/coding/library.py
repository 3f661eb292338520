"""Wrong ideas that beginners have of Python, each with what shows it and what helps.

The kinds follow what studies of novices' programs name again and again: Caceffo et al.,
“Identifying and validating Java and Python misconceptions” (2019); Kohn, “The error behind the
message” (2019); and the questions that come up daily where Python is taught.
"""

from dataclasses import dataclass
from typing import Final

from assistant.domain.code_review import CheckedBy, Finding, Weight

_E, _L, _S = Weight.ERROR, Weight.LIKELY, Weight.STYLE


@dataclass(frozen=True, slots=True)
class Known:
    """A wrong idea.

    Args:
        weight: How much it matters.
        title: What is believed, or what is wrong, in a few words.
        words: What is so; names in braces are filled in.
        remedy: What to do.
    """

    weight: Weight
    title: str
    words: str
    remedy: str


KNOWN: Final[dict[str, Known]] = {
    "mutable-default": Known(
        _L, "A default value is made anew at each call",
        "{what} is made once, when the function is defined, and all calls share it.",
        "Use `None` as the default, and make the value inside: `if {name} is None: {name} = …`."),
    "bare-except": Known(
        _L, "Catching everything makes a program safe",
        "This catches every error, also misspelt names and Ctrl-C.",
        "Name the error that is expected: `except ValueError:`."),
    "swallowed-error": Known(
        _L, "An error that is passed over is gone",
        "The error is caught and nothing is done: what went wrong will show elsewhere.",
        "Say what is to happen then, or let it through."),
    "compared-to-none": Known(
        _S, "`None` is compared with `==`",
        "{what} asks an object whether it equals `None`; there is only one `None`.",
        "Write `is None` or `is not None`."),
    "compared-to-true": Known(
        _S, "A condition needs `== True`",
        "{what} compares what is true or false already.",
        "Write the condition itself, or `not` before it."),
    "is-literal": Known(
        _L, "`is` means equal",
        "{what} asks for the same object, and whether two equal values are one differs.",
        "Compare values with `==`."),
    "or-literal": Known(
        _L, "`x == 1 or 2` compares with both",
        "{what}: the right side of `or` stands alone, and is always true.",
        "Write `x in (1, 2)`, or the whole comparison twice."),
    "text-and-number": Known(
        _E, "What is typed is a number",
        "`{name}` comes from `input()` and is text; {what} fails, or compares text.",
        "Turn it into a number first: `int(input())`."),
    "float-equality": Known(
        _L, "Decimal numbers are exact",
        "{what} compares with `==`, but numbers with a point are rounded.",
        "Use `math.isclose`, or compare the distance with something small."),
    "always-same": Known(
        _L, "A comparison with itself", "{what} compares something with itself.",
        "Compare it with what was meant."),
    "tuple-condition": Known(
        _L, "A condition in brackets with a comma",
        "{what} is a tuple with something in it, which always holds.", "Remove the comma."),
    "method-not-called": Known(
        _L, "Naming a function runs it", "{what} names it, but does not call it.",
        "Add brackets: `{name}()`."),
    "no-effect": Known(
        _L, "A line that does nothing", "{what} is worked out, and then forgotten.",
        "Give it a name, show it, or remove it; a name is set with one `=`."),
    "result-dropped": Known(
        _L, "A method changes the text itself",
        "{what} gives a new value back, which is dropped here; `{name}` stays as it was.",
        "Keep it: `{name} = …`."),
    "none-kept": Known(
        _L, "A method that changes something also gives it back",
        "{what} works in place and gives `None` back, so that is what the name stands for.",
        "Call it on a line of its own."),
    "shared-rows": Known(
        _L, "`[[…]] * n` makes n lists",
        "{what} holds the same inner list several times; a change to one is seen in all.",
        "Write `[[…] for _ in range(n)]`."),
    "index-past-end": Known(
        _E, "The last item is at `len`",
        "{what} is one past the end: places go from 0 to one below the length.",
        "Use `len({name}) - 1`, or `-1` for the last."),
    "range-past-end": Known(
        _E, "A range ends with its last number",
        "{what} goes one past the last place of `{name}`, where there is nothing.",
        "Use `range(len({name}))`."),
    "neighbour-past-end": Known(
        _E, "The next item is always there",
        "In the last round {what} is past the end of `{name}`.",
        "End one earlier: `range(len({name}) - 1)`."),
    "while-past-end": Known(
        _E, "Places go up to the length",
        "With `<=` the last round reads {what}, where there is nothing.", "Use `<`."),
    "changed-while-read": Known(
        _L, "A list can be changed while it is gone through",
        "{what} changes `{name}` while the loop goes through it, so items are passed over.",
        "Go through a copy (`list({name})`), or build a new one."),
    "decided-too-early": Known(
        _L, "A loop looks at everything before it returns",
        "Both ways of this `if` leave the function, so the loop never gets to its second round.",
        "Move the second `return` behind the loop."),
    "return-in-loop": Known(
        _L, "`return` goes on with the loop",
        "This `return` is reached in the first round, so the loop never gets to its second.",
        "Move it behind the loop, if all is to be looked at."),
    "endless-loop": Known(
        _L, "A loop ends by itself",
        "Nothing in the loop changes {what}, and nothing leaves it.",
        "Change what the condition asks for, or use `break`."),
    "loop-name-set": Known(
        _L, "Setting the counter skips rounds",
        "`{name}` gets its next value from the `for` loop, whatever is set here.",
        "Use a `while` loop, or `continue`."),
    "empty-range": Known(
        _L, "`range` counts down by itself", "{what} is empty, so the loop does nothing.",
        "Give it a third number, `-1`, to count down."),
    "counting-places": Known(
        _S, "A loop needs a counter",
        "`{name}` is used for nothing but {what}.",
        "Go through the items themselves: `for item in …`; or `enumerate`, with both."),
    "reset-in-loop": Known(
        _L, "A sum is begun inside its loop",
        "`{name}` is set anew in each round, so only the last one counts.",
        "Set it once, before the loop."),
    "missing-return": Known(
        _L, "A function gives its last value back",
        "`{name}` gives a value back on some ways, and nothing (`None`) on others.",
        "End every way with a `return`."),
    "prints-only": Known(
        _L, "`print` gives a value back",
        "`{name}` shows its result and gives `None` back, and that is used on line {line}.",
        "Use `return` in place of `print`."),
    "unreachable": Known(
        _L, "Lines behind `return` are still done", "This line is never reached.",
        "Move it before, or remove it."),
    "no-base-case": Known(
        _E, "A recursion stops by itself",
        "`{name}` calls itself on every way, so it never ends.",
        "Begin with the case that needs no further call."),
    "no-self": Known(
        _E, "Methods need no `self`",
        "`{name}` is called with the object as its first argument, and takes none.",
        "Put `self` first."),
    "self-left-out": Known(
        _L, "A method's name is the object's",
        "`{name}` is set in the method and forgotten at its end.",
        "Write `self.{name} = …` to keep it in the object."),
    "shared-in-class": Known(
        _L, "What stands in a class belongs to each object",
        "{what} is made once, and all objects share it.", "Make it in `__init__`, on `self`."),
    "same-branches": Known(
        _L, "Both ways do the same", "Whether {what} holds or not, the same is done.",
        "Remove the `if`, or mend one of its ways."),
    "call-dropped": Known(
        _L, "A result is kept by itself",
        "`{name}` gives a value back, which is dropped here.", "Give it a name, or show it."),
    "shadowed-builtin": Known(
        _L, "Any name may be taken",
        "`{name}` is something of Python's own, which can't be reached any more below.",
        "Take another name, such as `{name}_` or one that says what it holds."),
    "never-used": Known(
        _S, "A name that is never used", "`{name}` gets a value, and nothing reads it.",
        "Use it, or remove it."),
    "used-before-set": Known(
        _E, "A name can be read before it is set",
        "`{name}` is read here, and gets its first value only on line {line}.",
        "Set it before it is read."),
    "unknown-name": Known(
        _E, "A name that nothing sets", "`{name}` is set nowhere in this program.{what}",
        "Look at its spelling; text goes between quotation marks."),
    "global-unsaid": Known(
        _E, "A function changes the program's name",
        "`{name}` is set in the function, so it is the function's own, and has no value yet here.",
        "Hand it over as a parameter and give the new value back."),
}  # fmt: skip


def finding(kind: str, line: int, *, what: str = "", name: str = "", at: int = 0) -> Finding:
    """A finding of a known kind.

    Args:
        kind: Key of ``KNOWN``.
        line: Where it is.
        what: The piece of the program, quoted.
        name: The name that it is about.
        at: Another line.
    """
    known = KNOWN[kind]
    filled = {"what": what, "name": name, "line": at}
    return Finding(
        kind,
        line,
        known.weight,
        known.title,
        known.words.format(**filled),
        known.remedy.format(**filled),
        CheckedBy.AST,
    )
