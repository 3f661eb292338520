"""``plan projects`` and ``plan vocabulary``."""

import argparse

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.parser import spoken
from assistant.domain.errors import UserFacingError
from assistant.planner.quick_add.teaching import remark_on
from assistant.planner.quick_add.vocabulary import Entry
from assistant.services.core import Core


def projects(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists projects, or changes one."""
    open_vault(core, output)
    service = core.planning.projects
    if arguments.add is not None:
        service.add(spoken(arguments.add)).result()
    elif arguments.rename is not None:
        old, new = (spoken(one) for one in arguments.rename)
        service.rename(service.named(old).result().id, new).result()
    elif arguments.archive is not None:
        service.archive(service.named(spoken(arguments.archive)).result().id).result()
    elif arguments.bring_back is not None:
        one = service.named(spoken(arguments.bring_back)).result()
        service.archive(one.id, archived=False).result()
    elif arguments.delete is not None:
        service.delete(service.named(spoken(arguments.delete)).result().id).result()
    found = service.all(archived=arguments.archived).result()
    left = core.planning.tasks.counts().result().by_project
    value = [
        {
            "id": one.id,
            "name": one.name,
            "color": one.color,
            "archived": one.archived is not None,
            "open": left.get(one.id, 0),
        }
        for one in found
    ]
    words = "\n".join(f"{one['name']}  ({one['open']} open)" for one in value)
    output.document({"projects": value}, words or "There are no projects.")


def vocabulary(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists the user's own words, teaches one, or forgets one."""
    open_vault(core, output)
    service = core.planning.words
    if arguments.change is not None and arguments.phrase is None:
        raise UserFacingError(
            "No phrase is named.",
            "For example: assistant plan vocabulary add “after class” 15:30",
            code="phrase_unusable",
        )
    if arguments.change == "add":
        service.teach(spoken(arguments.phrase), spoken(arguments.meaning)).result()
    elif arguments.change == "remove":
        service.forget(spoken(arguments.phrase)).result()
    found = service.vocabulary().result()
    value = [
        {"phrase": one.phrase, "meaning": one.meaning, "taught": one.taught}
        for one in found.entries
    ]
    words = "\n".join(map(_line, found.entries))
    output.document({"vocabulary": value}, words or "You have taught no words yet.")


def _line(entry: Entry) -> str:
    """A phrase, what it means, and what speaks against it."""
    remark = remark_on(entry)
    line = f"{entry.phrase}  =  {entry.meaning or '(only words)'}"
    return f"{line}  ({remark}; “plan vocabulary remove” forgets it)" if remark else line
