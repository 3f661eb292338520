"""Models as the commands print them: objects for programs, rows for people."""

from dataclasses import replace
from typing import Any

from assistant.domain.hub import HubChoice, HubModel, HubRepository
from assistant.domain.model import Fit, FitVerdict, ModelInfo

_UNKNOWN = Fit(FitVerdict.UNKNOWN, 0, 0, "What it needs is not known before it is looked at.")
_IN_ROWS = ("fit", "choices", "card")


def model_value(model: ModelInfo, fit: Fit) -> dict[str, Any]:
    """One model, installed or of the catalogue."""
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
        "fit": _fit_value(fit),
        "installed": model.installed,
        "tier": model.tier,
        "owner": model.owner,
        "trouble": model.trouble,
    }


def result_value(model: HubModel) -> dict[str, Any]:
    """One row of a search: a model's keys, and what the Hub says beside them."""
    return {
        "id": model.repo,
        "name": model.repo.rpartition("/")[2],
        "format": model.formats[0] if model.formats else "",
        "architecture": "",
        "parameters": model.parameters,
        "quantization": "",
        "size_bytes": 0,
        "context_length": 0,
        "licence": model.licence,
        "fit": _fit_value(_at_four_bits(model.fit)),
        "installed": False,
        "tier": "",
        "downloads": model.downloads,
        "likes": model.likes,
        "updated": model.updated.isoformat() if model.updated is not None else None,
        "gate": model.gate,
    }


def repository_value(repository: HubRepository, choice: HubChoice | None) -> dict[str, Any]:
    """A repository as one model: the choice that is meant, or the recommended one.

    Args:
        repository: As it was looked at.
        choice: That was named; None where none was.
    """
    best = choice or next((one for one in repository.choices if one.recommended), None)
    value = result_value(repository.model) | {
        "architecture": repository.architecture,
        "context_length": repository.context_length,
        "commit": repository.commit,
        "refused": repository.refused,
        "choices": [_choice_value(one) for one in repository.choices],
        "card": repository.card,
    }
    if best is None:
        return value
    return value | {
        "id": f"{repository.model.repo}:{best.quantization or best.name}",
        "format": best.format,
        "quantization": best.quantization,
        "size_bytes": best.size_bytes,
        "fit": _fit_value(best.fit),
    }


def as_words(value: dict[str, Any]) -> str:
    """One model for people: its facts, and what can be chosen."""
    rows = {key: word for key, word in value.items() if key not in _IN_ROWS and word is not None}
    rows["fit"] = value["fit"]["why"]
    lines = [f"{key.replace('_', ' '):<16} {word}" for key, word in rows.items()]
    for choice in value.get("choices", ()):
        mark = "*" if choice["recommended"] else " "
        size = f"{choice['size_bytes'] / 1e9:.2f} GB"
        note = choice["trouble"] or choice["explained"]
        lines.append(f"{mark} {choice['quantization'] or choice['name']:<12} {size:>10}  {note}")
    return "\n".join(lines)


def _choice_value(choice: HubChoice) -> dict[str, Any]:
    return {
        "name": choice.name,
        "format": choice.format,
        "quantization": choice.quantization,
        "explained": choice.explained,
        "size_bytes": choice.size_bytes,
        "files": [file.name for file in choice.files],
        "fit": _fit_value(choice.fit),
        "trouble": choice.trouble,
        "recommended": choice.recommended,
    }


def _at_four_bits(fit: Fit | None) -> Fit | None:
    """A search knows no files yet; what is said is true of the usual size."""
    return None if fit is None else replace(fit, why=f"At four bits: {fit.why}")


def _fit_value(fit: Fit | None) -> dict[str, Any]:
    known = fit or _UNKNOWN
    return {
        "verdict": known.verdict,
        "needed_bytes": known.needed_bytes,
        "available_bytes": known.available_bytes,
        "why": known.why,
    }
