"""What a user may set for one model alone, in place of what holds for all."""

from dataclasses import dataclass, fields, replace
from typing import Final

from assistant.domain.errors import UserFacingError
from assistant.domain.model import FlashAttention, KvType

LEAST_CONTEXT: Final = 256
MOST_CONTEXT: Final = 1 << 20
MOST_THREADS: Final = 256
MOST_LAYERS: Final = 1024
LONGEST_TEMPLATE: Final = 100_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ModelParameters:
    """How one model is loaded; None leaves it to the settings, or to the engine.

    Args:
        context_length: Tokens of prompt and answer together.
        kv_type: How the context is kept.
        threads: For writing; 0 chooses for this machine.
        batch_threads: For reading a prompt; 0 takes as many as ``threads``.
        gpu_layers: On a graphics processor; -1 is all of them.
        flash_attention: Whether attention is computed in one go.
        mmap: Whether the weights are mapped from the file.
        mlock: Whether the system must keep them in memory.
        chat_template: A jinja template in place of the model's own.
    """

    context_length: int | None = None
    kv_type: KvType | None = None
    threads: int | None = None
    batch_threads: int | None = None
    gpu_layers: int | None = None
    flash_attention: FlashAttention | None = None
    mmap: bool | None = None
    mlock: bool | None = None
    chat_template: str | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the fields that are set."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) is not None)

    def without(self, names: tuple[str, ...]) -> "ModelParameters":
        """The same with these fields left to the settings again."""
        return replace(self, **dict.fromkeys(names))


CONTEXT_FIELDS: Final = ("context_length", "kv_type", "flash_attention", "mmap", "mlock")
PROCESSOR_FIELDS: Final = ("threads", "batch_threads", "gpu_layers")
TEMPLATE_FIELDS: Final = ("chat_template",)

_BOUNDS: Final = (
    ("context_length", "The context length", LEAST_CONTEXT, MOST_CONTEXT),
    ("threads", "The number of threads", 0, MOST_THREADS),
    ("batch_threads", "The number of threads for reading", 0, MOST_THREADS),
    ("gpu_layers", "The number of layers on the graphics processor", -1, MOST_LAYERS),
)


def checked(parameters: ModelParameters) -> ModelParameters:
    """The same parameters, if they make sense.

    Raises:
        UserFacingError: A value is out of its bounds, or two cannot go together.
    """
    for name, title, least, most in _BOUNDS:
        value = getattr(parameters, name)
        if value is not None and not least <= value <= most:
            raise UserFacingError(
                f"{title} has to be between {least:,} and {most:,}.",
                "Choose another value, or go back to the default.",
                code="parameter_invalid",
            )
    small = parameters.kv_type not in {None, KvType.F16}
    if small and parameters.flash_attention is FlashAttention.OFF:
        raise UserFacingError(
            "The context can be kept small only with flash attention, which is switched off.",
            "Leave flash attention to the engine, or keep the context at full precision.",
            code="kv_needs_flash",
        )
    if len(parameters.chat_template or "") > LONGEST_TEMPLATE:
        raise UserFacingError(
            f"The chat template is longer than {LONGEST_TEMPLATE:,} characters.",
            "Shorten it, or take one of the named formats.",
            code="template_unusable",
        )
    return parameters
