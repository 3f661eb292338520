"""The mathematics of a line with words around it: "so we get 3x = 9" says 3x = 9."""

import re

LONGEST = 400
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:['\u2019][a-z]+)?")
_KEPT = frozenset(
    ["or", "and", "sqrt", "cbrt", "abs", "exp", "pi", "sin", "cos", "tan", "log", "ln"]
)
_JOINING = _KEPT | {"no", "solution", "solutions"}
_SUPPOSING = re.compile(
    r"^\W*(?:let|if|suppose|assume|say|check|checking|proof|probe|because|since|for example)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:(?<=\s)|^)[aAI](?=\s+(?:[a-zA-Z\d(]|$))")
"""The words "a" and "I", where no sign follows that would make them unknowns."""
_EDGES = " \t.,;:!?\u2026\u2192\u21d2*-\u2013\u2022"
_OPENING = " \t.,;:!?\u2026\u2192\u21d2"
_RELATION = re.compile(r"[=<>\u2264\u2265]")
_SAYS = re.compile(r"[A-Za-z]|[-+*/^\u2212\u00d7÷·]")
_COMMAND = re.compile(
    r"\b(?:simplify|expand|factor(?:i[sz]e)?|evaluate|multiply out|work out|calculate|compute|"
    r"find the (?:value|sum|product) of|what is|"
    r"combine like terms(?: in)?|remove the brackets(?: in)?|complete the square(?: in| for| of)?|"
    r"rationali[sz]e)\b"
    r"(?:\s+and\s+(?:simplify|expand|factor(?:i[sz]e)?|combine like terms))?"
    r"(?:\s+fully|\s+completely)?"
    r"(?:\s+the\s+(?:expression|product|sum|fraction))?\s*:?\s*([^?!\n]+)",
    re.IGNORECASE,
)

_LETTER = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(?![A-Za-z])|(?<=\d)([A-Za-z])")
_PRODUCT = re.compile(r"(?<![A-Za-z\\/])[A-Za-z]{2,3}(?![A-Za-z])")
"""Letters that stand alone elsewhere: 2ab beside a and b."""
_ADVERB = re.compile(r"[,\s]+(?:completely|fully|(?:as far )?as possible|first)$", re.IGNORECASE)


def has_words(line: str) -> bool:
    """Whether there is more in a line than signs, letters and "or"."""
    return any(word.lower() not in _JOINING for word in _WORD.findall(line))


def equation_within(line: str) -> str:
    """The last equation or inequality between the words of a line; "" for none.

    A line that only supposes or checks something ("let x = 3") states none.
    """
    runs = [run for run in _runs(line) if _RELATION.search(run)]
    return runs[-1] if runs else ""


def relations_within(text: str) -> list[str]:
    """All equations and inequalities between the words of a text."""
    return [run for line in text.split("\n") for run in _cut(line) if _RELATION.search(run)]


def expression_within(line: str) -> str:
    """The one expression between the words of a line; "" where there is none or a choice."""
    runs = [run for run in _runs(line) if _SAYS.search(run) and not _RELATION.search(run)]
    return runs[0] if len(runs) == 1 else ""


def expression_asked_about(problem: str) -> str:
    """What a problem says to simplify, expand, factor or work out; "" for nothing of the kind."""
    found = _COMMAND.search(problem[: 4 * LONGEST])
    if found is None or _RELATION.search(found.group(1)):
        return ""
    text = _ADVERB.sub("", found.group(1).strip(" .:$"))
    letters = {letter for pair in _LETTER.findall(text) for letter in pair}
    text = _PRODUCT.sub(lambda one: "*".join(one[0]) if set(one[0]) <= letters else one[0], text)
    return "" if has_words(text) else text


def _runs(line: str) -> list[str]:
    if len(line) > LONGEST or _SUPPOSING.match(line):
        return []
    return _cut(line)


def _cut(line: str) -> list[str]:
    text = _WORD.sub(lambda found: found.group() if found.group() in _KEPT else "\n", line)
    runs = [_trimmed(run) for part in re.split(r"\n|[.:;!?](?=\s|$)", text)
            for run in _NAMES.split(part)]  # fmt: skip
    return [run for run in runs if run]


def _trimmed(run: str) -> str:
    """Without what only joined it to the words: commas, bullets, an open bracket, "or"."""
    run = re.sub(r"^(?:\W*\b(?:or|and)\b)+|(?:\b(?:or|and)\b\W*)+$", "", run.strip())
    run = run.strip(_OPENING).rstrip(_EDGES)
    while run.count("(") > run.count(")") and run.endswith("("):
        run = run[:-1].rstrip(_EDGES)
    while run.count(")") > run.count("(") and run.startswith(")"):
        run = run[1:].strip(_OPENING)
    return run.strip(", ")
