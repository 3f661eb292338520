"""Folders as other applications make them, in a home that belongs to a test."""

import hashlib
import json
from pathlib import Path


def ollama(
    models: Path,
    content: bytes | Path,
    *,
    name: str = "smollm2",
    tag: str = "135m",
    namespace: str = "library",
) -> Path:
    """A model as ``ollama pull`` leaves it; returns the file of weights."""
    data = content if isinstance(content, bytes) else content.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    blob = models / "blobs" / f"sha256-{sha256}"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(data)
    manifest = models / "manifests" / "registry.ollama.ai" / namespace / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [
        {
            "mediaType": "application/vnd.ollama.image.model",
            "digest": f"sha256:{sha256}",
            "size": len(data),
        },
        {
            "mediaType": "application/vnd.ollama.image.template",
            "digest": f"sha256:{'1' * 64}",
            "size": 10,
        },
    ]
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": layers}))
    return blob


def lm_studio(models: Path, content: bytes | Path, name: str = "SmolLM2-135M.gguf") -> Path:
    """A model as LM Studio keeps it."""
    path = models / "publisher" / "SmolLM2-135M-GGUF" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return path


def hub_cache(cache: Path, repo: str, files: dict[str, bytes], commit: str = "a" * 40) -> Path:
    """A snapshot as the Hub's client makes it, with links; returns its folder."""
    folder = cache / f"models--{repo.replace('/', '--')}"
    snapshot = folder / "snapshots" / commit
    (folder / "blobs").mkdir(parents=True, exist_ok=True)
    snapshot.mkdir(parents=True)
    (folder / "refs").mkdir(exist_ok=True)
    (folder / "refs" / "main").write_text(commit)
    for name, data in files.items():
        blob = folder / "blobs" / hashlib.sha256(data).hexdigest()
        blob.write_bytes(data)
        (snapshot / name).symlink_to(Path("..") / ".." / "blobs" / blob.name)
    return snapshot
