"""Loading a model file, and everything that lives and dies with it."""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.model import LoadOptions, MemoryUse
from assistant.engine.chat_template import ChatTemplate
from assistant.engine.gguf_preflight import GgufFacts, preflight
from assistant.engine.llama.adapters import Adapters
from assistant.engine.llama.context import Context, Decoded
from assistant.engine.llama.library import MLOCK, Library, StopFlag
from assistant.engine.llama.offload import layers_for
from assistant.engine.llama.pieces import PieceTable
from assistant.engine.llama.settings import (
    ContextSettings,
    context_settings,
    load_mode,
    unmet,
)
from assistant.engine.llama.tokenizer import Tokenizer
from assistant.engine.machine import memory_now
from assistant.engine.memory_fit import need_of, refusal

LANES = 16
"""Answers at once."""
_LANES_WITH_STATE = 4
"""Of a recurrent model, each of whose sequences has a state of full size."""
SPARE_SEQUENCES = 2
_SHORTEST_CONTEXT = 256
_CHOSEN_CONTEXT = 8192
_PROGRESS_STEP = 0.01


@dataclass(slots=True)
class LlamaModel:
    """A loaded model with its one context.

    Args:
        library: libllama.
        pointer: The model.
        facts: What its file says about it.
        flag: Raised to stop a computation of its context.
    """

    library: Library
    pointer: int
    facts: GgufFacts
    context: Context
    pieces: PieceTable
    tokenizer: Tokenizer
    template: ChatTemplate
    flag: StopFlag
    adapters: Adapters
    identity: str
    """Names the file and all that its keys and values depend on."""
    memory: MemoryUse
    """What the load took."""
    notes: tuple[str, ...]
    """What was wished for and could not be had."""

    def close(self) -> None:
        """Frees the context, then the model."""
        self.context.close()
        self.library.functions.llama_model_free(self.pointer)


def check(path: Path, options: LoadOptions) -> tuple[GgufFacts, ContextSettings]:
    """Looks at a file before anything is given up for it.

    Returns:
        What its header says, and how to make its context.

    Raises:
        UserFacingError: It is missing or not sound, or two options cannot go together.
        EnvironmentProblem: It does not fit into memory.
    """
    if not path.is_file():
        raise UserFacingError(
            "The model's file is not where it was.",
            "Put it back, or choose another model.",
            code="model_missing",
        )
    facts = preflight(path)
    trained = max(facts.context_length, _SHORTEST_CONTEXT)
    wanted = options.context_length if options.context_length > 0 else _CHOSEN_CONTEXT
    length = max(_SHORTEST_CONTEXT, min(wanted, trained))
    settings = context_settings(options, facts, length)
    need = need_of(facts.shape, length, options.known, settings.kv_type)
    why = refusal(need, memory_now())
    if why and not options.anyway:
        raise EnvironmentProblem(
            why,
            "Close other programs, set a smaller context length, choose a smaller model, "
            "or load it anyway.",
            code="out_of_memory",
        )
    return facts, settings


