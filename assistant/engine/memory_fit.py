"""Whether a model fits into this machine's memory, before it is loaded.

The figures were read off libllama's own buffers and checked against the peak of whole processes;
``bench fit`` does that again.
"""

from dataclasses import dataclass, replace

from assistant.domain.machine import Gpu, Machine, Memory
from assistant.domain.model import Fit, FitVerdict, KvType, MemoryUse, ModelShape, Speed
from assistant.domain.sizes import memory_words

READING_SPEED = 5.0
"""Tokens per second at which most people read."""
_BATCH_TOKENS = 512
_WIDTH_ROWS, _FORWARD_ROWS = 3.0, 3.3
"""Rows of the width, and of the inner width, that one token of a batch keeps at once."""
_USUAL_FORWARD = 4
"""Inner width over width where it is not known."""
_SEQUENCES = 18
_FLOAT_BYTES, _MASK_BYTES = 4, 2
_FIXED_BYTES = 26 << 20
"""The library and its tables."""
_WORD_BYTES = 280
"""Of the vocabulary: each word's text, twice, and its places."""
_KNOWN_MARGIN = 1.03
_PAGED_SHARE = 0.1
"""Of the weights: what has to be read from the disk for each token, at most, to be bearable."""
_SPARED_SHARE, _SPARED_LEAST, _SPARED_MOST = 0.04, 128 << 20, 1536 << 20
"""Memory that is left to the rest of the machine."""
_GPU_SPARED_BYTES = 512 << 20


