"""``plan do``: a sentence that tells the planner what to do."""

import argparse
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.parser import spoken
from assistant.cli.waiting import outcome
from assistant.services.core import Core


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows what a sentence would do, and does it where that is confirmed."""
    open_vault(core, output)
    acting = core.planning.acting
    text = spoken(arguments.text)
    proposal = outcome(acting.propose(text, ask_model=not arguments.no_model))
    value: dict[str, Any] = {
        "action": proposal.command.kind.value,
        "task": proposal.task,
        "title": proposal.title,
        "changes": list(proposal.changes),
        "warnings": list(proposal.warnings),
        "instead": None if proposal.instead is None else proposal.instead.words,
        "by_model": proposal.by_model,
        "applied": False,
    }
    words = [proposal.title, *(f"  {line}" for line in proposal.changes)]
    words += [f"  But: {line}" for line in proposal.warnings]
    if proposal.is_answer:
        output.document(value, "\n".join(words))
        return
    if not arguments.yes:
        output.document(value, "\n".join([*words, "Add --yes to do it."]))
        return
    acted = outcome(acting.apply(proposal))
    value |= {"applied": True, "tasks": list(acted.tasks), "blocks": None, "overflow": None}
    words.append("Done; “assistant plan undo” takes it back.")
    if acted.plan is not None:
        value["blocks"] = len(acted.plan.blocks)
        value["overflow"] = [
            {"task": one.task, "missing_min": one.missing_min, "why": one.text}
            for one in acted.plan.overflow
        ]
        words += [f"  {one.title}: {one.text}" for one in acted.plan.overflow]
    output.document(value, "\n".join(words))
