"""The embedding model in libllama: right, in order, out of the way, and gone when it is idle."""

import base64
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import Priority
from assistant.engine.embedding import MOST_TOKENS, EmbedderThread
from assistant.engine.llama.embedder import LlamaEmbedding, llama_embedder
from assistant.engine.llama.library import library
from tests.data.make_embedding_reference import REFERENCE

WAIT_S = 60
LONG = "The quick brown fox jumps over the lazy dog and then rests in the shade. " * 40


@pytest.fixture
def embedder(embedding_model_file: Path) -> Iterator[EmbedderThread]:
    made = llama_embedder(embedding_model_file, embedding_model_file.stem)
    yield made
    assert made.close()


def test_it_gives_what_the_published_weights_give(embedder: EmbedderThread) -> None:
    import numpy as np

    entries = json.loads(REFERENCE.read_text(encoding="utf-8"))
    wanted = np.stack(
        [
            np.frombuffer(base64.b64decode(entry["vector"]), np.float16).astype(np.float32)
            for entry in entries
        ]
    )
    made = embedder.embed([entry["text"] for entry in entries]).result(WAIT_S)
    cosines = (made.vectors * wanted).sum(axis=1)
    assert made.vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(made.vectors, axis=1), 1, atol=1e-5)
    assert float(cosines.min()) > 0.998
    assert float(np.median(cosines)) > 0.9995
    assert made.cut == tuple(len(entry["ids"]) == MOST_TOKENS for entry in entries)
    assert any(made.cut)


def test_texts_of_one_meaning_lie_closer_than_texts_of_the_same_words(
    embedder: EmbedderThread,
) -> None:
    question, answer, other = (
        embedder.embed(
            [
                "How do I keep my pasta from sticking together?",
                "Stir the noodles during the first minute and use plenty of boiling water.",
                "How do I keep my accounts from being hacked?",
            ]
        )
        .result(WAIT_S)
        .vectors
    )
    assert question @ answer > question @ other + 0.1


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "[SEP] [CLS]", "x" * 100_000, "é" * 9_000]
)
def test_every_text_has_a_vector(embedder: EmbedderThread, text: str) -> None:
    import numpy as np

    made = embedder.embed([text]).result(WAIT_S)
    assert made.vectors.shape == (1, 384)
    assert abs(float(np.linalg.norm(made.vectors)) - 1) < 1e-5


def test_a_computation_is_interrupted_and_can_be_done_again(embedding_model_file: Path) -> None:
    import numpy as np

    backend = LlamaEmbedding(library(), embedding_model_file, embedding_model_file.stem)
    try:
        whole = backend.embed(LONG)
        backend.interrupt()
        assert backend.embed(LONG) is None
        backend.ready()
        again = backend.embed(LONG)
    finally:
        backend.close()
    assert whole is not None
    assert again is not None
    assert np.array_equal(whole[0], again[0])


def test_what_nobody_waits_for_rests_while_it_is_held(embedder: EmbedderThread) -> None:
    embedder.hold(held=True)
    background = embedder.embed([LONG] * 3)
    asked = embedder.embed(["a question"], priority=Priority.INTERACTIVE)
    assert asked.result(WAIT_S).vectors.shape == (1, 384)
    assert not background.done()
    embedder.hold(held=False)
    assert background.result(WAIT_S).vectors.shape == (3, 384)


def test_a_question_goes_before_what_nobody_waits_for(embedder: EmbedderThread) -> None:
    order: list[str] = []
    done = threading.Event()

    def note(name: str) -> None:
        order.append(name)
        if len(order) == 2:
            done.set()

    background = embedder.embed([LONG] * 30)
    background.add_done_callback(lambda _: note("background"))
    asked = embedder.embed(["a question"], priority=Priority.INTERACTIVE)
    asked.add_done_callback(lambda _: note("question"))
    assert done.wait(WAIT_S)
    assert order == ["question", "background"]


def test_a_cancelled_request_ends_with_cancelled(embedder: EmbedderThread) -> None:
    cancel = CancelToken()
    embedder.hold(held=True)
    waiting = embedder.embed([LONG] * 50, cancel=cancel)
    cancel.cancel()
    with pytest.raises(Cancelled):
        waiting.result(WAIT_S)
    embedder.hold(held=False)
    running = embedder.embed([LONG] * 500, cancel=(second := CancelToken()))
    embedder.embed(["loads it"], priority=Priority.INTERACTIVE).result(WAIT_S)
    second.cancel()
    with pytest.raises(Cancelled):
        running.result(WAIT_S)


def test_closing_ends_what_waits_and_refuses_what_comes(embedding_model_file: Path) -> None:
    made = llama_embedder(embedding_model_file, embedding_model_file.stem)
    waiting = made.embed([LONG] * 500)
    assert made.close()
    with pytest.raises(Cancelled):
        waiting.result(0)
    with pytest.raises(UserFacingError) as refused:
        made.embed(["late"]).result(0)
    assert refused.value.code == "engine_closed"


def test_an_idle_model_is_freed_and_loaded_again(embedding_model_file: Path) -> None:
    import numpy as np

    freed = threading.Event()

    class Noticed(LlamaEmbedding):
        def close(self) -> None:
            super().close()
            freed.set()

    sha256 = embedding_model_file.stem
    made = EmbedderThread(lambda: Noticed(library(), embedding_model_file, sha256), idle_s=0.05)
    first = made.embed(["once"])
    assert not first.result(WAIT_S).cut[0]
    assert freed.wait(WAIT_S)
    assert np.array_equal(first.result(0).vectors, made.embed(["once"]).result(WAIT_S).vectors)
    assert made.close()


@pytest.mark.parametrize("harm", ["missing", "one byte", "short"])
def test_a_file_that_is_not_the_one_is_never_loaded(
    embedding_model_file: Path, tmp_path: Path, harm: str
) -> None:
    data = bytearray(embedding_model_file.read_bytes())
    path = tmp_path / "model.gguf"
    data[5_000_000] ^= 1
    if harm != "missing":
        path.write_bytes(data if harm == "one byte" else data[:9_000])
    made = llama_embedder(path, embedding_model_file.stem)
    with pytest.raises(UserFacingError) as refused:
        made.embed(["x"]).result(WAIT_S)
    assert refused.value.code == ("model_missing" if harm == "missing" else "model_broken")
    assert made.close()