@dataclass(frozen=True, slots=True)
class Need:
    """What a model needs, in bytes.

    Args:
        weights: As stored; the system may drop mapped pages of them that were laid out anew.
        kv: Keys and values of the whole context.
        graph: What a batch computes in.
        fixed: The library and the vocabulary.
    """

    weights: int
    kv: int
    graph: int
    fixed: int

    @property
    def total(self) -> int:
        """All together."""
        return self.weights + self.kv + self.graph + self.fixed


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the layers of a model lie.

    Args:
        gpu_layers: That lie in the memory of the GPU; the layer of the output counts as one.
        all_layers: That there are.
        gpu_bytes: Taken there.
        host_bytes: Taken in the main memory.
        gpu_share: Of what is read for a token, 0 to 1.
    """

    gpu_layers: int
    all_layers: int
    gpu_bytes: int
    host_bytes: int
    gpu_share: float


def kv_bytes(shape: ModelShape, context_length: int, kv_type: KvType = KvType.F16) -> int:
    """Bytes of the KV cache: keys and values of each layer and token."""
    blocks = shape.attention_count or shape.block_count
    per_token = blocks * shape.head_count_kv * (shape.key_length + shape.value_length)
    return int(per_token * kv_type.number_bytes) * context_length


def need_of(
    shape: ModelShape,
    context_length: int,
    known: MemoryUse | None = None,
    kv_type: KvType = KvType.F16,
) -> Need:
    """What a model needs at its peak, by its figures, or by what an earlier load took here.

    Args:
        shape: Of the model.
        context_length: Tokens that it shall be loaded for.
        known: What an earlier load of it took; then less of that is estimated.
        kv_type: How keys and values shall be kept.
    """
    fixed = _FIXED_BYTES + shape.vocab_size * _WORD_BYTES
    if known is not None and known.context_length > 0:
        smaller = kv_type.number_bytes / known.kv_type.number_bytes
        kv = int(known.kv_bytes * smaller) * context_length // known.context_length
        # Weights that were laid out anew are counted twice; the system drops the pages of the file.
        weights = min(known.weights_bytes, shape.weights_bytes)
        return Need(weights, kv, known.working_bytes, int(fixed * _KNOWN_MARGIN))
    tokens = min(_BATCH_TOKENS, max(context_length, 1))
    inner = shape.feed_forward_length or shape.embedding_length * _USUAL_FORWARD
    rows = _WIDTH_ROWS * shape.embedding_length + _FORWARD_ROWS * inner
    mask = tokens * context_length * _MASK_BYTES
    logits = _SEQUENCES * shape.vocab_size * _FLOAT_BYTES
    graph = int(tokens * rows * _FLOAT_BYTES) + mask + logits
    kv = kv_bytes(shape, context_length, kv_type)
    return Need(shape.weights_bytes, kv, graph, fixed)


def needed_bytes(
    shape: ModelShape,
    context_length: int,
    known: MemoryUse | None = None,
    kv_type: KvType = KvType.F16,
) -> int:
    """All of ``need_of`` together."""
    return need_of(shape, context_length, known, kv_type).total


def spared_bytes(total_bytes: int) -> int:
    """Of so much memory, what models leave to the rest of the machine."""
    return min(max(int(total_bytes * _SPARED_SHARE), _SPARED_LEAST), _SPARED_MOST)


def place(shape: ModelShape, need: Need, gpu: Gpu | None, wanted_layers: int = -1) -> Placement:
    """Puts layers on the GPU, beside what it computes in.

    Args:
        shape: Of the model.
        need: What it needs.
        gpu: None where there is none.
        wanted_layers: So many, whether they fit or not; -1 takes as many as its free memory does.
    """
    layers = shape.block_count + 1
    if gpu is None or gpu.unified:
        return Placement(0, layers, 0, need.total, 0.0)
    room = gpu.free_bytes - _GPU_SPARED_BYTES - need.graph
    moved = need.weights + need.kv
    each = max(moved / layers, 1.0)
    wanted = int(room / each) if wanted_layers < 0 else wanted_layers
    count = min(max(wanted, 0), layers)
    if count == 0:
        return Placement(0, layers, 0, need.total, 0.0)
    taken = int(moved * count / layers)
    rest = need.total - taken - (need.graph if count == layers else 0)
    return Placement(count, layers, taken + need.graph, rest, count / layers)


def estimate_fit(
    shape: ModelShape,
    context_length: int,
    machine: Machine,
    known: MemoryUse | None = None,
    kv_type: KvType = KvType.F16,
    speed: Speed | None = None,
) -> Fit:
    """Judges a model for a machine; see ``fit_of``.

    Args:
        shape: Of the model.
        context_length: Tokens that it shall be loaded for.
        machine: What there is.
        known: What an earlier load of it took here.
        kv_type: How keys and values shall be kept.
        speed: How fast it will write, where that is known.
    """
    need = need_of(shape, context_length, known, kv_type)
    return fit_of(need, place(shape, need, machine.gpu), machine, speed)


def fit_of(need: Need, placement: Placement, machine: Machine, speed: Speed | None = None) -> Fit:
    """Judges what a model needs, where it would lie.

    It fits where it leaves some memory to the rest and writes as fast as people read. It may be
    slow where it does not, or where a little of its mapped weights has to come from the disk.
    """
    fit = _judged(need, placement, machine, speed)
    return replace(fit, gpu_share=placement.gpu_share)


def _judged(need: Need, placement: Placement, machine: Machine, speed: Speed | None) -> Fit:
    gpu = machine.gpu
    if gpu is not None and placement.gpu_bytes > gpu.free_bytes:
        layers = f"{placement.gpu_layers} layer{'s' if placement.gpu_layers != 1 else ''}"
        why = f"{layers} on the graphics card need {memory_words(placement.gpu_bytes)}"
        why = f"{why}, {memory_words(gpu.free_bytes)} is free there"
        return Fit(FitVerdict.WONT_FIT, placement.gpu_bytes, gpu.free_bytes, why, speed)
    if gpu is not None and placement.gpu_layers == placement.all_layers:
        left = gpu.free_bytes - placement.gpu_bytes
        why = f"Leaves {memory_words(left)} of the graphics card"
        return _by_speed(speed, why, placement.gpu_bytes, gpu.free_bytes)
    if machine.memory is None:
        why = "The system does not say how much memory is free"
        return Fit(FitVerdict.UNKNOWN, need.total, 0, why, speed)
    free = machine.memory.available_bytes
    if gpu is not None and gpu.unified:
        free = min(free, gpu.free_bytes)
    return _in_main_memory(need, placement, free, machine.memory, speed)


def _in_main_memory(
    need: Need, placement: Placement, free: int, memory: Memory, speed: Speed | None
) -> Fit:
    """Judges what lies in the main memory, of which ``free`` bytes may be taken."""
    wanted = placement.host_bytes
    if wanted + spared_bytes(memory.total_bytes) <= free:
        why = f"Leaves {memory_words(free - wanted)} for the rest"
        if placement.gpu_layers:
            why = f"{placement.gpu_layers} of {placement.all_layers} layers on the graphics card"
        return _by_speed(speed, why, wanted, free)
    verdict = FitVerdict.SLOW
    if wanted <= free:
        why = f"Leaves only {memory_words(free - wanted)} for the rest"
    elif wanted - free <= need.weights * _PAGED_SHARE and wanted <= memory.total_bytes:
        why = "Parts are read from the disk again and again"
    else:
        verdict = FitVerdict.WONT_FIT
        why = f"Needs {memory_words(wanted)}, {memory_words(free)} is free"
    return Fit(verdict, wanted, free, why, speed)


def refusal(need: Need, memory: Memory | None) -> str:
    """Why a load cannot go well at all, as a sentence; empty where it may.

    Kinder than the verdict: weights are mapped, and other programs give way to what is used.
    """
    if memory is None:
        return ""
    working = need.total - need.weights
    if working <= memory.available_bytes and need.total <= memory.total_bytes:
        return ""
    return (
        f"It needs {memory_words(need.total)}, and {memory_words(memory.available_bytes)} is free."
    )


def _by_speed(speed: Speed | None, why: str, needed: int, free: int) -> Fit:
    if speed is not None and speed.tokens_per_second < READING_SPEED:
        return Fit(FitVerdict.SLOW, needed, free, slowness(speed.tokens_per_second), speed)
    if speed is not None and speed.measured:
        why = "Measured on this machine"
    return Fit(FitVerdict.FITS, needed, free, why, speed)


def slowness(tokens_per_second: float) -> str:
    """How much slower than reading it is, in words."""
    share = tokens_per_second / READING_SPEED
    for least, words in (
        (0.8, "A little slower than you read"),
        (0.4, "Half as fast as you read"),
        (0.28, "A third as fast as you read"),
        (0.2, "A quarter as fast as you read"),
    ):
        if share >= least:
            return words
    return "Far slower than you read"
