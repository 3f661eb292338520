r"""LaTeX as models write it, rewritten to the LaTeX that ziamath draws.

Everything here is about what ziamath 0.13 (through latex2mathml) leaves out, numbers or draws as
raw source; seen by drawing some 200 formulas of the kinds that models write.
"""

import re
from collections.abc import Callable
from functools import partial

_SHORTHANDS = (
    # Numbers at the right edge would make every formula as wide as a page.
    (re.compile(r"\\(?:nonumber|notag|hfill|hline|displaylimits)(?![a-zA-Z])"), " "),
    (re.compile(r"\\label\{[^{}]*\}"), " "),
    (re.compile(r"\\tag\*?\{([^{}]*)\}"), r"\\qquad\\text{(\1)}"),
    (re.compile(r"(\\begin\{(?:aligned|gathered|split)\})\s?\[[tbc]\]"), r"\1"),
    (re.compile(r"(\\(?:begin|end)\{)(?:align|aligned|flalign|eqnarray|split)\*?\}"), r"\1align*}"),
    (re.compile(r"(\\(?:begin|end)\{)(equation|gather|multline)\}"), r"\1\2*}"),
    (re.compile(r"\\begin\{alignat(?:ed)?\*?\}\s*\{\d*\}"), r"\\begin{align*}"),
    (re.compile(r"\\end\{alignat(?:ed)?\*?\}"), r"\\end{align*}"),
    (re.compile(r"\\begin\{(?:displaymath|math)\}|\\end\{(?:displaymath|math)\}"), " "),
    (re.compile(r"\\\\\s?\[-?[\d.]{1,8}\s?[a-z]{2}\]"), r"\\\\ "),
    (re.compile(r"\\operatorname\*?\{arg(?:\\[,;:! ]|\s)*(max|min)\}"), r"\\arg\\\1"),
    (re.compile(r"\\operatorname\*"), r"\\operatorname"),
    (re.compile(r"\\not\s?="), r"\\neq "),
    (re.compile(r"\\not\s?\\in(?![a-zA-Z])"), r"\\notin "),
    (re.compile(r"\\math(?:rel|bin|ord|open|close|punct|op|inner)(?=\s?\{)"), ""),
    (re.compile(r"\\qed(?:symbol)?(?![a-zA-Z])"), r"\\square "),
    (re.compile(r"\\color\{([a-zA-Z]{1,20})\}\s?(?=\{)"), r"\\textcolor{\1}"),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), "{,}"),
    (re.compile(r"\u221a\s?(\d{1,20}|[a-zA-Z])"), r"\\sqrt{\1}"),
    (re.compile(r"\u221a\s?(?=\{)"), r"\\sqrt"),
    (re.compile("\u2212"), "-"),
)

_CELL = re.compile(r"(?<!\\)&(?!(?:amp|lt|gt);)")
_TEXT_COMMANDS = (r"\text", r"\textrm", r"\textnormal", r"\textbf", r"\textit", r"\mbox")
_ESCAPED = re.compile(r"\\([%$#_ ])")
_DOLLARS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
# latex2mathml puts text into XML as it is.
_XML = (("\\&", "&"), ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))

_ARROWS = (
    ("<=>", r"\rightleftharpoons "),
    ("<->", r"\leftrightarrow "),
    ("->", r"\rightarrow "),
    ("<-", r"\leftarrow "),
)
_SPECIES = re.compile(r"(?<=[A-Za-z)\]])(\d{1,4})")
_CHARGE = re.compile(r"\^?(\d?[+-])(?=[\s})]|$)")


def prepare(latex: str, *, display: bool) -> str:
    """Rewrite a formula; one that needs nothing comes back as it is.

    Args:
        latex: The source without its delimiters.
        display: Whether it stands on a line of its own.
    """
    text = _rewritten(latex, r"\ce", _chemistry)
    for command in _TEXT_COMMANDS:
        text = _rewritten(text, command, partial(_text, command))
    text = text.replace(r"\binom", r"\dbinom" if display else r"\tbinom")
    for pattern, replacement in _SHORTHANDS:
        text = pattern.sub(replacement, text)
    if _CELL.search(text) and "\\begin" not in text:
        text = rf"\begin{{align*}}{text}\end{{align*}}"
    return text.strip()


def closing_brace(text: str, opening: int) -> int:
    """Index of the brace that closes the one at ``opening``; -1 for none."""
    depth = 0
    at = opening
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 1
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return -1


def _rewritten(text: str, command: str, rewrite: Callable[[str], str]) -> str:
    """Replace every ``command{..}`` by what ``rewrite`` makes of its argument."""
    parts: list[str] = []
    start = 0
    while (at := text.find(command + "{", start)) >= 0:
        end = closing_brace(text, at + len(command))
        if end < 0:
            break
        parts += [text[start:at], rewrite(text[at + len(command) + 1 : end])]
        start = end + 1
    return "".join([*parts, text[start:]])


def _text(command: str, argument: str) -> str:
    """Words among a formula, in which dollars go back to mathematics."""
    parts: list[str] = []
    for place, part in enumerate(_DOLLARS.split(argument)):
        words = part
        if place % 2 == 0 and part:
            for sign, written in _XML:
                words = words.replace(sign, written)
            words = _ESCAPED.sub(r"\1", words.replace("~", " "))
            if "\\" not in words:
                words = words.replace("{", "").replace("}", "")
            words = f"{command}{{{words}}}"
        parts.append(words)
    return " ".join(parts)


def _chemistry(formula: str) -> str:
    """The common part of mhchem: indices, charges and arrows."""
    pieces: list[str] = []
    for word in formula.split():
        for arrow, drawn in _ARROWS:
            if word == arrow:
                pieces.append(drawn)
                break
        else:
            pieces.append(_substance(word))
    return " ".join(pieces)


def _substance(word: str) -> str:
    if word in ("+", "-", "="):
        return word
    word = _SPECIES.sub(r"_{\1}", _CHARGE.sub(r"^{\1}", word))
    return f"\\mathrm{{{word}}}"
