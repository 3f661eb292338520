"""What is said under a message, in words; no Qt."""

from dataclasses import dataclass

from assistant.domain.conversation import FinishReason, Message, MessageStatus

SEPARATOR = " · "
PIN, UNPIN = "Pin: always keep in the context", "Unpin: let it go with older messages"
AGAIN, ASK_MODEL = "Regenerate", "Ask the model instead"
MILLISECONDS_PER_SECOND = 1000
MILLISECONDS_SHOWN_BELOW = 95


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the line of numbers; ``strong`` is set in medium weight."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class StateNote:
    """What became of an answer that did not end by itself, and what to do about it."""

    title: str
    hint: str
    failed: bool = False


def rate(tokens_per_second: float) -> str:
    """Tokens per second; whole from ten on."""
    figure = f"{tokens_per_second:.1f}" if tokens_per_second < 10 else f"{tokens_per_second:.0f}"  # noqa: PLR2004 - two digits say enough
    return f"{figure} tok/s"


def duration(milliseconds: float) -> str:
    """A short time, as people say it."""
    if milliseconds < MILLISECONDS_SHOWN_BELOW:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / MILLISECONDS_PER_SECOND:.1f} s"


def tokens(count: int) -> str:
    """A number of tokens with its unit."""
    return "1 token" if count == 1 else f"{count:,} tokens"


_ENDINGS = {
    FinishReason.LENGTH: "reached the length limit",
    FinishReason.CANCELLED: "stopped by you",
    FinishReason.ERROR: "ended by an error",
}


_CUT_SHORT = {
    MessageStatus.STOPPED: StateNote("Stopped", "Continue picks up where it ended."),
    MessageStatus.INTERRUPTED: StateNote(
        "Interrupted", "Lamplight closed while this was written. Continue picks up where it ended."
    ),
}


def numbers_line(message: Message) -> tuple[Phrase, ...]:
    """The pieces of the line that the Numbers button opens, in order.

    An answer that ended by itself does not say so: only other endings are news.
    """
    phrases: list[Phrase] = []
    numbers = message.numbers
    if numbers is not None:
        if numbers.tokens_per_second > 0:
            phrases.append(Phrase(rate(numbers.tokens_per_second), strong=True))
        phrases.append(Phrase(tokens(numbers.completion_tokens)))
        phrases.append(Phrase(f"first word {duration(numbers.ttft_ms)}"))
    ending = _ENDINGS.get(message.finish_reason) if message.finish_reason else None
    if ending:
        phrases.append(Phrase(ending))
    if message.model:
        phrases.append(Phrase(message.model, strong=True))
    why = ": ".join(part for part in (message.tier, message.route_reason) if part)
    if why:
        phrases.append(Phrase(why))
    if numbers is not None:
        phrases.append(Phrase("stayed on this machine"))
    return tuple(phrases)


def spoken(phrases: tuple[Phrase, ...]) -> str:
    """The same line as plain text."""
    return SEPARATOR.join(phrase.text for phrase in phrases)


def reading_line(done: float) -> tuple[Phrase, ...]:
    """While the prompt is read; ``done`` is 0 to 1."""
    return (Phrase("Reading", strong=True), Phrase(f"{round(100 * min(1.0, max(0.0, done)))} %"))


def writing_line(tokens_per_second: float, count: int) -> tuple[Phrase, ...]:
    """While the answer is written."""
    phrases = [Phrase("Writing", strong=True)]
    if tokens_per_second > 0:
        phrases.append(Phrase(rate(tokens_per_second)))
    if count > 0:
        phrases.append(Phrase(tokens(count)))
    return tuple(phrases)


def state_note(message: Message) -> StateNote | None:
    """What to say of an answer that did not end by itself; None where it did."""
    if message.status in _CUT_SHORT and not message.content:
        return StateNote("Stopped before the first word", "Regenerate answers the question.")
    if message.status in _CUT_SHORT:
        return _CUT_SHORT[message.status]
    if message.status is MessageStatus.FAILED:
        what = message.error or "Something went wrong while this was written."
        hint = "Continue to pick up where it ended, or Regenerate." if message.content else ""
        return StateNote(what, hint or "Regenerate tries again.", failed=True)
    if message.finish_reason is FinishReason.LENGTH:
        return StateNote("Reached the length limit", "Continue writes on.")
    return None
