"""``models``: what is installed, what there is, what fits, and which one answers."""

import argparse
from typing import Any

from assistant.cli.catalogue import refresh
from assistant.cli.fetching import fetch
from assistant.cli.model_words import as_words, model_value, repository_value, result_value
from assistant.cli.output import Output
from assistant.cli.token import token
from assistant.cli.waiting import outcome
from assistant.domain.catalogue import CatalogueSource
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubQuery
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.services.core import Core
from assistant.services.hub_orders import choice_named, hub_name
from assistant.services.jobs import Job


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does what ``models ACTION`` asks for; needs no vault.

    Whoever types a command that needs the network has asked for it: it connects also where work
    is offline, but not under ``--offline``.
    """
    actions = {
        "list": _list,
        "search": _search,
        "info": _info,
        "fit": _fit,
        "download": _download,
        "use": _use,
        "import": _import,
        "remove": _remove,
        "token": token,
        "refresh": refresh,
    }
    actions[arguments.action](core, arguments, output)


def _list(core: Core, _arguments: argparse.Namespace, output: Output) -> None:
    models = core.models.all()
    lines = [f"{_standing(model):>9}  {model.id:<32} {_named(model)}" for model in models]
    output.document({"models": [_value(core, model) for model in models]}, "\n".join(lines))


def _standing(model: ModelInfo) -> str:
    return ("linked" if model.owner else "installed") if model.installed else ""


def _named(model: ModelInfo) -> str:
    """The name; of one that is used in place with whose it is, and what is wrong with it."""
    whose = f" (file of {model.owner}, used in place)" if model.owner else ""
    return f"{model.name}{whose}" + (f" {model.trouble}" if model.trouble else "")


def _search(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    query = HubQuery(
        words=" ".join(arguments.words),
        formats=frozenset({ModelFormat(arguments.format)} if arguments.format else ()),
        licences=frozenset({arguments.licence.casefold()} if arguments.licence else ()),
        fitting_only=arguments.fitting,
        limit=arguments.limit,
        sort=arguments.sort,
    )
    found = outcome(core.hub.search.search(query, allowed=True))
    lines = [f"{model.downloads:>11,}  {model.repo:<56} {model.licence}" for model in found]
    words = "\n".join(lines) or "Nothing was found. Try fewer words, or other ones."
    output.document({"models": [result_value(model) for model in found]}, words)


def _info(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    value = _described(core, arguments.id)
    output.document(value, as_words(value))


def _fit(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    value = _described(core, arguments.id)
    output.document(value, f"{value['name']}: {value['fit']['why']}")


def _described(core: Core, wanted: str) -> dict[str, Any]:
    """A model that is known here, or a repository of the Hub."""
    name = hub_name(wanted)
    # A repository by itself is looked at on the Hub: it may hold more than what is here.
    if name is None or (name.choice and _known(core, wanted) is not None):
        return _value(core, core.models.find(wanted))
    repository = outcome(core.hub.search.look(name.repo, allowed=True))
    choice = choice_named(repository, name.choice) if name.choice else None
    return repository_value(repository, choice)


def _download(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    named = hub_name(arguments.id) is not None  # what the Hub has now may be newer
    here = None if named else _known(core, arguments.id)
    if here is not None and here.installed:
        output.document(_value(core, here), f"{here.name} is installed already, as {here.id}.")
        return
    order = outcome(_order(core, arguments))
    same = [m for m in core.models.installed() if m.sha256 in {f.sha256 for f in order.files}]
    model = same[0] if same else fetch(core, order, output, arguments.id)
    output.document(_value(core, model), f"{model.name} is installed as {model.id}.")


def _order(core: Core, arguments: argparse.Namespace) -> Job[DownloadOrder]:
    name = hub_name(arguments.id)
    model = None if name is not None else _known(core, arguments.id)
    if model is not None:
        return core.hub.orders.of_catalogue(_source(core, model), allowed=True)
    if name is None:
        core.models.find(arguments.id)  # says that there is none
        raise UserFacingError("There is no such model.", code="model_unknown")
    return core.hub.orders.of_name(name, anyway=arguments.anyway, allowed=True)


def _source(core: Core, model: ModelInfo) -> CatalogueSource:
    for entry in core.catalogue.entries():
        for source in entry.sources:
            if source.info.id == model.id:
                return source
    raise UserFacingError(
        f"Lamplight does not know where {model.name} can be had.",
        "“models search” finds it on the Hub.",
        code="model_unknown",
    )


def _known(core: Core, wanted: str) -> ModelInfo | None:
    """The model of this id or name that is installed or in the catalogue."""
    try:
        return core.models.find(wanted)
    except UserFacingError:
        return None


def _use(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    core.models.use(arguments.id, anyway=arguments.anyway).result()
    model = core.models.find(arguments.id)
    output.document(_value(core, model), f"New chats are answered by {model.name}.")


def _import(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    job = core.installing.import_path(arguments.file)
    job.on_progress(lambda part, doing: output.note(f"{doing} {part:.0%}"))
    model = outcome(job)
    output.document(_value(core, model), f"{model.name} is installed as {model.id}.")


def _remove(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    model = core.installing.remove(arguments.id)
    words = f"{model.name} is removed."
    if model.owner:
        words = (
            f"{model.name} is not used any more. Its file stays where it is, with {model.owner}."
        )
    output.document({"removed": model.id, "owner": model.owner}, words)


def _value(core: Core, model: ModelInfo) -> dict[str, Any]:
    return model_value(model, core.installing.fit_or_why_not(model))
