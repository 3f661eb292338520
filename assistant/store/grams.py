"""What the full-text index reads of scripts that write no spaces between words.

SQLite's ``unicode61`` takes a whole run of such characters for one word, so a word inside the
run is never found. Beside the text the index therefore gets its overlapping pairs of characters
(the usual bigram method), in a column that is empty for all other text. A run of n >= 2 searched
characters is a phrase of n - 1 pairs; one character is the beginning of a pair.
"""

import re

# Thai, Lao, Tibetan, Myanmar, Khmer; Kana, Bopomofo; Han; Hangul, whose words carry particles.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_ANY = re.compile(f"[{_UNSPACED}]")
_PIECES = re.compile(f"[{_UNSPACED}]+|[^\\W{_UNSPACED}]+")


def has_unspaced(text: str) -> bool:
    """Whether any character belongs to a script without spaces."""
    return _ANY.search(text) is not None


def pieces(text: str) -> list[str]:
    """Cuts text into runs of unspaced script and words of other scripts, in order."""
    return _PIECES.findall(text)


def grams_of(text: str) -> str:
    """The pairs of all unspaced runs, with words of other scripts that no space parts from them.

    Returns:
        Pairs and words separated by spaces, the last character of each run alone at its end (so
        that phrases do not reach over it); empty when the text has no such run.
    """
    if not has_unspaced(text):
        return ""
    out: list[str] = []
    for word in filter(has_unspaced, text.split()):
        for piece in pieces(word):
            if has_unspaced(piece):
                out += [piece[at : at + 2] for at in range(len(piece))]
            else:
                out.append(piece)
    return " ".join(out)


def phrase_of(run: str) -> str:
    """The FTS5 expression that finds a run of unspaced characters in the pairs."""
    if len(run) == 1:
        return f'grams : "{run}" *'
    return 'grams : "' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'
