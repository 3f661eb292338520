"""``models``: what is installed, what fits, and which one answers."""

import argparse
from typing import Any

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.model import ModelInfo
from assistant.services.core import Core


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does what ``models ACTION`` asks for; needs no vault."""
    actions = {
        "list": _list,
        "info": _info,
        "fit": _fit,
        "use": _use,
        "import": _import,
        "remove": _remove,
    }
    actions[arguments.action](core, arguments, output)


def _list(core: Core, _arguments: argparse.Namespace, output: Output) -> None:
    models = core.models.all()
    lines = [
        f"{'installed' if model.installed else '':>9}  {model.id:<32} {model.name}"
        for model in models
    ]
    output.document({"models": [_model(core, model) for model in models]}, "\n".join(lines))


def _info(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    value = _model(core, core.models.find(arguments.id))
    output.document(value, _as_words(value))


def _fit(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    model = core.models.find(arguments.id)
    value = _model(core, model)
    output.document(value, f"{model.name}: {value['fit']['why']}")


def _use(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    core.models.use(arguments.id, anyway=arguments.anyway).result()
    model = core.models.find(arguments.id)
    output.document(_model(core, model), f"New chats are answered by {model.name}.")


def _import(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    job = core.installing.import_path(arguments.file)
    job.on_progress(lambda part, doing: output.note(f"{doing} {part:.0%}"))
    model = outcome(job)
    output.document(_model(core, model), f"{model.name} is installed as {model.id}.")


def _remove(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    model = core.installing.remove(arguments.id)
    output.document({"removed": model.id}, f"{model.name} is removed.")


def _as_words(value: dict[str, Any]) -> str:
    rows = {key: word for key, word in value.items() if key != "fit"}
    rows["fit"] = value["fit"]["why"]
    return "\n".join(f"{key.replace('_', ' '):<16} {word}" for key, word in rows.items())


def _model(core: Core, model: ModelInfo) -> dict[str, Any]:
    fit = core.models.fit(model)
    return {
        "id": model.id,
        "name": model.name,
        "format": model.format,
        "architecture": model.architecture,
        "parameters": model.parameters,
        "quantization": model.quantization,
        "size_bytes": model.size_bytes,
        "context_length": model.context_length,
        "licence": model.licence,
        "fit": {
            "verdict": fit.verdict,
            "needed_bytes": fit.needed_bytes,
            "available_bytes": fit.available_bytes,
            "why": fit.why,
        },
        "installed": model.installed,
        "tier": model.tier,
    }
