"""What is asked of an engine, and what comes back."""

from dataclasses import dataclass, field

from assistant.domain.conversation import FinishReason, MessageNumbers, Role


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class SamplingParams:
    """How the next token is picked. Every field is clamped to its range by the engine."""

    temperature: float = 0.7
    """0 is greedy; 0 to 2."""
    top_p: float = 0.95
    """0 to 1; 1 switches it off."""
    top_k: int = 40
    """0 switches it off; 0 to 1000."""
    min_p: float = 0.05
    """0 to 1; 0 switches it off."""
    repeat_penalty: float = 1.1
    """1 switches it off; 0.5 to 2."""
    presence_penalty: float = 0.0
    """-2 to 2."""
    max_tokens: int = 1024
    """At least 1."""
    seed: int | None = None
    """None draws a new one for each answer."""


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One answer to be written.

    Args:
        turns: The prompt, oldest first. When the last turn is the assistant's, its text is
            continued instead of a new answer being started.
        sampling: How tokens are picked.
        stop: Strings that end the answer; they are not part of it.
        cache_key: Requests with the same key share a prefix (a conversation's id).
        json_schema: A JSON Schema, as text, that the answer must satisfy; empty for free text.
    """

    turns: tuple[Turn, ...]
    sampling: SamplingParams = field(default_factory=SamplingParams)
    stop: tuple[str, ...] = ()
    cache_key: str = ""
    json_schema: str = ""


@dataclass(frozen=True, slots=True)
class PrefillProgress:
    """How much of the prompt has been read."""

    done_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Text that continues the answer; never part of a character, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class GenerationDone:
    """The last event of an answer that ended or was stopped."""

    finish_reason: FinishReason
    numbers: MessageNumbers


@dataclass(frozen=True, slots=True)
class GenerationFailed:
    """The last event of an answer that failed; text sent before stays valid."""

    message: str
    hint: str
    code: str


GenerationEvent = PrefillProgress | TextDelta | GenerationDone | GenerationFailed
"""In order: any number of PrefillProgress, any number of TextDelta, then exactly one end."""
