"""Language models, as the catalogue and the store describe them."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.domain.ids import ModelId


class ModelFormat(StrEnum):
    """How the weights are stored."""

    GGUF = "gguf"
    MLX = "mlx"


class FitVerdict(StrEnum):
    """Whether a model can run here."""

    FITS = "fits"
    SLOW = "slow"
    WONT_FIT = "wont_fit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model fits this machine, and why.

    Args:
        needed_bytes: Weights, KV cache and what is computed in, at their peak.
        available_bytes: Free where the model would lie: main memory, or that of the GPU.
        why: One sentence.
        speed: Tokens per second that it will write; None where that is not known.
        gpu_share: Of the model, what would lie in the memory of a graphics card, 0 to 1.
    """

    verdict: FitVerdict
    needed_bytes: int
    available_bytes: int
    why: str
    speed: "Speed | None" = None
    gpu_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens per second of an answer.

    Args:
        measured: By this model on this machine; otherwise estimated.
    """

    tokens_per_second: float
    measured: bool


class Skill(StrEnum):
    """What a model is good at."""

    CHAT = "chat"
    CODE = "code"
    MATHEMATICS = "mathematics"
    REASONING = "reasoning"
    VISION = "vision"
    EMBEDDING = "embedding"


class ModelRole(StrEnum):
    """What a model is for here; features ask for a role, not for a file."""

    SMALL = "small"
    MEDIUM = "medium"
    CODE = "code"
    EMBEDDING = "embedding"


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The figures of a model that its memory and speed follow from.

    Args:
        weights_bytes: As stored.
        token_bytes: Of the weights that are read for one token: all of them, or of a mixture of
            experts those of the active ones.
        key_length: Numbers of one head's key.
        value_length: Numbers of one head's value.
        attention_count: Of the blocks those that keep keys and values of the whole context; the
            others keep a state of fixed size. 0 for all.
        feed_forward_length: Inner width of a block; 0 if unknown.
    """

    weights_bytes: int
    token_bytes: int
    block_count: int
    head_count_kv: int
    key_length: int
    value_length: int
    embedding_length: int
    vocab_size: int
    attention_count: int = 0
    feed_forward_length: int = 0


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """One model, installed or not.

    Args:
        parameters: Number of weights, 0 if unknown.
        quantization: ``Q4_K_M`` and the like, as the file's metadata name it.
        size_bytes: Size of its file.
        context_length: Tokens it was trained to read.
        sha256: Of the file, lower-case hex; the name under which the store keeps it.
        path: The file, or None if it is not installed.
        shared: It lies in the read-only store that all profiles share.
        tier: ``small`` or ``medium``.
        skills: What it is good at, the most important first.
        languages: Codes such as ``en``; empty if unknown.
        summary: One line on what it is good for.
        repo: Where it came from on the Hub, ``owner/name``; empty if it did not.
        commit: Of that repository.
        owner: The application whose file is used in place; empty for a file of our own.
        trouble: Why it cannot be used now, in one sentence: a file used in place went or changed.
        changed: It changed, and can be taken as it is now.
    """

    id: ModelId
    name: str
    format: ModelFormat
    architecture: str
    parameters: int
    quantization: str
    size_bytes: int
    context_length: int
    licence: str
    sha256: str
    tier: str
    path: Path | None = None
    shared: bool = False
    skills: tuple[Skill, ...] = ()
    languages: tuple[str, ...] = ()
    summary: str = ""
    repo: str = ""
    commit: str = ""
    owner: str = ""
    size_estimated: bool = False
    trouble: str = ""
    changed: bool = False

    @property
    def installed(self) -> bool:
        """Whether its file is on this machine."""
        return self.path is not None


class KvType(StrEnum):
    """How the keys and values of the context are kept, by llama.cpp's names."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"

    @property
    def number_bytes(self) -> float:
        """Bytes of one number; a block of 32 shares a scale of two bytes."""
        return _KV_NUMBER_BYTES[self]


_KV_NUMBER_BYTES = {KvType.F16: 2.0, KvType.Q8_0: 34 / 32, KvType.Q4_0: 18 / 32}


class FlashAttention(StrEnum):
    """Whether attention is computed without its matrix of scores lying in memory."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """What a load really took, as the engine counted it.

    Args:
        context_length: Tokens that it was loaded for.
        weights_bytes: The weights, those that were laid out anew for the processor included.
        kv_bytes: Keys and values of all tokens.
        working_bytes: What is computed in.
        kv_type: How the keys and values were kept.
    """

    context_length: int
    weights_bytes: int
    kv_bytes: int
    working_bytes: int
    kv_type: KvType = KvType.F16

    @property
    def total_bytes(self) -> int:
        """All together."""
        return self.weights_bytes + self.kv_bytes + self.working_bytes


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a model is loaded; 0 lets the engine choose, which clamps what is out of range."""

    context_length: int = 4096
    threads: int = 0
    """For writing, one token at a time."""
    gpu_layers: int = -1
    """-1 puts all layers on a GPU where there is one."""
    batch_threads: int = 0
    """For reading a prompt; 0 takes as many as ``threads``."""
    kv_type: KvType = KvType.F16
    flash_attention: FlashAttention = FlashAttention.AUTO
    mmap: bool = True
    """The weights are mapped from the file; else they are read into memory."""
    mlock: bool = False
    """The system may not move the weights out of memory."""
    chat_template: str = ""
    """A jinja template in place of the model's own; empty takes its own."""
    isolated: bool = False
    """In a process of its own, which a broken file cannot take the application down with."""
    anyway: bool = field(default=False, compare=False)
    """Also where the estimate says that it does not fit."""
    known: MemoryUse | None = field(default=None, compare=False)
    """What an earlier load took here; corrects the estimate."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that is ready to answer.

    Args:
        context_length: Tokens that it really reads, prompt and answer together.
        load_ms: What the load took.
        memory_bytes: What it takes of the memory, as nearly as is known.
        isolated: It runs in a process of its own.
        memory: What the load really took; None where the engine does not say.
        notes: What was wished for and could not be had, a sentence each.
    """

    path: Path
    context_length: int
    architecture: str
    load_ms: float
    memory_bytes: int = 0
    isolated: bool = False
    memory: MemoryUse | None = None
    notes: tuple[str, ...] = ()


class ModelState(StrEnum):
    """What the model picker says."""

    NONE = "none"
    LOADING = "loading"
    READY = "ready"
    NOT_FOUND = "not_found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """The state of the chosen model, for the picker."""

    state: ModelState
    model: ModelInfo | None = None
    progress: float = 0.0
    """0 to 1 while loading."""
    detail: str = ""
    context_length: int = 0