def open_model(
    library: Library,
    path: Path,
    options: LoadOptions,
    checked: tuple[GgufFacts, ContextSettings],
    *,
    on_progress: Callable[[float], None],
    cancel: CancelToken,
) -> LlamaModel:
    """Loads the weights, makes the context and reads one token to warm up.

    Raises:
        UserFacingError: libllama does not take the file.
        EnvironmentProblem: The memory cannot be had.
        Cancelled: It was asked for.
    """
    facts, settings = checked
    functions: Any = library.functions
    begin = len(library.buffers)
    placed = replace(options, gpu_layers=layers_for(options, facts.shape, settings, functions))
    pointer = _load_weights(library, path, placed, on_progress, cancel)
    try:
        flag = StopFlag()
        recurrent = functions.llama_model_is_recurrent(pointer)
        lanes = _LANES_WITH_STATE if recurrent else LANES
        sequences = lanes + SPARE_SEQUENCES
        context = Context(library, pointer, settings, sequences, flag)
        vocab = functions.llama_model_get_vocab(pointer)
        pieces = PieceTable(library, vocab)
        tokenizer = Tokenizer(library, vocab, pieces)
    except BaseException:
        functions.llama_model_free(pointer)
        raise
    template = ChatTemplate(
        _own_template(functions, pointer),
        tokenizer.bos_text,
        tokenizer.eos_text,
        tokenizer.control_texts,
        override=options.chat_template,
    )
    notes = unmet(options, settings, locked=not any(MLOCK in said for said in library.complaints))
    adapters = Adapters(library, pointer, facts.architecture)
    identity = f"{_file_identity(path)}:{settings.identity}:{template.identity}"
    taken = library.buffers_since(begin)
    weights, kv = taken.pop("model", 0), taken.pop("kv", 0) + taken.pop("rs", 0)
    model = LlamaModel(
        library,
        pointer,
        facts,
        context,
        pieces,
        tokenizer,
        template,
        flag,
        adapters,
        identity,
        MemoryUse(context.length, weights, kv, sum(taken.values()), settings.kv_type),
        (*notes, *filter(None, (template.take_notice(),))),
    )
    try:
        _warm_up(model)
        cancel.raise_if_cancelled()
    except BaseException:
        model.close()
        raise
    return model


def _load_weights(
    library: Library,
    path: Path,
    options: LoadOptions,
    on_progress: Callable[[float], None],
    cancel: CancelToken,
) -> int:
    functions: Any = library.functions
    told = -1.0

    def progress(part: float, _data: object) -> bool:
        nonlocal told
        if part - told >= _PROGRESS_STEP:
            told = part
            on_progress(min(max(part, 0.0), 1.0))
        return not cancel.cancelled

    params = functions.llama_model_default_params()
    params.load_mode = load_mode(options)
    params.n_gpu_layers = options.gpu_layers
    callback = functions.llama_progress_callback(progress)
    params.progress_callback = callback
    library.complaints.clear()
    began = time.perf_counter()
    pointer = functions.llama_model_load_from_file(str(path).encode(), params)
    if not pointer:
        cancel.raise_if_cancelled()
        raise _refusal(library, time.perf_counter() - began)
    if cancel.cancelled:
        functions.llama_model_free(pointer)
        raise Cancelled
    return int(pointer)


def _refusal(library: Library, _after_s: float) -> UserFacingError:
    """Puts the complaints of libllama into words."""
    said = " ".join(library.complaints).lower()
    if "alloc" in said or "out of memory" in said:
        return EnvironmentProblem(
            "There is not enough memory to load this model.",
            "Close other programs, or choose a smaller model.",
            code="out_of_memory",
        )
    if "unknown model architecture" in said or "unknown pre-tokenizer" in said:
        return UserFacingError(
            "This model is of a kind that this version cannot run.",
            "Update the application, or choose another model.",
            code="model_unsupported",
        )
    return UserFacingError(
        "The model's file cannot be loaded: it is damaged or incomplete.",
        "Download it again, or choose another model.",
        code="model_broken",
    )


def _own_template(functions: Any, model: int) -> str:  # noqa: ANN401 - the ctypes module
    text: bytes | None = functions.llama_model_chat_template(model, ctypes.c_char_p())
    return text.decode("utf-8", "replace") if text else ""


def _warm_up(model: LlamaModel) -> None:
    """Reads one token, so that the first answer does not pay for page faults and buffers."""
    batch = model.context.batch
    batch.clear()
    place = batch.add_one(0, 0, 0)
    if model.context.compute() is Decoded.DONE:
        model.context.check_logits(place)
    model.context.clear()


def _file_identity(path: Path) -> str:
    facts = path.stat()
    return f"{path.name}:{facts.st_size}:{facts.st_mtime_ns}"
