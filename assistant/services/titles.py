"""A chat's title from its first question, without asking a model."""

import re

_LONGEST = 48
_OPENINGS = re.compile(
    r"^(?:(?:hi|hello|hey|please|can you|could you|would you|i want to|i need to|help me(?: to)?)"
    r"\b[\s,!.:]*)+",
    re.IGNORECASE,
)


def title_from(question: str) -> str:
    """The first sentence without its courtesies, at most 48 characters, cut at a word.

    Returns ``New chat`` when nothing readable is left.
    """
    line = next((line.strip() for line in question.splitlines() if line.strip()), "")
    line = re.sub(r"[#*_`>]+", "", line).strip()
    sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]
    core = _OPENINGS.sub("", sentence).strip() or sentence
    core = " ".join(core.split()).rstrip(".,;:")
    if len(core) > _LONGEST:
        cut = core.rfind(" ", 0, _LONGEST)
        core = core[: cut if cut > _LONGEST // 2 else _LONGEST].rstrip(" ,;:") + "…"
    return core[:1].upper() + core[1:] if core else "New chat"
