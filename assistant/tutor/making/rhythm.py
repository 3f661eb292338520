"""Time: lengths of notes and rests, bars and beats."""

from fractions import Fraction
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import Draft, Draw, decimal, plain
from assistant.tutor.making.tones import music

_QUARTERS: Final = {
    "whole": Fraction(4), "half": Fraction(2), "quarter": Fraction(1), "eighth": Fraction(1, 2),
    "sixteenth": Fraction(1, 4),
}  # fmt: skip
_NAMES: Final = tuple(_QUARTERS)
_DOTTED: Final = ("dotted half", "dotted quarter", "dotted eighth")
_BARS: Final = ("2/4", "3/4", "4/4", "6/8", "9/8", "12/8", "3/8", "5/4", "2/2")
_COMPOUND: Final = ("6/8", "9/8", "12/8", "6/4", "9/4", "12/16", "6/16", "9/16", "12/4")
_SIMPLE: Final = ("2/4", "3/4", "4/4", "2/2", "3/2", "3/8", "4/8", "2/8")


def _size(name: str) -> Fraction:
    words = name.removesuffix(" rest").removesuffix(" note").split()
    factor = {"dotted": Fraction(3, 2), "double-dotted": Fraction(7, 4)}.get(words[0], Fraction(1))
    return _QUARTERS[words[-1]] * factor


def _bar(signature: str) -> Fraction:
    top, low = signature.split("/")
    return Fraction(int(top) * 4, int(low))


def _a(name: str) -> str:
    return f"{'an' if name[0] == 'e' else 'a'} {name}"


def note_lengths(draw: Draw) -> Draft:
    """How many fit in, dots, sums with rests, seconds."""
    made = draw.by_level(
        (_fits, _sum), (_fits, _sum), (_dotted, _sum), (_sum, _seconds), (_seconds, _dotted)
    )
    return draw.pick(*made)(draw)


def _fits(draw: Draw) -> Draft:
    big, small = sorted(draw.some(_NAMES, 2), key=_NAMES.index)
    dot = draw.level > 1 and big in {"half", "quarter", "whole"} and draw.coin()
    name = f"dotted {big}" if dot else big
    count = _size(name) / _size(small)
    if count.denominator > 1 or count < 2:  # noqa: PLR2004 - no parts of notes
        return _fits(draw)
    plain_count = _size(big) / _size(small)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many {small} notes last as long as one {name} note?",
            f"One {name} note is split into {small} notes. How many are there?",
        ),
        answer=str(count),
        claim=music("fits", small, name),
        nudge="Go from the longer to the shorter, one halving at a time.",
        idea="Each step of halving doubles the number" + (", and a dot adds half." if dot else "."),
        part=f"Begin with the {big} note: into which two equal notes does it split?",
        solution=(f"Halve the {big} note until {small} notes are there.", str(count)),
        wrong=(
            *(
                ((str(plain_count + 1), "dot-adds-one"), (str(2 * plain_count), "dot-doubles"))
                if dot
                else ()
            ),
            (plain(1 / count), "bigger-name-longer"),
            (str(_NAMES.index(small) - _NAMES.index(big) + 1), "bigger-name-longer"),
        ),
    )


def _sum(draw: Draw) -> Draft:
    count = draw.by_level(2, 2, 3, 4, 4)
    dotted = _DOTTED if draw.from_level(3) else ()
    names = [f"{draw.pick(*_NAMES[1:], *dotted)} note" for _ in range(count)]
    at = draw.integer(0, count - 1)
    if draw.level > 1:
        names[at] = names[at].replace("note", "rest")
    total = sum(map(_size, names), Fraction(0))
    if total.denominator > 4:  # noqa: PLR2004 - sixteenths at most
        return _sum(draw)
    listed = f"{', '.join(_a(name) for name in names[:-1])} and {_a(names[-1])}"
    silent = total - _size(names[at])
    dots = sum("dotted" in name for name in names)
    bare = sum((_size(name.replace("dotted ", "")) for name in names), Fraction(0))
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many quarter beats are these together: {listed}?",
            f"In quarter beats, how long are {listed} together?",
        ),
        answer=decimal(total),
        claim=music("length", *names),
        nudge="Write each length in quarter beats.",
        idea="A half has two of them, an eighth half of one; a dot adds half, and rests count too.",
        part=f"The {names[0]} lasts {decimal(_size(names[0]))}. Add the others to it."
        if _size(names[0]) != total
        else "Add them one by one.",
        solution=("Add the lengths.", decimal(total)),
        wrong=(
            *(((decimal(silent), "rest-is-nothing"),) if "rest" in names[at] else ()),
            *(((decimal(bare + dots), "dot-adds-one"),) if dots else ()),
        ),
    )


