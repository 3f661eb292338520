"""Ollama: ``manifests/<host>/<namespace>/<model>/<tag>`` name files in ``blobs`` by their hashes.

What a manifest says of templates and parameters is not used.
Source: https://github.com/ollama/ollama/blob/main/docs/faq.mdx
"""

import json
import re
from pathlib import Path
from typing import Any, cast

from assistant.hub.found.candidates import Candidate, Looked, Surroundings
from assistant.hub.found.walking import Walk, is_folder, is_plain_file, short_text, shown

NAME = "Ollama"
_MODEL = "application/vnd.ollama.image.model"
_ADAPTER = "application/vnd.ollama.image.adapter"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_MOST_LAYERS = 1000
_MOST_MANIFESTS = 5000
_PARTS = 4
"""Host, namespace, model and tag."""


def look(around: Surroundings) -> Looked:
    """The models of Ollama, also of one that runs as a service of the system."""
    walk = Walk()
    roots = [folder for folder in dict.fromkeys(_places(around)) if is_folder(folder)]
    found: dict[Path, Candidate] = {}
    for root in roots:
        manifests = [
            path
            for _, files in walk.folders(root / "manifests")
            for path in files
            if len(path.relative_to(root / "manifests").parts) == _PARTS
        ]
        for manifest in manifests[:_MOST_MANIFESTS]:
            model = _model_of(manifest, root, walk)
            if model is not None:
                found.setdefault(model.path, model)
    return Looked(NAME, tuple(roots), tuple(found.values()), tuple(walk.troubles))


def _places(around: Surroundings) -> list[Path]:
    chosen = around.named("OLLAMA_MODELS")
    places = [chosen] if chosen is not None else []
    places.append(around.home / ".ollama" / "models")
    if around.system == "linux":
        places += [
            Path("/usr/share/ollama/.ollama/models"),
            Path("/var/lib/ollama/models"),
            Path("/var/lib/ollama/.ollama/models"),
        ]
    return places


def _model_of(manifest: Path, root: Path, walk: Walk) -> Candidate | None:
    """The one file of weights that a manifest names; None where it names none, or more."""
    name = _name(manifest, root)
    try:
        said: object = json.loads(short_text(manifest) or "null")
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        walk.troubles.append(f"The manifest of {shown(name)} cannot be read.")
        return None
    layers = _layers(cast("dict[str, Any]", said))
    weights = [each for kind, each in layers if kind == _MODEL]
    if len(weights) != 1 or any(kind == _ADAPTER for kind, _ in layers):
        return None  # in the cloud, of tensors one by one, or changed by an adapter
    found = _DIGEST.fullmatch(weights[0])
    if found is None:
        return None
    blob = root / "blobs" / f"sha256-{found[1]}"
    if not is_plain_file(blob):
        walk.troubles.append(f"The file of {shown(name)} is not there yet.")
        return None
    return Candidate(name, blob, (blob,), sha256=found[1])


def _layers(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and digest of each layer that has both."""
    layers: object = manifest.get("layers")
    found: list[tuple[str, str]] = []
    for layer in cast("list[object]", layers)[:_MOST_LAYERS] if isinstance(layers, list) else []:
        match layer:
            case {"mediaType": str(kind), "digest": str(digest)}:
                found.append((kind, digest))
            case _:
                continue
    return found


def _name(manifest: Path, root: Path) -> str:
    """As Ollama writes it: ``llama3.2:1b``, with the namespace where it is not its own library."""
    host, namespace, model, tag = manifest.relative_to(root / "manifests").parts
    short = f"{model}:{tag}"
    if host != "registry.ollama.ai":
        return f"{host}/{namespace}/{short}"
    return short if namespace == "library" else f"{namespace}/{short}"
