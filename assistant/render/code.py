"""Code to coloured spans, by lines."""

from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

from assistant.render.blocks import CodeSpan

MAX_CODE = 200_000
"""Longer code, in characters, is not coloured."""

MAX_LINE = 5_000
"""Code with a longer line is data or has been minified, and is not coloured: some of Pygments's
patterns take time that grows with the square of a line."""

_ALIASES = {
    "c++": "cpp",
    "cc": "cpp",
    "cs": "csharp",
    "golang": "go",
    "jsonl": "json",
    "json5": "json",
    "node": "javascript",
    "plain": "text",
    "plaintext": "text",
    "python-repl": "pycon",
    "shell": "bash",
    "sh-session": "console",
    "shellsession": "console",
    "tex": "latex",
    "txt": "text",
    "vue": "html",
    "svelte": "html",
    "zsh": "bash",
    "cmd": "batch",
    "objectivec": "objective-c",
    "vb": "vbnet",
}

_KINDS = (
    (Comment.Preproc, "keyword"),
    (Comment, "comment"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (String, "string"),
    (Number, "number"),
    (Name.Builtin, "builtin"),
    (Name.Class, "builtin"),
    (Name.Exception, "builtin"),
    (Name.Function, "builtin"),
    (Name.Decorator, "builtin"),
    (Name.Attribute, "builtin"),
    (Name.Tag, "keyword"),
    (Generic.Inserted, "string"),
    (Generic.Deleted, "number"),
    (Generic.Heading, "keyword"),
    (Generic.Subheading, "keyword"),
    (Generic.Prompt, "comment"),
    (Generic.Traceback, "builtin"),
    (Generic.Error, "number"),
)

Line = tuple[CodeSpan, ...]


def highlight(code: str, language: str) -> tuple[Line, ...]:
    r"""Colour code in the language that was named; the language is never guessed.

    Args:
        code: The code; line breaks as they are.
        language: A name or an alias in any case, as it stands after a fence, with the braces or
            the dot that some write around it; unknown or empty for code that stays plain.

    Returns:
        The lines, as many as ``code.split("\n")`` has. The texts of all spans together are the
        code, letter by letter; a line break is the last character of its line's last span.
    """
    lexer = _lexer(language)
    if lexer is None or len(code) > MAX_CODE or _longest_line(code) > MAX_LINE:
        return _lines([("plain", code)])
    return _lines(_coloured(code, lexer))


def _longest_line(code: str) -> int:
    return max(map(len, code.split("\n")))


def _lexer(language: str) -> Lexer | None:
    name = language.strip().strip("{}.").lower()
    name = name.split(",", 1)[0].split(":", 1)[0]
    name = _ALIASES.get(name, name)
    if not name or name == "text":
        return None
    try:
        # Pygments would strip blank lines, add one at the end and guess encodings.
        return find_lexer_class_by_name(name)(stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _coloured(code: str, lexer: Lexer) -> Iterator[tuple[str, str]]:
    # What Pygments does to every text beforehand (other line breaks, a byte order mark) changes
    # letters: where it would, the code stays as it is.
    if "\r" in code or code.startswith("\ufeff"):
        yield "plain", code
        return
    known: dict[object, str] = {}
    left = len(code)
    # Comments and the like are only known by the line break after them.
    for token, text in lexer.get_tokens(f"{code}\n"):
        kind = known.get(token)
        if kind is None:
            kind = next((name for above, name in _KINDS if token in above), "plain")
            known[token] = kind
        yield kind, text[:left]
        left = max(0, left - len(text))


def _lines(runs: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> tuple[Line, ...]:
    """Cut runs at line breaks and join neighbours of one kind."""
    lines: list[Line] = []
    line: list[CodeSpan] = []
    pending, pending_kind = "", "plain"
    for kind, run in runs:
        for piece in _pieces(run):
            if kind != pending_kind and pending:
                line.append(CodeSpan(pending, pending_kind))
                pending = ""
            pending, pending_kind = pending + piece, kind
            if piece.endswith("\n"):
                lines.append((*line, CodeSpan(pending, pending_kind)))
                line, pending = [], ""
    if pending:
        line.append(CodeSpan(pending, pending_kind))
    lines.append(tuple(line))
    return tuple(lines)


def _pieces(run: str) -> list[str]:
    """The lines of a run with their line breaks; only LF breaks a line."""
    *whole, rest = run.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])
