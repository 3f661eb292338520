"""What the options of a load come to in libllama's terms: clamped, with what could not be had."""

from dataclasses import dataclass
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.model import FlashAttention, KvType, LoadOptions
from assistant.engine.gguf_preflight import GgufFacts
from assistant.engine.machine import batch_threads, compute_threads

_GGML_TYPES: Final = {KvType.F16: 1, KvType.Q4_0: 2, KvType.Q8_0: 8}
_FLASH: Final = {FlashAttention.AUTO: -1, FlashAttention.OFF: 0, FlashAttention.ON: 1}
_BLOCK: Final = 32
"""Numbers that share a scale in a quantised row."""
_MMAP, _MLOCK = 1, 2
"""Bits of ``llama_load_mode``."""


@dataclass(frozen=True, slots=True)
class ContextSettings:
    """How a context is made.

    Args:
        length: Tokens of prompt and answer together.
        threads: For one token, and for a prompt.
        kv_type: How keys and values are kept.
        flash_attention: Whether it is used.
    """

    length: int
    threads: tuple[int, int]
    kv_type: KvType = KvType.F16
    flash_attention: FlashAttention = FlashAttention.AUTO

    @property
    def ggml_type(self) -> int:
        """Of keys and values."""
        return _GGML_TYPES[self.kv_type]

    @property
    def flash_type(self) -> int:
        """``llama_flash_attn_type``; libllama takes quantised values with it only."""
        if self.kv_type is not KvType.F16:
            return _FLASH[FlashAttention.ON]
        return _FLASH[self.flash_attention]

    @property
    def identity(self) -> str:
        """Names all of it that what is computed depends on."""
        return f"{self.length}:{self.kv_type}:{self.flash_type}"


def context_settings(options: LoadOptions, facts: GgufFacts, length: int) -> ContextSettings:
    """How the context of this model is made.

    Raises:
        UserFacingError: Two of the options cannot go together.
    """
    kv_type = _kv_type(options, facts)
    if kv_type is not KvType.F16 and options.flash_attention is FlashAttention.OFF:
        raise UserFacingError(
            "The context can be kept small only with flash attention, which is switched off.",
            "Leave flash attention to the engine, or keep the context at full precision.",
            code="kv_needs_flash",
        )
    return ContextSettings(length, threads_for(options), kv_type, options.flash_attention)


def _kv_type(options: LoadOptions, facts: GgufFacts) -> KvType:
    whole = facts.key_length % _BLOCK == 0 == facts.value_length % _BLOCK
    return options.kv_type if whole else KvType.F16


def threads_for(options: LoadOptions) -> tuple[int, int]:
    """Threads for one token, and for a prompt: as chosen, but no more than run at once.

    Each further one would spin at every barrier: 256 on two processors take seconds a token.
    """
    most = batch_threads()
    one = min(options.threads, most) if options.threads > 0 else 0
    prompt = min(options.batch_threads, most) if options.batch_threads > 0 else one
    return one or compute_threads(), prompt or most


def load_mode(options: LoadOptions) -> int:
    """``llama_load_mode``: how the weights come into memory, and whether they stay."""
    return (_MMAP if options.mmap else 0) | (_MLOCK if options.mlock else 0)


def unmet(options: LoadOptions, settings: ContextSettings, *, locked: bool) -> list[str]:
    """What was wished for and could not be had, a sentence each.

    Args:
        options: What was wished for.
        settings: What came of it.
        locked: Whether the system holds the weights in memory.
    """
    notes: list[str] = []
    if settings.kv_type is not options.kv_type:
        notes.append("This model's context cannot be kept smaller; it is at full precision.")
    if options.mlock and not locked:
        notes.append("The system does not let the weights be held in memory; it may move them out.")
    return notes
