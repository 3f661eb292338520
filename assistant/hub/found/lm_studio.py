"""LM Studio: ``models/<publisher>/<model>/<file>`` in its folder, or where its settings say.

Source: https://lmstudio.ai/docs/app/basics/import-model
"""

import json
from pathlib import Path
from typing import cast

from assistant.hub.found.candidates import Looked, Surroundings
from assistant.hub.found.walking import Walk, is_folder, models_below, short_text

NAME = "LM Studio"


def look(around: Surroundings) -> Looked:
    """The models of LM Studio, of all versions of its folders."""
    walk = Walk()
    roots = [folder for folder in dict.fromkeys(_places(around)) if is_folder(folder)]
    found = [model for root in roots for model in models_below(walk, root)]
    return Looked(NAME, tuple(roots), tuple(found), tuple(walk.troubles))


def _places(around: Surroundings) -> list[Path]:
    homes = [around.home / ".lmstudio", around.cache() / "lm-studio"]
    homes.append(around.home / ".cache" / "lm-studio")
    pointed = around.absolute(short_text(around.home / ".lmstudio-home-pointer").strip())
    if pointed is not None:
        homes.insert(0, pointed)
    places: list[Path] = []
    for home in homes:
        chosen = _chosen(home / "settings.json", around)
        places += [chosen] if chosen is not None else []
        places.append(home / "models")
    return places


def _chosen(settings: Path, around: Surroundings) -> Path | None:
    """The folder that the user chose there."""
    try:
        said: object = json.loads(short_text(settings) or "{}")
    except (ValueError, RecursionError):
        return None
    folder = (
        cast("dict[str, object]", said).get("downloadsFolder") if isinstance(said, dict) else ""
    )
    return around.absolute(folder) if isinstance(folder, str) else None
