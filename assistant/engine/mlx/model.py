"""Loading a model folder, and everything that lives and dies with it."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.generation import Turn
from assistant.domain.model import FlashAttention, KvType, LoadOptions, MemoryUse
from assistant.engine.backend import UNSOUND
from assistant.engine.chat_template import ChatTemplate
from assistant.engine.gguf_reader import Malformed
from assistant.engine.machine import memory_now
from assistant.engine.mlx.adapters import Adapters
from assistant.engine.mlx.constraint import grammar_tokens
from assistant.engine.mlx.folder_preflight import FolderFacts, preflight_folder
from assistant.engine.mlx.library import Mlx, model_module
from assistant.engine.mlx.memory import check_fit, need, taken
from assistant.engine.mlx.quantised import quantise_like
from assistant.engine.mlx.tokenizer import Tokenizer, read_tokenizer

_SHORTEST_CONTEXT = 256
_CHOSEN_CONTEXT = 8192
_AT_ONCE_BYTES = 128 << 20
_SAME = 0.05
"""Of the length of the logits; rounding alone stays far below."""
_ODD_CONFIGURATION = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What mlx-lm's models raise for a configuration that does not make sense to them."""


@dataclass(slots=True)
class MlxModel:
    """A loaded model.

    Args:
        mlx: The library.
        module: Computes logits from tokens and caches.
        facts: What its folder says about it.
        context_length: Tokens of prompt and answer together.
    """

    mlx: Mlx
    module: Any
    facts: FolderFacts
    context_length: int
    tokenizer: Tokenizer
    template: ChatTemplate
    adapters: Adapters
    vocab_size: int = 0
    """Tokens that have logits."""
    memory: MemoryUse | None = None
    """What the load took."""
    together: bool = True
    """Whether several answers can be computed at once."""
    notes: tuple[str, ...] = ()
    """What was wished for and could not be had."""
    _grammar_tokens: Any = field(default=None)

    @property
    def grammar_tokens(self) -> Any:  # noqa: ANN401 - of llguidance
        """The vocabulary for grammars; made when it is first needed."""
        if self._grammar_tokens is None:
            self._grammar_tokens = grammar_tokens(self.tokenizer, self.vocab_size)
        return self._grammar_tokens

    @property
    def identity(self) -> str:
        """Names its files and all that its keys and values depend on."""
        return f"{self.facts.identity}:{self.mlx.version}:{self.template.identity}"

    def encode(self, turns: Sequence[Turn]) -> tuple[list[int], str]:
        """Token ids of the turns as a prompt, and the text that the answer continues."""
        disarm = self.tokenizer.disarm
        return self.tokenizer.encode(
            self.template.render([Turn(turn.role, disarm(turn.content)) for turn in turns])
        )

    def new_caches(self) -> list[Any]:
        """Empty caches of one sequence, one for each layer."""
        return self.mlx.caches.make_prompt_cache(self.module)


def check(path: Path, options: LoadOptions, mlx: Mlx) -> tuple[FolderFacts, int]:
    """Looks at a folder before anything is given up for it.

    Returns:
        What its files say, and the context length to load it with.

    Raises:
        UserFacingError: It is missing or not sound.
        EnvironmentProblem: It does not fit into memory.
    """
    if not path.is_dir():
        raise UserFacingError(
            "The model's folder is not where it was.",
            "Put it back, or choose another model.",
            code="model_missing",
        )
    facts = preflight_folder(path, mlx.models)
    trained = max(facts.context_length or _CHOSEN_CONTEXT, _SHORTEST_CONTEXT)
    wanted = options.context_length if options.context_length > 0 else _CHOSEN_CONTEXT
    length = max(_SHORTEST_CONTEXT, min(wanted, trained))
    if not options.anyway:
        check_fit(need(facts, length, options.known).total, memory_now())
    return facts, length


def open_model(
    mlx: Mlx,
    options: LoadOptions,
    checked: tuple[FolderFacts, int],
    *,
    on_progress: Callable[[float], None],
    cancel: CancelToken,
) -> MlxModel:
    """Loads the weights and reads one token to warm up.

    Raises:
        UserFacingError: mlx-lm does not take the model.
        EnvironmentProblem: The memory cannot be had.
        Cancelled: It was asked for.
    """
    facts, length = checked
    on_progress(0.0)
    try:
        files = read_tokenizer(facts.folder)
        tokenizer = Tokenizer(files, facts.end_tokens)
    except (Malformed, OSError) as error:
        raise _broken(facts, str(error)) from None
    cancel.raise_if_cancelled()
    try:
        module = _built(mlx, facts)
        template = ChatTemplate(
            files.template,
            files.bos,
            files.eos,
            tokenizer.control_texts,
            override=options.chat_template,
        )
        model = MlxModel(mlx, module, facts, length, tokenizer, template, Adapters(mlx, module))
        _warm_up(model, _load_weights(mlx, module, on_progress, cancel))
    except _ODD_CONFIGURATION as error:
        raise _broken(facts, "its configuration and its weights do not belong together") from error
    except RuntimeError as error:
        raise compute_failure(error) from error
    cancel.raise_if_cancelled()
    model.notes = (*_unmet(options), *filter(None, (template.take_notice(),)))
    return model


