"""Models as the commands print them for programs."""

from dataclasses import replace
from typing import Any

from assistant.domain.hub import HubChoice, HubModel, HubRepository
from assistant.domain.model import Fit, FitVerdict, ModelInfo

_UNKNOWN = Fit(FitVerdict.UNKNOWN, 0, 0, "What it needs is not known before it is looked at.")


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


def result_value(model: HubModel, *, installed: bool = False) -> dict[str, Any]:
    """One row of a search: a model's keys, and what the Hub says beside them.

    Args:
        model: As the Hub lists it.
        installed: Something of it is here.
    """
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
        "fit": _fit_value(at_four_bits(model.fit)),
        "installed": installed,
        "tier": "",
        "downloads": model.downloads,
        "likes": model.likes,
        "updated": model.updated.isoformat() if model.updated is not None else None,
        "gate": model.gate,
    }


def recommended(repository: HubRepository) -> HubChoice | None:
    """What of a repository suits this machine best; None where nothing does."""
    return next((one for one in repository.choices if one.recommended), None)


def repository_value(repository: HubRepository, best: HubChoice | None) -> dict[str, Any]:
    """A repository as one model.

    Args:
        repository: As it was looked at.
        best: The choice that is meant, or is recommended; None where there is none.
    """
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


def at_four_bits(fit: Fit | None) -> Fit | None:
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
