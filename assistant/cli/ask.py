"""``ask``: a question and its answer, kept like those of the window."""

import argparse
import json
import sys
from dataclasses import replace
from typing import Any, Final, TextIO, cast

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.conversation import FinishReason, Message
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import SamplingParams
from assistant.domain.ids import ConversationId, ModelId
from assistant.services.answers import (
    Accepted,
    Answer,
    AnswerEvent,
    Finished,
    LeftOut,
    NotSaved,
    Refused,
    Text,
    Waiting,
)
from assistant.services.chat import AskOptions
from assistant.services.core import Core
from assistant.services.schema_check import problems

_DEEPEST_SCHEMA: Final = 64


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Asks, waits, and prints the answer; Ctrl-C keeps what was written."""
    text = _question(arguments)
    open_vault(core, output)
    model = core.models.chosen(arguments.model or "")
    options = AskOptions(
        model=str(model.id),
        sampling=_sampling(core, arguments, model.id),
        json_schema=_schema(arguments) if arguments.schema is not None else "",
    )
    conversation_id = _conversation(core, arguments)
    answer = core.chat.send(conversation_id, text, options)
    message = _written(answer, output, stream=arguments.stream)
    if options.json_schema and message.finish_reason is FinishReason.LENGTH:
        answer = core.chat.continue_answer(conversation_id, message.id, _to_the_end(core, options))
        message = _written(answer, output, stream=arguments.stream)
        if message.finish_reason is FinishReason.LENGTH:
            raise UserFacingError(
                "The answer was cut short before its JSON was whole.",
                "Ask for less at once, or raise the context length in the settings.",
                code="answer_cut",
            )
    if options.json_schema:
        _check(message, json.loads(options.json_schema))
    _finish(message, conversation_id, output, stream=arguments.stream)


def _check(message: Message, schema: dict[str, Any]) -> None:
    """Says so where the finished JSON is not of the schema, whoever was to hold it to that."""
    try:
        wrong = problems(json.loads(message.content), schema)
    except (ValueError, RecursionError):
        wrong = ["it is no JSON"]
    if wrong:
        raise UserFacingError(
            f"The answer does not satisfy the schema: {'; '.join(wrong)}.",
            "Try again, or choose another model. The answer is kept in its chat.",
            code="answer_invalid",
        )


def _written(answer: Answer, output: Output, *, stream: bool) -> Message:
    """The answer when it is there; Ctrl-C waits until what was written is stored."""
    try:
        return _follow(answer, output, stream=stream)
    except KeyboardInterrupt:
        answer.cancel()
        for _ in answer:
            """Waits until what was written is stored."""
        raise


def _to_the_end(core: Core, options: AskOptions) -> AskOptions:
    """As far as the context reaches: half a JSON document is of no use to a program."""
    sampling = options.sampling or SamplingParams()
    length = core.settings.current.models.context_length
    return replace(options, sampling=replace(sampling, max_tokens=length))


def _question(arguments: argparse.Namespace) -> str:
    """The text to be sent; an empty one is refused before a chat is made for it."""
    text: str = arguments.text
    if text == "-":
        given: TextIO | None = sys.stdin  # None where the caller closed it
        text = given.read() if given is not None else ""
    if not text.strip():
        raise UserFacingError("There is nothing to send.", code="empty_message")
    return text


def _sampling(core: Core, arguments: argparse.Namespace, model: ModelId) -> SamplingParams:
    sampling = core.personas.sampling(model).result()
    if arguments.max_tokens is not None:
        if arguments.max_tokens < 1:
            raise UserFacingError(
                "--max-tokens must be at least 1.",
                "Leave it out for the default.",
                code="setting_invalid",
            )
        sampling = replace(sampling, max_tokens=arguments.max_tokens)
    if arguments.temperature is not None:
        if not 0 <= arguments.temperature <= 2:  # noqa: PLR2004 - the range of the field
            raise UserFacingError(
                "--temperature must lie between 0 and 2.",
                "0 always picks the likeliest word.",
                code="setting_invalid",
            )
        sampling = replace(sampling, temperature=arguments.temperature)
    if core.options.seed is not None:
        sampling = replace(sampling, seed=core.options.seed)
    return sampling


def _depth_exceeds(schema: dict[str, Any], limit: int) -> bool:
    """Whether it is nested deeper; some Pythons read what others recurse too far on."""
    level: list[Any] = [schema]
    for _ in range(limit):
        level = [inner for one in level for inner in _inside(one)]
    return bool(level)


def _inside(value: object) -> list[Any]:
    match value:
        case dict():
            return list(cast("dict[str, Any]", value).values())
        case list():
            return cast("list[Any]", value)
        case _:
            return []


def _schema(arguments: argparse.Namespace) -> str:
    try:
        if not arguments.schema.is_file():  # a pipe might never end
            raise FileNotFoundError
        schema: Any = json.loads(arguments.schema.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UserFacingError(
            "The schema file cannot be read as JSON.",
            "Name a file that holds one JSON Schema.",
            code="schema_unreadable",
        ) from error
    if not isinstance(schema, dict) or _depth_exceeds(
        cast("dict[str, Any]", schema), _DEEPEST_SCHEMA
    ):
        raise UserFacingError(
            f"The schema must be a JSON object, nested {_DEEPEST_SCHEMA} deep at most.",
            code="schema_unreadable",
        )
    return json.dumps(schema)


def _conversation(core: Core, arguments: argparse.Namespace) -> ConversationId:
    if arguments.conversation is None:
        return core.history.create(system_prompt=arguments.system or "").result().id
    opened = core.history.open(ConversationId(arguments.conversation)).result()
    if arguments.system is not None:
        core.history.set_persona(opened.conversation.id, None, arguments.system).result()
    return opened.conversation.id


def _follow(answer: Answer, output: Output, *, stream: bool) -> Message:
    """Shows the answer as it comes, and gives it when it is there; raises why it failed."""
    for event in answer:
        if isinstance(event, Refused):
            raise event.error
        if isinstance(event, Finished):
            if event.error is not None:
                raise event.error
            return event.message
        _show(event, output, stream=stream)
    raise Cancelled


def _show(event: AnswerEvent, output: Output, *, stream: bool) -> None:
    as_lines = stream and output.as_json
    match event:
        case Accepted(conversation, question, _) if as_lines and question is not None:
            output.line(
                {"event": "accepted", "conversation": conversation.id, "message": question.id}
            )
        case Text(text) if as_lines:
            output.line({"event": "text", "text": text})
        case Text(text) if stream:
            output.text(text)
        case Waiting(reason):
            output.note(reason)
        case LeftOut(messages):
            output.note(f"The oldest {messages} messages are not read any more.")
        case NotSaved(error):
            output.note(error.message)
        case _:
            pass


def _finish(
    message: Message, conversation_id: ConversationId, output: Output, *, stream: bool
) -> None:
    numbers = message.numbers
    value: dict[str, Any] = {
        "text": message.content,
        "model": message.model,
        "tier": message.tier,
        "finish_reason": message.finish_reason,
        "prompt_tokens": numbers.prompt_tokens if numbers else 0,
        "completion_tokens": numbers.completion_tokens if numbers else 0,
        "ttft_ms": round(numbers.ttft_ms, 2) if numbers else 0.0,
        "tokens_per_second": round(numbers.tokens_per_second, 2) if numbers else 0.0,
        "conversation": conversation_id,
    }
    if stream and output.as_json:
        output.line({"event": "done"} | value)
    else:
        output.document(value, "" if stream else message.content)
        if stream:
            output.text("\n")
