"""An embedding model of the BERT kind in libllama: one text, one computation, one vector."""

import ctypes
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.engine.embedding import MOST_TOKENS, EmbedderThread
from assistant.engine.llama.batch import Batch
from assistant.engine.llama.library import Library, StopFlag, library

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MMAP = 1
_ABORTED = 2
_LONGEST_TOKEN = 32
"""More characters than that for each token are not read: enough for any text of words."""
_BROKEN = UserFacingError(
    "The model behind search by meaning is damaged.",
    "Search goes on by words. Install the application again to mend it.",
    code="model_broken",
)


def llama_embedder(path: Path, sha256: str) -> EmbedderThread:
    """An embedder over a file that is read when the first text comes.

    Args:
        path: A GGUF file of the ``bert`` architecture with mean pooling.
        sha256: What the file must be, to the byte: a damaged one could end the process.
    """
    return EmbedderThread(lambda: LlamaEmbedding(library(), path, sha256))


class LlamaEmbedding:
    """A loaded embedding model; on the processor only, so that it takes nothing from a GPU.

    Args:
        native: libllama.
        path: The model's file.
        sha256: Of the file.

    Raises:
        UserFacingError: The file is missing or another one.
        EnvironmentProblem: There is no memory for it.
    """

    def __init__(self, native: Library, path: Path, sha256: str) -> None:
        _check(path, sha256)
        self._functions: Any = native.functions
        self._flag = StopFlag()
        self._model = self._load(path)
        self._context = self._functions.llama_init_from_model(self._model, self._parameters())
        if not self._context:
            self._functions.llama_model_free(self._model)
            raise _no_memory()
        self._vocab = self._functions.llama_model_get_vocab(self._model)
        self._dimensions = int(self._functions.llama_model_n_embd(self._model))
        self._batch = Batch(native, MOST_TOKENS, 1)

    def embed(self, text: str) -> "tuple[NDArray[np.float32], bool] | None":
        """See ``EmbeddingBackend.embed``."""
        tokens, cut = self._tokens(text)
        self._batch.clear()
        self._batch.add(tokens, 0, 0, last=True)
        result = self._functions.llama_encode(self._context, self._batch.sealed())
        if result == _ABORTED:
            return None
        if result != 0:
            raise _no_memory()
        return self._vector(), cut

    def ready(self) -> None:
        """See ``EmbeddingBackend.ready``."""
        self._flag.lower_it()

    def interrupt(self) -> None:
        """See ``EmbeddingBackend.interrupt``."""
        self._flag.raise_it()

    def close(self) -> None:
        """See ``EmbeddingBackend.close``."""
        self._functions.llama_free(self._context)
        self._functions.llama_model_free(self._model)

    def _load(self, path: Path) -> int:
        params = self._functions.llama_model_default_params()
        params.load_mode = _MMAP
        params.n_gpu_layers = 0
        pointer = self._functions.llama_model_load_from_file(str(path).encode(), params)
        if not pointer:  # its bytes are right: what is missing is memory
            raise _no_memory()
        return int(pointer)

    def _parameters(self) -> Any:  # noqa: ANN401 - the native structure
        params = self._functions.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = MOST_TOKENS
        params.n_seq_max = 1
        params.embeddings = True
        params.n_threads = params.n_threads_batch = 1
        params.offload_kqv = params.op_offload = False
        params.no_perf = True
        if self._flag.callback_address is not None:
            params.abort_callback = type(params.abort_callback)(self._flag.callback_address)
            params.abort_callback_data = self._flag.data_address
        return params

    def _tokens(self, text: str) -> tuple[list[int], bool]:
        """Ids with their marks of beginning and end, and whether some are cut off."""
        most = MOST_TOKENS * _LONGEST_TOKEN
        data = text[:most].encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (ctypes.c_int32 * room)()
        count = self._functions.llama_tokenize(self._vocab, data, len(data), buffer, room, 1, 0)
        ids: list[int] = buffer[: max(count, 0)]
        if len(ids) <= MOST_TOKENS:
            return ids, len(text) > most
        return [*ids[: MOST_TOKENS - 1], ids[-1]], True

    def _vector(self) -> "NDArray[np.float32]":
        import numpy as np

        pointer = self._functions.llama_get_embeddings_seq(self._context, 0)
        vector = np.ctypeslib.as_array(pointer, (self._dimensions,)).astype(np.float32)
        length = float(np.linalg.norm(vector))
        if not np.isfinite(length) or length == 0:
            raise _BROKEN
        return vector / np.float32(length)


def _check(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserFacingError(
            "The model behind search by meaning is not where it was.",
            "Search goes on by words. Install the application again to have it back.",
            code="model_missing",
        ) from error
    if found != sha256:
        raise _BROKEN


def _no_memory() -> EnvironmentProblem:
    return EnvironmentProblem(
        "There is not enough memory for search by meaning.",
        "Search goes on by words; close other programs to have both.",
        code="out_of_memory",
    )
