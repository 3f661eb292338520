"""Model cards as text that loads nothing: without their front matter, pictures and markup."""

import re

__all__ = ["card_text"]

_LONGEST = 60_000
_FRONT = "---"
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,1000}>")
_COMMENT = re.compile(r"<!--.{0,20000}?(?:-->|\Z)", re.DOTALL)
_LINKED_PICTURE = re.compile(r"\[!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)\]\([^()\n]{0,1000}\)")
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,100}\])")


def card_text(readme: bytes) -> str:
    """What a README says, as Markdown to be shown as text.

    Args:
        readme: As it lies in the repository; may be cut off.
    """
    text = readme.decode("utf-8", "replace").replace("\r\n", "\n").lstrip("\ufeff")
    text = _COMMENT.sub("", _without_front(text)[:_LONGEST])
    lines: list[str] = []
    fenced = ""
    for line in text.split("\n"):
        fence = _FENCE.match(line)
        if fence is not None and fenced in ("", fence[1]):
            fenced = "" if fenced else fence[1]
        lines.append(line if fenced or fence is not None else _plain(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_front(text: str) -> str:
    if not text.startswith(_FRONT + "\n"):
        return text
    end = text.find(f"\n{_FRONT}", len(_FRONT))
    return "" if end < 0 else text[end + len(_FRONT) + 1 :].lstrip("-")


def _plain(line: str) -> str:
    return _TAG.sub("", _PICTURE.sub("", _LINKED_PICTURE.sub("", line)))
