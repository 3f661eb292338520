"""From turns to a prompt, in the format that the model was trained on."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.clock import Clock, SystemClock
from assistant.domain.conversation import Role
from assistant.domain.generation import Turn
from assistant.engine.template_sandbox import CompiledTemplate, TemplateRefused, compile_template


@dataclass(frozen=True, slots=True)
class _Format:
    """A built-in format, for models without a usable template of their own."""

    turn: str
    opening: str
    roles: tuple[tuple[Role, str], ...] = ()

    def render(self, turns: Sequence[Turn], bos: str) -> str:
        names = dict(self.roles)
        shown = (
            self.turn.format(role=names.get(turn.role, str(turn.role)), content=turn.content)
            for turn in turns
        )
        return bos + "".join(shown) + self.opening


_CHATML = _Format("<|im_start|>{role}\n{content}<|im_end|>\n", "<|im_start|>assistant\n")
_LLAMA3 = _Format(
    "<|start_header_id|>{role}<|end_header_id|>\n\n{content}<|eot_id|>",
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
)
_GEMMA = _Format(
    "<start_of_turn>{role}\n{content}<end_of_turn>\n",
    "<start_of_turn>model\n",
    ((Role.ASSISTANT, "model"), (Role.SYSTEM, "user")),
)
_PLAIN = _Format(
    "{role}: {content}\n\n",
    "Assistant:",
    ((Role.ASSISTANT, "Assistant"), (Role.USER, "User"), (Role.SYSTEM, "System")),
)
_OWN = "The model's own chat template"
_BY_TOKEN = (
    ("<|im_start|>", _CHATML),
    ("<|start_header_id|>", _LLAMA3),
    ("<start_of_turn>", _GEMMA),
)


@dataclass(slots=True)
class _Usable:
    """A template that has rendered something: whose it is, in words, and its code."""

    whose: str
    compiled: CompiledTemplate


@dataclass(slots=True)
class ChatTemplate:
    """The chat format of one model.

    What is asked first is the user's template in place of the model's own, then its own, then
    the built-in format that its control tokens speak for.

    Args:
        source: The template from the model file; empty where it has none.
        bos: Its first token as text; empty where it has none.
        eos: Its last token as text.
        control_tokens: Texts of its control tokens, from which a built-in format is chosen.
        clock: For templates that write today's date.
        override: The user's template; empty for none.
    """

    source: str
    bos: str = ""
    eos: str = ""
    control_tokens: frozenset[str] = frozenset()
    clock: Clock = field(default_factory=SystemClock)
    override: str = ""
    refusal: str = field(default="", init=False)
    """Why the template that was asked first is not used; empty when it is."""
    _usable: list[_Usable] = field(default_factory=list[_Usable], init=False)
    _notice: str = field(default="", init=False)

    def __post_init__(self) -> None:
        for whose, source in (("Your chat template", self.override), (_OWN, self.source)):
            if not source:
                continue
            try:
                usable = _Usable(whose, compile_template(source, self.clock))
                self._usable.append(usable)
                self._render_some_way(usable.compiled, [Turn(Role.USER, "Hello")])
            except TemplateRefused as error:
                self._refuse(whose, error)
        if not self.source and not self.override:
            self.refusal = "the model has no chat template"

    @property
    def identity(self) -> str:
        """Names the templates that prompts are made with."""
        words = "\0".join((self.override, self.source))
        return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]

    def take_notice(self) -> str:
        """What came between a template and its use since the last call, in a sentence or none."""
        notice, self._notice = self._notice, ""
        return notice

    def render(self, turns: Sequence[Turn]) -> str:
        """The prompt for the next answer, or for the rest of the last one.

        When the last turn is the assistant's, the prompt ends inside it. A template that takes
        no system turn, or none twice in a row, gets the turns folded into what it takes.
        """
        begun = ""
        if turns and turns[-1].role is Role.ASSISTANT:
            begun, turns = turns[-1].content, turns[:-1]
        return self._prompt(turns) + begun

    def _prompt(self, turns: Sequence[Turn]) -> str:
        for usable in tuple(self._usable):
            try:
                return self._render_some_way(usable.compiled, turns)
            except TemplateRefused as error:
                self._refuse(usable.whose, error)
        return self._built_in().render(turns, self.bos)

    def _render_some_way(self, compiled: CompiledTemplate, turns: Sequence[Turn]) -> str:
        try:
            return self._render(compiled, turns)
        except TemplateRefused as error:
            if not error.said_by_template:
                raise
            return self._render(compiled, folded(turns))

    def _render(self, compiled: CompiledTemplate, turns: Sequence[Turn]) -> str:
        return compiled.render(
            [{"role": str(turn.role), "content": turn.content} for turn in turns],
            bos_token=self.bos,
            eos_token=self.eos,
        )

    def _refuse(self, whose: str, error: TemplateRefused) -> None:
        """A template that misbehaves once is not asked again."""
        self.refusal = str(error)
        if not error.said_by_template:
            self._usable = [each for each in self._usable if each.whose != whose]
        instead = "the model's own" if whose != _OWN and self.source else "a built-in one"
        self._notice = f"{whose} cannot be used, so {instead} is: {error}."

    def _built_in(self) -> _Format:
        known = self.control_tokens
        for token, chosen in _BY_TOKEN:
            if token in known or (not known and token in self.source):
                return chosen
        return _PLAIN


def folded(turns: Sequence[Turn]) -> list[Turn]:
    """The same words as user and assistant in turn, beginning with the user."""
    folded: list[Turn] = []
    for turn in turns:
        role = Role.ASSISTANT if turn.role is Role.ASSISTANT else Role.USER
        if folded and folded[-1].role is role:
            folded[-1] = replace(folded[-1], content=f"{folded[-1].content}\n\n{turn.content}")
        else:
            folded.append(Turn(role, turn.content))
    return folded
