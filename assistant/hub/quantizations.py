"""What the names of quantizations mean, in plain words."""

import re
from dataclasses import dataclass

__all__ = ["Quantization", "explained", "quantization_of", "stem_of"]


@dataclass(frozen=True, slots=True)
class Quantization:
    """One way to store weights with fewer bits.

    Args:
        bits: Bits of a weight, on average over a model.
        words: What it means for an answer.
        rank: How gladly it is taken where it fits; 0 never by itself.
    """

    bits: float
    words: str
    rank: int = 0


_FULL = "As it was trained: no loss, and far more memory than answers gain from it."
_EIGHT = "Nearly as good as the original; answers differ only in the smallest details."
_TINY = "The smallest there is; answers are clearly worse. For a model too large otherwise."
_OLD = "An older kind; the same size of a newer kind answers better."

_KNOWN: dict[str, Quantization] = {
    "F32": Quantization(32.0, "Twice the size that any model here needs; no gain over F16."),
    "F16": Quantization(16.0, _FULL, 2),
    "BF16": Quantization(16.0, _FULL, 2),
    "Q8_0": Quantization(8.5, _EIGHT, 8),
    "Q6_K": Quantization(6.6, "Hardly to be told from the original; a good choice with room.", 9),
    "Q5_K_M": Quantization(5.7, "Very little is lost; a good choice where there is some room.", 9),
    "Q5_K_S": Quantization(5.5, "Little is lost; a bit smaller than Q5_K_M.", 7),
    "Q5_0": Quantization(5.5, _OLD, 3),
    "Q5_1": Quantization(6.0, _OLD, 3),
    "Q4_K_M": Quantization(4.9, "The usual choice: a third of the size, and little is lost.", 10),
    "Q4_K_S": Quantization(4.6, "A bit smaller than Q4_K_M, and a bit less exact.", 8),
    "IQ4_XS": Quantization(4.3, "Small, and close to Q4_K_M; slower without a GPU.", 7),
    "IQ4_NL": Quantization(4.5, "Close to Q4_K_S; fast on some processors.", 6),
    "MXFP4": Quantization(4.3, "Four bits as its makers trained it; nothing is lost by it.", 9),
    "Q4_0": Quantization(4.5, "An older kind with a fast path on many processors.", 5),
    "Q4_1": Quantization(5.0, _OLD, 5),
    "Q3_K_L": Quantization(4.3, "Answers lose some exactness; for when four bits do not fit.", 4),
    "Q3_K_M": Quantization(3.9, "Answers lose exactness; for when four bits do not fit.", 4),
    "Q3_K_S": Quantization(3.5, "Answers lose much exactness; the smallest of three bits.", 3),
    "IQ3_M": Quantization(3.7, "Better than Q3_K_M at less size; slower without a GPU.", 4),
    "IQ3_S": Quantization(3.5, "As good as Q3_K_S or better; slower without a GPU.", 3),
    "IQ3_XS": Quantization(3.3, "Answers lose much exactness; slower without a GPU.", 3),
    "IQ3_XXS": Quantization(3.1, "Answers lose much exactness; slower without a GPU.", 2),
    "Q2_K": Quantization(3.0, "Answers are noticeably worse; only where nothing larger fits.", 2),
    "Q2_K_S": Quantization(2.8, "Answers are noticeably worse; only where nothing larger fits.", 1),
    "IQ2_M": Quantization(2.7, "Answers are noticeably worse; only where nothing larger fits.", 2),
    "IQ2_S": Quantization(2.5, "Answers are noticeably worse; only where nothing larger fits.", 1),
    "IQ2_XS": Quantization(2.4, _TINY, 1),
    "IQ2_XXS": Quantization(2.1, _TINY, 1),
    "IQ1_M": Quantization(1.8, _TINY, 1),
    "IQ1_S": Quantization(1.6, _TINY, 1),
    "TQ2_0": Quantization(2.1, "For models that were trained with three values a weight.", 1),
    "TQ1_0": Quantization(1.7, "For models that were trained with three values a weight.", 1),
}
_SHORTER = {"Q2_K_L": "Q2_K", "Q3_K_XL": "Q3_K_L", "Q4_K_L": "Q4_K_M", "Q5_K_L": "Q5_K_M"} | {
    "Q6_K_L": "Q6_K", "Q2_K_XL": "Q2_K", "Q4_K_XL": "Q4_K_M", "Q5_K_XL": "Q5_K_M",
    "Q6_K_XL": "Q6_K", "Q8_K_XL": "Q8_0", "FP16": "F16", "FP32": "F32", "MXFP4_MOE": "MXFP4",
    "Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M",
}  # fmt: skip
"""Names that people give to mixtures of the kinds above."""
_NAME = re.compile(
    r"(?<![A-Za-z0-9])((?:UD-)?(?:I?Q\d_K?(?:_?(?:XXS|XS|XL|NL|[0-9SML]))?|TQ[12]_0|"
    r"MXFP4(?:_MOE)?|BF16|FP?16|FP?32))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_BITS = re.compile(r"(?<![A-Za-z0-9])(\d)[-_]?bits?(?![A-Za-z0-9])", re.IGNORECASE)
_MLX_WORDS = {
    2: "Answers are noticeably worse; only where nothing larger fits.",
    3: "Answers lose exactness; for when four bits do not fit.",
    4: "The usual choice: a third of the size, and little is lost.",
    5: "Very little is lost; a good choice where there is some room.",
    6: "Hardly to be told from the original; a good choice with room.",
    8: "Nearly as good as the original; answers differ only in the smallest details.",
}


def quantization_of(name: str) -> str:
    """The quantization that a file or a repository is named after; empty if there is none."""
    found = [match[1].upper() for match in _NAME.finditer(name)]
    if found:
        return found[-1]
    bits = _BITS.search(name)
    return f"{bits[1]}-bit" if bits is not None else ""


def stem_of(name: str) -> str:
    """A file's name without its quantization: what is one model at several sizes shares it."""
    return _NAME.sub("", name.rsplit("/", 1)[-1]).replace("--", "-").casefold()


def known(name: str) -> Quantization | None:
    """What is known of a quantization by its name."""
    short = name.removeprefix("UD-")
    if short.endswith("-bit") and short[:-4].isdecimal():
        bits = int(short[:-4])
        words = _MLX_WORDS.get(bits)
        return None if words is None else Quantization(bits + 0.5, words, 10 if bits == 4 else 6)  # noqa: PLR2004 - the usual number of bits
    return _KNOWN.get(_SHORTER.get(short, short))


def explained(name: str) -> str:
    """The quantization in plain words; empty where its name says nothing."""
    found = known(name)
    if found is None:
        return ""
    extra = " Its most important weights are kept finer." if name.startswith("UD-") else ""
    return f"{found.words}{extra}"
