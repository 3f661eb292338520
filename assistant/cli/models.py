"""``models``: what is installed, what there is, what fits, and which one answers."""

import argparse
from typing import Any

from assistant.cli import hints, model_rows
from assistant.cli.catalogue import refresh
from assistant.cli.downloads import downloads
from assistant.cli.fetching import fetch
from assistant.cli.model_rows import Described, titled
from assistant.cli.model_words import (
    model_value,
    recommended,
    repository_value,
    result_value,
)
from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.cli.token import token
from assistant.cli.waiting import outcome
from assistant.domain.catalogue import CatalogueSource
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubQuery
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.hub_orders import choice_named, hub_name
from assistant.services.jobs import Job

_NOTHING_FOUND = "Nothing was found. Try fewer words, or other ones."


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
        "downloads": downloads,
        "use": _use,
        "import": _import,
        "remove": _remove,
        "token": token,
        "refresh": refresh,
    }
    with hints.of_commands():
        actions[arguments.action](core, arguments, output)


def _list(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    every = [(model, core.installing.fit_or_why_not(model)) for model in core.models.all()]
    shown = [each for each in every if each[0].installed] if arguments.installed else every
    words = model_rows.listed(shown, output.width) or "No model is installed."
    output.document({"models": [model_value(model, fit) for model, fit in shown]}, words)


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
    here = frozenset(model.repo.casefold() for model in core.models.installed() if model.repo)
    values = [result_value(model, installed=model.repo.casefold() in here) for model in found]
    words = model_rows.found(found, here, output.width) or _NOTHING_FOUND
    output.document({"models": values}, words)


def _info(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    value, described = _described(core, arguments.id, output.width)
    output.document(value, described.words)


def _fit(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    value, described = _described(core, arguments.id, output.width)
    output.document(value, model_rows.fitting(described, output.width))


def _described(core: Core, wanted: str, width: int | None) -> tuple[dict[str, Any], Described]:
    """A model that is known here, or a repository of the Hub."""
    name = hub_name(wanted)
    # A repository by itself is looked at on the Hub: it may hold more than what is here.
    if name is None or (name.choice and _known(core, wanted) is not None):
        model = core.models.find(wanted)
        fit = core.installing.fit_or_why_not(model)
        return model_value(model, fit), model_rows.of_model(model, fit, width)
    repository = outcome(core.hub.search.look(name.repo, allowed=True))
    choice = choice_named(repository, name.choice) if name.choice else recommended(repository)
    value = repository_value(repository, choice)
    return value, model_rows.of_repository(repository, choice, width)


def _download(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    named = hub_name(arguments.id) is not None  # what the Hub has now may be newer
    here = None if named else _known(core, arguments.id)
    if here is not None and here.installed:
        output.document(_value(core, here), f"{titled(here)} is installed already, as {here.id}.")
        return
    order = outcome(_order(core, arguments))
    same = [m for m in core.models.installed() if m.sha256 in {f.sha256 for f in order.files}]
    model = same[0] if same else fetch(core, order, output, f"download {arguments.id}")
    output.document(_value(core, model), _installed_as(model))


def _installed_as(model: ModelInfo) -> str:
    return (
        f"{titled(model)} is installed as {model.id}.\n"
        f"“assistant models use {model.id}” has it answer new chats."
    )


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


def _one(core: Core, wanted: str) -> ModelInfo:
    """The model of an id, or of a name that only one of those that are here has.

    Raises:
        UserFacingError: ``model_unknown``, or ``model_ambiguous``.
    """
    found = core.models.find(wanted)
    if wanted == found.id:
        return found
    low = wanted.casefold()
    same = [
        model
        for model in core.models.installed()
        if low in (model.name.casefold(), model.repo.casefold())
    ]
    if len(same) > 1:
        raise UserFacingError(
            f"{len(same)} models are called “{wanted}”.",
            f"Name the id of one: {', '.join(f'{m.id} ({m.quantization})' for m in same)}.",
            code="model_ambiguous",
        )
    return found


def _use(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    wanted = _one(core, arguments.id).id
    core.models.use(wanted, anyway=arguments.anyway).result()
    model = core.models.find(wanted)
    output.document(_value(core, model), f"New chats are answered by {titled(model)}.")


def _import(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    before = {model.id for model in core.models.installed()}
    job = core.installing.import_path(arguments.file)
    job.on_progress(Progress(output).part)
    model = outcome(job)
    words = _installed_as(model)
    if model.id in before:
        words = f"This is {titled(model)}, which is installed already, as {model.id}."
    output.document(_value(core, model), words)


def _remove(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    model = core.installing.remove(_one(core, arguments.id).id, for_good=True)
    words = f"{titled(model)} is deleted; that frees {size_words(model.size_bytes)}."
    if model.owner:
        words = (
            f"{titled(model)} is not used any more. Its file stays where it is, with {model.owner}."
        )
    output.document({"removed": model.id, "owner": model.owner}, words)


def _value(core: Core, model: ModelInfo) -> dict[str, Any]:
    return model_value(model, core.installing.fit_or_why_not(model))
