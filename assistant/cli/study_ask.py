"""``study ask``: talk about the exercise in hand, without being told its answer."""

import argparse

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.errors import Cancelled
from assistant.domain.ids import ExerciseId
from assistant.services.core import Core
from assistant.services.streams import Waiting
from assistant.services.study.socratic import Guided, GuidedAnswer, GuidedReply, NotGuided


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Replies to what was said."""
    open_vault(core, output)
    words = " ".join(arguments.words)
    reply = _follow(core.study.socratic.ask(ExerciseId(arguments.exercise), words), output)
    value = {
        "exercise": arguments.exercise,
        "text": reply.text,
        "rung": int(reply.ladder.rung),
        "credit": round(reply.ladder.credit, 4),
        "cost": round(reply.cost, 4),
        "held_back": reply.held_back,
        "replaced": reply.replaced,
        "model": reply.model,
        "missing": reply.missing,
    }
    lines = [reply.text]
    if reply.cost:
        lines.append(f"A right answer is worth {reply.ladder.credit:.0%} now.")
    if reply.missing:
        lines.append(reply.missing)
    output.document(value, "\n".join(lines))


def _follow(answer: GuidedAnswer, output: Output) -> GuidedReply:
    try:
        for event in answer:
            if isinstance(event, Waiting):
                output.note(event.reason)
            elif isinstance(event, NotGuided):
                raise event.error
            elif isinstance(event, Guided):
                return event.reply
    except KeyboardInterrupt:
        answer.cancel()
        raise
    raise Cancelled
