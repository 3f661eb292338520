"""Steps with a blank, as Markdown that shows the blank or what was put into it; no Qt."""

import re

BLANK = "___"
_PLACES = re.compile(r"(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|___)", re.S)
_BARE = re.compile(r"[\w+\-./% ]+", re.UNICODE)


def with_blank(shown: str) -> str:
    """A step whose blank is seen: underlined in code, a box in a formula, a mark elsewhere."""
    return _replaced(shown, code=BLANK, math=r"\boxed{?}", plain="`\u2002?\u2002`")


def filled(shown: str, blank: str) -> str:
    """The same step with what belongs there."""
    plain = f"**{blank}**" if _BARE.fullmatch(blank) and "_" not in blank else f"`{blank}`"
    return _replaced(shown, code=blank, math=_latex(blank), plain=plain)


def _replaced(shown: str, *, code: str, math: str, plain: str) -> str:
    parts = _PLACES.split(shown)
    for at in range(1, len(parts), 2):
        part = parts[at]
        new = code if part.startswith("`") else math if part.startswith("$") else plain
        parts[at] = part.replace(BLANK, new)
    return "".join(parts)


def _latex(blank: str) -> str:
    """What was typed as a formula: roots, products and signs that LaTeX reads otherwise."""
    rooted = re.sub(r"sqrt\(([^()]*)\)", r"\\sqrt{\1}", blank)
    return rooted.replace("*", r" \cdot ").replace("%", r"\%")