def _unmet(options: LoadOptions) -> list[str]:
    """What was wished for and MLX does not know, a sentence each."""
    notes: list[str] = []
    if options.kv_type is not KvType.F16:
        notes.append("Models in MLX's format keep their context at full precision.")
    if options.threads or options.batch_threads or options.gpu_layers >= 0:
        notes.append("Models in MLX's format choose processor and graphics processor themselves.")
    if options.mlock or not options.mmap or options.flash_attention is not FlashAttention.AUTO:
        notes.append("Models in MLX's format are laid out in memory by MLX alone.")
    return notes


def compute_failure(error: RuntimeError) -> UserFacingError:
    """What MLX could not compute, in words."""
    said = str(error).lower()
    if "alloc" in said or "memory" in said:
        return EnvironmentProblem(
            "There is not enough memory to go on with this model.",
            "Close other programs, or choose a smaller model.",
            code="out_of_memory",
        )
    return UserFacingError(
        "The model could not be computed.",
        "Load it anew; if it happens again, download it again or choose another.",
        code="engine_failed",
    )


def _built(mlx: Mlx, facts: FolderFacts) -> Any:  # noqa: ANN401 - a model of mlx-lm
    """The model with its weights named, and none of them read yet."""
    code = model_module(facts.kind)
    config = dict(facts.config)
    module = code.Model(code.ModelArgs.from_dict(config))
    weights: dict[str, Any] = {}
    for path in facts.weights:
        weights |= mlx.core.load(str(path))
    if hasattr(module, "sanitize"):
        weights = module.sanitize(weights)
    quantise_like(mlx, module, config, weights)
    module.eval()
    module.load_weights(list(weights.items()), strict=True)
    return module


def _load_weights(
    mlx: Mlx,
    module: Any,  # noqa: ANN401 - a model of mlx-lm
    on_progress: Callable[[float], None],
    cancel: CancelToken,
) -> int:
    """Reads them; how many bytes they take."""
    arrays = [array for _, array in mlx.trees.tree_flatten(module.parameters())]
    total = sum(array.nbytes for array in arrays)
    pending: list[Any] = []
    read = waiting = 0
    for array in arrays:
        pending.append(array)
        waiting += array.nbytes
        if waiting >= _AT_ONCE_BYTES or array is arrays[-1]:
            mlx.core.eval(pending)
            read, waiting, pending = read + waiting, 0, []
            on_progress(min(read / max(total, 1), 1.0))
            cancel.raise_if_cancelled()
    limit = mlx.core.device_info().get("max_recommended_working_set_size")
    if mlx.core.metal.is_available() and limit:
        mlx.core.set_wired_limit(limit)
    return total


def _warm_up(model: MlxModel, weights_bytes: int) -> None:
    """Reads a few tokens, so that the first answer does not pay for it, alone and together.

    Args:
        model: Loaded.
        weights_bytes: What its weights take.
    """
    core = model.mlx.core
    short, long = model.new_caches(), model.new_caches()
    model.module(core.array([[0, 1]]), cache=long)
    logits = model.module(core.array([[0]]), cache=short)[:, -1, :]
    if bool(core.isnan(logits).any().item()):
        raise UNSOUND
    model.vocab_size = int(logits.shape[-1])
    model.memory = taken(model.facts, weights_bytes, long, model.context_length)
    model.together = _same_together(model, short, long)


def _same_together(model: MlxModel, short: list[Any], long: list[Any]) -> bool:
    """Whether a sequence computed beside a longer one gets the logits that it gets alone.

    Some models of mlx-lm cannot be computed so: their masks have the wrong shape for it.
    """
    core, inputs = model.mlx.core, [[2], [3]]
    try:
        merged = [
            one.merge([copy.deepcopy(one), other]) for one, other in zip(short, long, strict=True)
        ]
        both = model.module(core.array(inputs), cache=merged)[:1, -1, :].astype(core.float32)
        alone = model.module(core.array(inputs[:1]), cache=short)[:, -1, :].astype(core.float32)
        difference = core.linalg.norm(both - alone) / core.linalg.norm(alone)
        return bool((difference < _SAME).item())
    except (*_ODD_CONFIGURATION, RuntimeError):
        return False


def _broken(facts: FolderFacts, why: str) -> UserFacingError:
    return UserFacingError(
        f"{facts.folder.name} is not a sound model folder: {why}.",
        "Download it again, or choose another model.",
        code="model_broken",
    )
