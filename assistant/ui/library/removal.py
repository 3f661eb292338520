"""What is said when a model was removed: whose file stays, and what answers in its place now."""

from assistant.domain.model import ModelInfo, ModelRole
from assistant.services.roles import RoleAssignment
from assistant.services.storage import Removed
from assistant.ui.library.words import role_words


def removed_words(removed: Removed) -> str:
    """Such as ``Phi-3.5 mini is removed. Qwen2.5 7B is the medium model now.``."""
    model = removed.model
    if model.owner:
        said = f"{model.name} is not used any more; its file stays where it is."
    else:
        said = f"{model.name} is removed."
    return " ".join([said, *_passed_on(removed.passed_on)])


def _passed_on(rows: tuple[RoleAssignment, ...]) -> list[str]:
    heirs: dict[str, tuple[ModelInfo, list[ModelRole]]] = {}
    for row in rows:
        if row.model is not None:
            heirs.setdefault(str(row.model.id), (row.model, []))[1].append(row.role)
    said = [_heir(model, roles) for model, roles in heirs.values()]
    left = [row.role for row in rows if row.model is None]
    if left:
        said.append(f"There is no {_named(left)} model now.")
    return said


def _heir(model: ModelInfo, roles: list[ModelRole]) -> str:
    whose = f", in place from {model.owner}," if model.owner else ""
    return f"{model.name}{whose} is the {_named(roles)} model now."


def _named(roles: list[ModelRole]) -> str:
    *first, last = (role_words(role).lower() for role in roles)
    return f"{', '.join(first)} and {last}" if first else last
