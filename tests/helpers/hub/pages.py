"""The answers of the Hub's interface, as the client library of version 2 reads them."""

import hashlib
from collections.abc import Mapping, Sequence

from tests.helpers.hub.content import Repository, StoredFile

_LISTED = ("likes", "downloads", "tags", "pipeline_tag", "library_name", "createdAt", "private")
_FULL = (*_LISTED, "author", "lastModified", "gated", "disabled", "sha", "siblings")
_INFO = (*_FULL, "cardData", "config", "gguf", "safetensors", "spaces", "usedStorage")


def facts_of(repository: Repository, commit: str | None = None) -> dict[str, object]:
    """Everything that the Hub knows of a repository, by the names of its interface."""
    found = repository.at(commit or "main")
    assert found is not None
    head, files = found
    known: dict[str, object] = {
        "author": repository.name.split("/")[0],
        "createdAt": "2025-01-02T03:04:05.000Z",
        "disabled": False,
        "downloads": repository.downloads,
        "downloadsAllTime": repository.downloads * 10,
        "gated": repository.gated,
        "lastModified": repository.last_modified,
        "likes": repository.likes,
        "pipeline_tag": "text-generation",
        "private": repository.private,
        "sha": head,
        "siblings": [{"rfilename": name} for name in sorted(files)],
        "spaces": [],
        "tags": list(repository.tags),
        "trendingScore": repository.likes,
        "usedStorage": sum(file.size for file in files.values()),
    }
    return known | repository.details


def info(repository: Repository, commit: str, query: Mapping[str, Sequence[str]]) -> object:
    """The answer to ``/api/models/owner/name[/revision/commit]``."""
    known = facts_of(repository, commit)
    if "blobs" in query:
        found = repository.at(commit)
        assert found is not None
        known["siblings"] = [_sibling(file) for _, file in sorted(found[1].items())]
    return _shown(repository, known, query.get("expand"), _INFO)


def listed(repository: Repository, query: Mapping[str, Sequence[str]]) -> object:
    """One entry of the answer to ``/api/models``."""
    wanted = _FULL if "full" in query else _LISTED
    if "cardData" in query:
        wanted = (*wanted, "cardData")
    return _shown(repository, facts_of(repository), query.get("expand"), wanted)


def _shown(
    repository: Repository,
    known: Mapping[str, object],
    expand: Sequence[str] | None,
    usual: Sequence[str],
) -> object:
    mongo = hashlib.md5(repository.name.encode(), usedforsecurity=False).hexdigest()[:24]
    head: dict[str, object] = {"_id": mongo, "id": repository.name}
    if expand is None:
        head["modelId"] = repository.name
    names = expand if expand is not None else usual
    return head | {name: known[name] for name in names if name in known}


def _sibling(file: StoredFile) -> object:
    entry: dict[str, object] = {
        "rfilename": file.name,
        "blobId": file.git_sha1,
        "size": file.size,
    }
    if file.lfs:
        entry["lfs"] = {
            "sha256": file.sha256,
            "size": file.size,
            "pointerSize": len(file.pointer),
        }
    return entry


def tree_entry(file: StoredFile) -> object:
    """One entry of ``/api/models/owner/name/tree/commit`` and of ``paths-info``."""
    entry: dict[str, object] = {
        "type": "file",
        "oid": file.git_sha1,
        "size": file.size,
        "path": file.name,
    }
    if file.lfs:
        entry["lfs"] = {
            "oid": file.sha256,
            "size": file.size,
            "pointerSize": len(file.pointer),
        }
        entry["xetHash"] = hashlib.sha256(file.sha256.encode()).hexdigest()
    return entry


def tree(files: Mapping[str, StoredFile], below: str, *, recursive: bool) -> list[object]:
    """The entries of a folder; folders first, as the Hub lists them."""
    prefix = f"{below}/" if below else ""
    folders: set[str] = set()
    entries: list[object] = []
    for name, file in sorted(files.items()):
        if not name.startswith(prefix):
            continue
        parts = name[len(prefix) :].split("/")
        kept = parts[:-1] if recursive else parts[:1] if len(parts) > 1 else []
        folders |= {prefix + "/".join(kept[: depth + 1]) for depth in range(len(kept))}
        if recursive or len(parts) == 1:
            entries.append(tree_entry(file))
    return [
        {
            "type": "directory",
            "oid": hashlib.sha1(folder.encode(), usedforsecurity=False).hexdigest(),
            "size": 0,
            "path": folder,
        }
        for folder in sorted(folders)
    ] + entries


def found(
    repositories: Sequence[Repository], query: Mapping[str, Sequence[str]]
) -> list[Repository]:
    """What a search finds, in its order."""
    words = " ".join(query.get("search", [])).casefold().split()
    wanted = query.get("filter", [])
    author = query.get("author", [""])[0]
    kept = [
        repository
        for repository in repositories
        if not repository.private
        and all(word in repository.name.casefold() for word in words)
        and all(tag in repository.tags for tag in wanted)
        and (not author or repository.name.startswith(f"{author}/"))
        and _has_parameters(repository, query.get("num_parameters", [""])[0])
    ]
    sort = query.get("sort", ["trendingScore"])[0]
    return sorted(kept, key=lambda repository: str(_rank(repository, sort)), reverse=True)


def _rank(repository: Repository, sort: str) -> str:
    value = facts_of(repository).get(sort, 0)
    return f"{value:020d}" if isinstance(value, int) else str(value)


def _has_parameters(repository: Repository, bounds: str) -> bool:
    """Whether it lies in a range such as ``min:1B,max:8B``."""
    if not bounds:
        return True
    total = 0
    for key in ("gguf", "safetensors"):
        match repository.details.get(key):
            case {"total": int(count)}:
                total = count
            case _:
                continue
    for part in bounds.split(","):
        side, _, number = part.partition(":")
        unit = {"K": 1e3, "M": 1e6, "B": 1e9}.get(number[-1:].upper(), 0)
        bound = float(number[:-1]) * unit if unit else float(number)
        if (side == "min" and total < bound) or (side == "max" and total > bound):
            return False
    return True
