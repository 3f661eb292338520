"""Learnt models as bytes that can be read back without running what a stranger put there."""

import importlib
from collections.abc import Mapping
from typing import Any, Final, cast

from assistant.domain.errors import UserFacingError

TRUSTED: Final = frozenset(
    {
        "functools.partial",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.utils.validation.check_array",
    }
)
"""What a kept model may hold besides numbers, arrays and scikit-learn's own estimators."""


def to_bytes(model: Mapping[str, Any]) -> bytes:
    """A model: names with numbers, lists, arrays and estimators (by skops)."""
    return importlib.import_module("skops.io").dumps(dict(model))


def from_bytes(data: bytes) -> Mapping[str, Any]:
    """Reads a model back; its types are looked at before anything is made of it.

    Raises:
        UserFacingError: It holds types that no model of ours has, or is damaged
            (``learnt_model_refused``).
    """
    io = importlib.import_module("skops.io")
    try:
        unknown = set(io.get_untrusted_types(data=data)) - TRUSTED
        found = None if unknown else io.loads(data, trusted=sorted(TRUSTED))
    except (ValueError, KeyError, TypeError, AttributeError, OSError, ImportError) as error:
        raise refused("it is damaged, or made by another version") from error
    except importlib.import_module("zipfile").BadZipFile as error:
        raise refused("it is damaged") from error
    if unknown:
        raise refused(f"it holds {', '.join(sorted(unknown)[:3])}")
    if not isinstance(found, dict):
        raise refused("it is no model")
    return cast("Mapping[str, Any]", found)


def refused(why: str) -> UserFacingError:
    """The error that a kept model is not used, and why."""
    return UserFacingError(
        f"A learnt model was not read, for {why}.",
        "Take it back with “assistant plan models --rollback”, or make a new one with --retrain.",
        code="learnt_model_refused",
    )
