"""What problems tell a learner to do in other tongues, in English: "Löse die Gleichung 2x = 6"."""

import re
from typing import Final

_SOLVE: Final = (
    "l(?:\u00f6|oe)se?|r\u00e9sou(?:dre|s)|r\u00e9solve[zr]|resolver?|resuelv[ae]|resolva|risolv[ei]|"
    "risolvere|los op|rozwi\u0105\u017c|vy\u0159e\u0161|l\u00f8s"
)
_EQUATION: Final = (
    "(?:die|folgende) gleichung|l['\u2019]\u00e9quation|la ecuaci\u00f3n|l['\u2019]equazione|"
    "a equa\u00e7\u00e3o|de vergelijking|r\u00f3wnanie|rovnici|ligningen|ekvationen"
)
_INEQUALITY: Final = (
    "(?:die|folgende) ungleichung|l['\u2019]in\u00e9quation|la inecuaci\u00f3n|la disequazione|"
    "a inequa\u00e7\u00e3o|de ongelijkheid"
)
_SYSTEM: Final = (
    "(?:das |folgendes )?(?:lineare )?gleichungssystem|"
    "le syst\u00e8me(?: d['\u2019]\u00e9quations)?|"
    "(?:el|il|o) sistema(?: (?:de|di) (?:ecuaciones|equazioni|equa\u00e7\u00f5es))?|het stelsel"
)
_CALCULATE: Final = (
    "berechne|rechne(?: aus)?|calcule[rz]?|calcular?|calcola(?:re)?|bereken|oblicz|"
    "vypo\u010d\u00edtej|beregn|ber\u00e4kna"
)
_SIMPLIFY: Final = (
    "vereinfache|simplifie[rz]?|simplifi(?:ca|car|que)|semplifica(?:re)?|vereenvoudig|"
    "upro\u015b\u0107"
)
_WHAT_IS: Final = (
    "was ist|wie ?viel ist|combien (?:vaut|font?)|cu\u00e1nto es|quanto fa|quanto \u00e9"
)
_WORDS: Final = {
    _SOLVE: "solve",
    _EQUATION: "the equation",
    _INEQUALITY: "the inequality",
    _SYSTEM: "the system",
    _CALCULATE: "calculate",
    _SIMPLIFY: "simplify",
    "multipliziere aus|d\u00e9velopper?|d\u00e9veloppez|desarrolla|sviluppa": "expand",
    "faktorisiere|factorise[rz]|factoriza|scomponi|fatora": "factor",
    _WHAT_IS: "what is",
    "und|et": "and",
}
_TRANSLATED: Final = tuple(
    (re.compile(rf"(?<![\w\\])(?:{words})(?!\w)", re.IGNORECASE), english)
    for words, english in _WORDS.items()
)
_DIVIDED: Final = re.compile(
    r"(?:(?<=[\d)])|(?:(?<=^)|(?<=[=+*/(:,\u00b7\u00d7-]\s)|(?<=solve\s)|(?<=equation\s))"
    r"(?P<letter>[A-Za-z]))\s+:\s+(?=\d+(?![\w.])|\()"
)
"""A colon between spaces that divides: x : 5 = 2, 360 : 6 = 60."""
_HEADING: Final = re.compile(r"(?<=[^\W\d_]{2})\s+:\s|(?<=\bfor [a-z])\s+:\s", re.IGNORECASE)
"""A colon behind a word, as the French write it."""


def in_english(problem: str) -> str:
    """The problem with what has to be done said in English, and ÷ for a colon that divides."""
    for words, english in _TRANSLATED:
        problem = words.sub(english, problem)
    problem = _HEADING.sub(": ", problem)
    if "=" not in problem and "calculate" not in problem.lower():
        return problem
    return _DIVIDED.sub(lambda found: f"{found['letter'] or ''} \u00f7 ", problem)
