"""What is asked of an engine, and what comes back."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path

from assistant.domain.conversation import FinishReason, MessageNumbers, Role


class Priority(IntEnum):
    """Whose turn it is: work of a lower number goes first, and stops the others meanwhile."""

    INTERACTIVE = 0
    """Somebody waits for it."""
    AHEAD = 1
    """Somebody may soon wait for it: a prompt that is read while it is typed."""
    BACKGROUND = 2


class Task(StrEnum):
    """What an answer is for; each is best sampled in its own way."""

    CHAT = "chat"
    CODE = "code"
    MATHEMATICS = "mathematics"
    WRITING = "writing"
    SUMMARY = "summary"


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
    dry_multiplier: float = 0.0
    """Against repeated phrases (DRY); 0 switches it off; 0 to 5."""
    logit_bias: tuple[tuple[int, float], ...] = ()
    """Token ids of this model and what is added to their logits, -100 to 100."""
    max_tokens: int = 1024
    """At least 1."""
    seed: int | None = None
    """None draws a new one for each answer."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA adapter that is put on the model for one request.

    Args:
        path: Its file, in the format of the engine.
        scale: How strongly it acts; clamped to -4 to 4.
    """

    path: Path
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One answer to be written.

    Args:
        turns: The prompt, oldest first. When the last turn is the assistant's, its text is
            continued instead of a new answer being started.
        sampling: How tokens are picked.
        stop: Strings that end the answer; they are not part of it.
        cache_key: Requests with the same key share a prefix (a conversation's id).
        json_schema: A JSON Schema, as text, that the answer must satisfy; empty for free text. Text
            that is continued is part of what must satisfy it.
        priority: Whose turn it is among several.
        adapter: Put on the model for this request only.
        scores: Whether the log-probabilities of the sampled tokens are wanted.
        private: Nothing of it may be kept on the disk: a temporary chat.
        read_only: Nothing is written: the prompt is read, as far as its last turn cannot change
            it by growing, so that the real request finds it in the cache.
    """

    turns: tuple[Turn, ...]
    sampling: SamplingParams = field(default_factory=SamplingParams)
    stop: tuple[str, ...] = ()
    cache_key: str = ""
    json_schema: str = ""
    priority: Priority = Priority.INTERACTIVE
    adapter: Adapter | None = None
    scores: bool = False
    private: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class PrefillProgress:
    """How much of the prompt has been read."""

    done_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Text that continues the answer; never part of a character, never empty.

    Args:
        scores: Natural log-probabilities, under the whole vocabulary and before any sampling
            setting, of the tokens sampled since the last text; empty unless asked for.
    """

    text: str
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that whoever chose the model's settings should know, in a sentence."""

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


GenerationEvent = Notice | PrefillProgress | TextDelta | GenerationDone | GenerationFailed
"""In order: at most one Notice, any number of PrefillProgress, any number of TextDelta, then
exactly one end."""
