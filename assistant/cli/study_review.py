"""``study review``: the cards that are due, and how well each came back."""

import argparse
from datetime import timedelta
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CardId, CourseId
from assistant.domain.study import Card, Recall
from assistant.services.core import Core

RECALLS = {"again": Recall.AGAIN, "hard": Recall.HARD, "good": Recall.GOOD, "easy": Recall.EASY}


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists what is due, or takes an answer."""
    open_vault(core, output)
    if arguments.card is None:
        _list(core, arguments, output)
        return
    if arguments.recall is None:
        raise UserFacingError(
            "How well did it come back?",
            f"Name one of {', '.join(RECALLS)}.",
            code="recall_missing",
        )
    recall = RECALLS[arguments.recall]
    card = core.study.reviews.answer(
        CardId(arguments.card), recall, arguments.seconds or 0.0
    ).result()
    memory = card.memory
    words = "" if memory is None else f"It comes back in {_span(memory.due - memory.last_review)}."
    if card.leech:
        words += " It was failed so often that other words may help: rewrite it, or suspend it."
    output.document(_card(card), words)


def _list(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    course = CourseId(arguments.course) if arguments.course else None
    if course is not None:
        core.study.library.title(course)  # an unknown one is named, not taken for an empty one
    session = core.study.reviews.session(course).result()
    value = {
        "due": session.due,
        "new": session.new,
        "minutes": round(session.minutes, 1),
        "by_course": session.by_course,
        "cards": [_card(card) for card in session.cards],
    }
    lines = [f"{card.id:>6}  {card.front.splitlines()[0]}" for card in session.cards]
    head = f"{session.due} due, {session.new} new, about {session.minutes:.0f} min."
    if not session.cards:
        head = "Nothing is due. Lessons and answers bring new cards."
    output.document(value, "\n".join([head, *lines]))


def _card(card: Card) -> dict[str, Any]:
    memory = card.memory
    return {
        "card": card.id,
        "course": card.course,
        "concept": card.concept,
        "front": card.front,
        "back": card.back,
        "lapses": card.lapses,
        "leech": card.leech,
        "suspended": card.suspended,
        "due": memory.due.isoformat() if memory else None,
        "stability_days": round(memory.stability_days, 4) if memory else None,
        "difficulty": round(memory.difficulty, 4) if memory else None,
    }


def _span(time: timedelta) -> str:
    if time < timedelta(hours=1):
        return f"{max(round(time.total_seconds() / 60), 1)} min"
    if time < timedelta(days=1):
        return f"{round(time.total_seconds() / 3600)} h"
    return f"{time.days} day{'s' if time.days != 1 else ''}"
