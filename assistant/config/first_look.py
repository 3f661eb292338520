"""What the window must know before its first paint, read without pydantic.

Importing pydantic takes as long as showing an empty window; these few fields are read by hand
and checked again with all others once the window is there.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The settings that shape the first paint."""

    theme: str = "auto"
    text_size: int = 16
    high_contrast: bool = False
    window_geometry: str = ""
    sidebar_collapsed: bool = False
    first_run_done: bool = False


def read_first_look(path: Path) -> FirstLook:
    """The fields from the settings file at ``path``; defaults wherever it is not sound."""
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
        appearance: dict[str, Any] = dict(raw["appearance"])
        general: dict[str, Any] = dict(raw["general"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return FirstLook()
    theme = appearance.get("theme")
    size = appearance.get("text_size")
    geometry = general.get("window_geometry")
    return FirstLook(
        theme=theme if theme in ("auto", "light", "dark") else "auto",
        text_size=size if isinstance(size, int) and 12 <= size <= 24 else 16,  # noqa: PLR2004 - the bounds of the setting
        high_contrast=appearance.get("high_contrast") is True,
        window_geometry=geometry if isinstance(geometry, str) else "",
        sidebar_collapsed=general.get("sidebar_collapsed") is True,
        first_run_done=general.get("first_run_done") is True,
    )
