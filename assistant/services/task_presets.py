"""How answers are sampled for each task, where the user has chosen nothing for the model."""

from types import MappingProxyType
from typing import Final

from assistant.domain.generation import SamplingParams, Task

_PRESETS: Final = MappingProxyType(
    {
        Task.CHAT: SamplingParams(),
        # Code repeats itself by nature: names, brackets, indentation. A penalty breaks it.
        Task.CODE: SamplingParams(
            temperature=0.2, top_p=0.9, top_k=20, min_p=0.1, repeat_penalty=1.0, max_tokens=2048
        ),
        # So do the lines of a calculation.
        Task.MATHEMATICS: SamplingParams(
            temperature=0.1, top_p=0.9, top_k=20, min_p=0.1, repeat_penalty=1.0, max_tokens=2048
        ),
        Task.WRITING: SamplingParams(
            temperature=1.0, top_p=0.98, top_k=100, min_p=0.05, dry_multiplier=0.8, max_tokens=2048
        ),
        # Always the same for the same words; DRY keeps small models from going round in circles.
        Task.SUMMARY: SamplingParams(temperature=0.0, dry_multiplier=0.8, max_tokens=200),
    }
)


def preset_of(task: Task) -> SamplingParams:
    """The shipped sampling of a task."""
    return _PRESETS[task]
