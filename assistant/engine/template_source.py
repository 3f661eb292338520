"""The chat template of a model that is not loaded, and the trying out of another one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.domain.clock import Clock, SystemClock
from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import Turn
from assistant.engine.gguf_preflight import preflight
from assistant.engine.gguf_reader import ARRAY, STRING, Malformed, Reader, Scalar
from assistant.engine.template_budget import TemplateRefused

if TYPE_CHECKING:
    from assistant.engine.template_sandbox import CompiledTemplate

SAMPLE: Final = (
    Turn(Role.SYSTEM, "Answer in one sentence."),
    Turn(Role.USER, "What is the capital of France?"),
    Turn(Role.ASSISTANT, "It is Paris."),
    Turn(Role.USER, "And of Italy?"),
)
"""A conversation that every template should be able to write down."""
_TOKENS: Final = "tokenizer.ggml.tokens"


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """What prompts of a model are made with.

    Args:
        source: Its template; empty where it has none.
        bos: Its first token as text; empty where it has none.
        eos: Its last token as text.
    """

    source: str
    bos: str
    eos: str


def read_template(path: Path) -> TemplateSource:
    """Reads the chat template of a model file or folder.

    Raises:
        UserFacingError: It cannot be read or is not sound.
    """
    try:
        return _of_folder(path) if path.is_dir() else _of_file(path)
    except (Malformed, OSError) as error:
        raise UserFacingError(
            f"The chat template of {path.name} cannot be read.",
            "Put the model back, or download it again.",
            code="model_broken",
        ) from error


def _of_folder(path: Path) -> TemplateSource:
    from assistant.engine.mlx.tokenizer import read_tokenizer

    files = read_tokenizer(path)
    return TemplateSource(files.template, files.bos, files.eos)


def _of_file(path: Path) -> TemplateSource:
    preflight(path)  # bounds every number that is believed below
    with path.open("rb") as stream:
        reader = Reader(stream, path.stat().st_size)
        reader.skip(4 + 4 + 8)
        scalars, tokens = _metadata(reader, reader.number("Q"))

    def token(name: str) -> str:
        at = scalars.get(f"tokenizer.ggml.{name}_token_id", -1)
        inside = isinstance(at, int) and 0 <= at < len(tokens)
        return tokens[int(at)].decode("utf-8", "replace") if inside else ""

    return TemplateSource(
        str(scalars.get("tokenizer.chat_template", "")), token("bos"), token("eos")
    )


def _metadata(reader: Reader, pairs: int) -> tuple[dict[str, Scalar], list[bytes]]:
    scalars: dict[str, Scalar] = {}
    tokens: list[bytes] = []
    for _ in range(pairs):
        key, kind = reader.string(), reader.number("I")
        if kind != ARRAY:
            scalars[key] = reader.scalar(kind)
            continue
        kind, length = reader.number("I"), reader.number("Q")
        if kind == STRING:
            reader.strings(length, tokens.append if key == _TOKENS else None)
        else:
            reader.skip_numbers(kind, length)
    return scalars, tokens


def sample_prompt(
    source: str,
    bos: str = "",
    eos: str = "",
    *,
    turns: Sequence[Turn] = SAMPLE,
    clock: Clock | None = None,
) -> str:
    """The prompt that a template makes of a conversation, in the same sandbox as for answers.

    Raises:
        UserFacingError: It cannot be used (``template_unusable``), and why.
    """
    from assistant.engine.template_sandbox import compile_template

    try:
        compiled = compile_template(source, clock or SystemClock())
        prompt = _rendered(compiled, turns, bos, eos)
    except TemplateRefused as error:
        raise _unusable(str(error).replace("the chat template", "it", 1)) from None
    if any(turn.content not in prompt for turn in turns if turn.role is not Role.SYSTEM):
        raise _unusable("it leaves out what was said")
    return prompt


def _rendered(compiled: "CompiledTemplate", turns: Sequence[Turn], bos: str, eos: str) -> str:
    from assistant.engine.chat_template import folded

    def render(shown: Sequence[Turn]) -> str:
        messages = [{"role": str(turn.role), "content": turn.content} for turn in shown]
        return compiled.render(messages, bos_token=bos, eos_token=eos)

    try:
        return render(turns)
    except TemplateRefused as error:
        if not error.said_by_template:
            raise
        return render(folded(turns))


def _unusable(why: str) -> UserFacingError:
    return UserFacingError(
        f"This chat template cannot be used: {why}.",
        "Change it, take one of the named formats, or go back to the model's own.",
        code="template_unusable",
    )