def _dotted(draw: Draw) -> Draft:
    double = draw.level > 4  # noqa: PLR2004 - two dots
    word = "with two dots" if double else "with a dot"
    base = draw.pick("whole", "half", "quarter", *(() if double else ("eighth",)))
    unit = draw.pick("quarter", "eighth", "sixteenth")
    name = f"{'double-' if double else ''}dotted {base}"
    count = _size(name) / _size(unit)
    if count.denominator > 4:  # noqa: PLR2004 - short decimals
        return _dotted(draw)
    plain_count = _size(base) / _size(unit)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many {unit} notes does {_a(base)} note {word} last?",
            f"{_a(base).capitalize()} note {word} lasts as long as how many {unit} notes?",
        )
        + (" Give a decimal." if count.denominator > 1 else ""),
        answer=decimal(count),
        claim=music("fits", unit, name),
        nudge="How long is it without a dot?",
        idea="A dot adds half of the note itself, a second dot half of the first one.",
        part=f"Without a dot it is {decimal(plain_count)}. What is half of that?",
        solution=(f"{decimal(plain_count)} and what the dot adds.", decimal(count)),
        wrong=(
            (decimal(plain_count + 1), "dot-adds-one"),
            (decimal(2 * plain_count), "dot-doubles"),
        ),
    )


def _seconds(draw: Draw) -> Draft:
    tempo = draw.pick(40, 48, 50, 60, 75, 80, 96, 100, 120, 150, 160, 200, 240)
    shorter = ("eighth", "dotted quarter") if draw.from_level(5) else ()
    name = draw.pick("whole", "half", "dotted half", *shorter)
    value = _size(name) * 60 / tempo
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"The tempo is {tempo} quarter notes a minute. How many seconds does {_a(name)} note "
            "last?",
            f"At {tempo} quarter notes a minute, how many seconds long is {_a(name)} note?",
        ),
        answer=decimal(value),
        claim=music("seconds", str(tempo), name),
        nudge="How long is a single quarter note?",
        idea=f"A minute has 60 seconds, shared by {tempo} quarter notes.",
        part=f"One quarter lasts {decimal(Fraction(60, tempo))} seconds."
        if _size(name) != 1
        else "Divide.",
        solution=(
            f"$60 \\div {tempo}$ seconds for a quarter, times {decimal(_size(name))}.",
            f"{decimal(value)} seconds.",
        ),
        wrong=(
            (decimal(Fraction(60, tempo)), "bigger-name-longer"),
            (
                decimal(60 / (_size(name) * tempo))
                if _terminates(60 / (_size(name) * tempo))
                else "0",
                "bigger-name-longer",
            ),
        ),
    )


def _terminates(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def metre(draw: Draw) -> Draft:
    """What fills a bar, beats as they are felt, what is missing, how long a piece is."""
    made = draw.by_level(
        (_fills,), (_beats, _fills), (_beats, _full), (_missing, _full), (_missing, _minutes)
    )
    return draw.pick(*made)(draw)


def _fills(draw: Draw) -> Draft:
    bar, unit = (
        draw.pick(*_BARS, "4/2", "3/2", "7/8", "5/8"),
        draw.pick("eighth", "quarter", "sixteenth"),
    )
    count = _bar(bar) / _size(unit)
    if count.denominator > 1:
        return _fills(draw)
    top, low = bar.split("/")
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many {unit} notes fill a bar of {bar}?",
            f"A bar of {bar} is full of {unit} notes. How many are there?",
        ),
        answer=str(count),
        claim=music("fills", bar, unit),
        nudge="What does the lower number count?",
        idea="The upper number says how many, the lower one of which note.",
        part=f"The bar has as many notes of the kind 1/{low} as the upper number says.",
        solution=(f"{top} times 1/{low}, in {unit} notes.", str(count)),
        wrong=((top, "kinds-not-lengths"), (str(int(low) * count / int(top)), "lower-counts")),
    )


def _beats(draw: Draw) -> Draft:
    compound = draw.coin()
    bar = draw.pick(*(_COMPOUND if compound else _SIMPLE))
    top, low = bar.split("/")
    key = int(top) // 3 if compound else int(top)
    beat = (
        {"4": "dotted half", "8": "dotted quarter", "16": "dotted eighth"}[low] if compound else ""
    )
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=draw.pick(
            f"How many beats does a bar of {bar} have, as it is felt?",
            f"You conduct a piece in {bar} at an easy pace. How many beats does each bar have?",
        ),
        answer=str(key),
        claim=music("beats", bar),
        nudge="Is this simple or compound?",
        idea="In compound metre each beat falls into three, so it is a dotted note.",
        part=f"The beat is a {beat} note here: put the short notes into groups."
        if compound
        else "The upper number is below six, so the metre is simple.",
        solution=(
            f"Groups of three: $ {top} \\div 3$."
            if compound
            else "In simple metre the upper number says it.",
            str(key),
        ),
        wrong=((top, "upper-is-beats"), (low, "lower-counts"))
        if compound
        else ((low, "lower-counts"),),
    )


