"""Whether a hint says the answer, seen by whole tokens."""

import re

_DOLLARS = re.compile(r"^\s*\$+|\$+\s*$")
_WORDY = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")


def reveals(hint: str, answer: str) -> bool:
    """Whether the answer stands in the hint as a token or a row of tokens.

    Spaces do not count, nor does the case of a letter, unless the answer is one letter (“A” the
    note, “a” the article). “12” is not in “312”, “1/12” or “12.5”, but it is in “it is 12.”

    Args:
        hint: Markdown, with LaTeX between dollar signs.
        answer: The key, plain or LaTeX.
    """
    wanted = _DOLLARS.sub("", answer).strip().rstrip(".")
    if not _WORDY.search(wanted) or _squeezed(wanted) not in _squeezed(hint):
        return False  # most hints end here, before a pattern has to be made
    parts = [re.escape(part) for part in re.findall(r"\w+|[^\w\s]", wanted)]
    before = r"(?<![\w\\])(?<!\d[.,/])" if _WORDY.match(wanted) else ""
    after = r"(?!\w)(?![.,/]\d)" if _WORDY.match(wanted[-1]) else ""
    one_letter = len(wanted) == 1 and _LETTER.match(wanted)
    flags = 0 if one_letter else re.IGNORECASE
    return re.search(before + r"\s*".join(parts) + after, hint, flags) is not None


def reveals_program(hint: str, reference: str) -> bool:
    """Whether a hint holds the whole reference of a programming exercise, but for spaces."""
    return _squeezed(reference) in _squeezed(hint)


def _squeezed(text: str) -> str:
    return "".join(text.split()).lower()
