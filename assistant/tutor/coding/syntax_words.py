"""A syntax error in words for somebody who meets it for the first time."""

import re
from typing import Final

from assistant.domain.code_review import Unreadable
from assistant.tutor.coding.refusals import other_language_of, python2_of

_BLOCK: Final = re.compile(
    r"^\s*(if|elif|else|for|while|def|class|try|except|finally|with|match|case)\b[^#]*[^:#\s]\s*(#.*)?$"
)
# What the interpreter says: what that means, and what to do.
_WORDS: Final = (
    (r"expected ':'", "A colon is missing at the end of this line.",
     "End lines that begin a block (`if`, `for`, `while`, `def`, `class`, `else`) with `:`."),
    (r"was never closed", "A bracket is opened here and never closed.",
     "Count the brackets of this line; each needs its partner."),
    (r"unmatched '(.)'", "There is a closing bracket here that nothing opened.",
     "Remove it, or add the opening one."),
    (r"does not match opening", "This bracket closes one of another kind.",
     "Close `(` with `)`, `[` with `]` and `{` with `}`, the innermost first."),
    (r"unterminated (f-)?string|unterminated triple|EOL while scanning",
     "A text begins here and its closing quotation mark is missing.",
     "End it with the same mark that it begins with."),
    (r"cannot assign to", "Something that is no name stands left of `=`.",
     "Put the name left and the value right of `=`; compare with `==`."),
    (r"Maybe you meant '==' ", "A single `=` sets a name; it does not compare.",
     "Compare with `==`."),
    (r"expected an indented block", "The line before begins a block, and this line is not in it.",
     "Indent the lines that belong to it by four spaces."),
    (r"unexpected indent", "This line is indented, but nothing before it begins a block.",
     "Move it to the left, or add the line that it should belong to."),
    (r"unindent does not match", "This line's indentation fits no block before it.",
     "Give it exactly as many spaces as the lines that it belongs with."),
    (r"inconsistent use of tabs", "Tabs and spaces are mixed in the indentation.",
     "Use four spaces everywhere."),
    (r"'return' outside function", "`return` stands outside of any function.",
     "Indent it into a function, or show the value with `print`."),
    (r"'(break|continue)' (outside|not properly)", "`break` and `continue` work only in a loop.",
     "Indent it into a `for` or `while`."),
    (r"invalid character '(.)'", "There is a character here that Python does not know.",
     "Type it anew: quotation marks and minus signs from documents are other characters."),
    (r"invalid (decimal|hexadecimal|octal|binary) literal|leading zeros",
     "This is neither a number nor a name.", "Begin names with a letter, and numbers with no 0."),
    (r"positional argument follows keyword", "An argument without a name stands after one with.",
     "Put arguments without a name first."),
    (r"non-default (argument|parameter)|parameter without a default",
     "A parameter that must be given stands after one that may be left out.",
     "Put the parameters with `=` last."),
    (r"f-string", "What is in the braces of this f-string is no expression.",
     "Put one expression between `{` and `}`; write `{{` for a brace."),
    (r"forgot a comma", "Two values follow each other with nothing in between.",
     "Put a comma or an operator between them; if it is text, put it between quotation marks."),
)  # fmt: skip


def unreadable_of(error: SyntaxError, source: str) -> Unreadable:
    """Why a text does not parse.

    Args:
        error: What the parser of this interpreter says.
        source: The whole text.
    """
    guess = python2_of(source) or other_language_of(source)
    if guess is not None:
        return guess
    said = error.msg or "invalid syntax"
    line = error.lineno or 0
    for pattern, words, remedy in _WORDS:
        if re.search(pattern, said + " "):
            return Unreadable("syntax", line, words, remedy)
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if _BLOCK.match(text) and text.count("(") == text.count(")"):
        return Unreadable("syntax", line, _WORDS[0][1], _WORDS[0][2])
    return Unreadable(
        "syntax",
        line,
        f"Python cannot read this line: {said}.",
        "Look at it and at the one before: a missing bracket, comma, colon or quotation mark.",
    )