def _fill(draw: Draw, bar: Fraction) -> list[str]:
    """Notes that fill a bar, by chance."""
    names: list[str] = []
    left = bar
    while left:
        fitting = [n for n in (*_NAMES[1:4], "dotted half", "dotted quarter") if _size(n) <= left]
        if not fitting or len(names) > 5:  # noqa: PLR2004 - short enough to be read
            return _fill(draw, bar)
        name = draw.pick(*fitting)
        names.append(name)
        left -= _size(name)
    return names


def _full(draw: Draw) -> Draft:
    bar = draw.pick("3/4", "4/4", "6/8", "2/4", "9/8", "5/4")
    size = _bar(bar)
    right = ", ".join(_fill(draw, size))
    rows = {right: ""}
    for other in (Fraction(1, 2), Fraction(-1, 2), Fraction(1), Fraction(-1)):
        if size + other > 1:
            rows.setdefault(", ".join(_fill(draw, size + other)), "kinds-not-lengths")
        if len(rows) == 4:  # noqa: PLR2004 - enough to choose from
            break
    if not all(", " in text for text in rows):
        return _full(draw)
    choices = draw.shuffled(list(rows.items()))
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=draw.pick(
            f"Which of these fills a bar of {bar} exactly?",
            f"Which row of notes makes a full bar of {bar}?",
        ),
        answer=right,
        claim=music("full", bar, *(text for text, _ in choices)),
        nudge="Write every length in eighths.",
        idea="A quarter has two eighths, a dotted quarter three, a half four, a dotted half six.",
        part=f"The bar wants {int(size * 2)} eighths.",
        solution=("Add up the eighths of each row.", right),
        choices=choices,
    )


def _missing(draw: Draw) -> Draft:
    bar = draw.pick("3/4", "4/4", "6/8", "9/8", "12/8", "5/4")
    names = _fill(draw, _bar(bar))
    if len(names) < 3:  # noqa: PLR2004 - something has to stay
        return _missing(draw)
    there, gone = names[:-1], names[-1]
    if draw.level > 4 and len(there) > 2:  # noqa: PLR2004 - more is missing
        there = there[:-1]
    left = _bar(bar) - sum(map(_size, there), Fraction(0))
    unit = draw.pick("eighth", "eighth", "sixteenth")
    count = left / _size(unit)
    listed = (
        f"{', '.join(_a(name) for name in there[:-1])} and {_a(there[-1])}"
        if len(there) > 1
        else _a(there[0])
    )
    kinds = int(_bar(bar) / _size(unit)) - len(there)
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"A bar of {bar} begins with {listed}. How many {unit} notes are missing?",
        answer=str(count),
        claim=music("missing", bar, unit, *there),
        nudge=f"Count in {unit} notes.",
        idea="A dot adds half of the note; the bar wants what its two numbers say.",
        part=f"The full bar has {int(_bar(bar) / _size(unit))} of them." if gone else "",
        solution=(f"{int(_bar(bar) / _size(unit))} in all, less those that are there.", str(count)),
        wrong=((str(kinds), "kinds-not-lengths"),),
    )


def _minutes(draw: Draw) -> Draft:
    bar, tempo = draw.pick("2/4", "3/4", "4/4", "5/4"), draw.pick(60, 72, 80, 90, 96, 100, 120, 150)
    minutes = Fraction(draw.integer(2, 12), 2)
    bars = minutes * tempo / _bar(bar)
    if bars.denominator > 1 or bars < 10:  # noqa: PLR2004 - a whole piece
        return _minutes(draw)
    kind = draw.pick("A dance", "A song", "A march", "A piece")
    return Draft(
        kind=AnswerKind.NUMBER,
        prompt=f"{kind} in {bar} has {bars} bars and a tempo of {tempo} quarter notes a minute. "
        "How many minutes does it last?",
        answer=decimal(minutes),
        claim=music("minutes", bar, str(bars), str(tempo)),
        nudge="How many quarter notes are there in all?",
        idea="Quarter notes divided by quarter notes a minute are minutes.",
        part=f"It has ${bars} \\times {_bar(bar)}$ quarter notes.",
        solution=(
            f"{bars * _bar(bar)} quarter notes, {tempo} a minute.",
            f"{decimal(minutes)} minutes.",
        ),
        wrong=((plain(bars / tempo), "kinds-not-lengths"), (str(bars), "upper-is-beats")),
    )
