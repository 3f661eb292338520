"""What the double holds: repositories with commits, and files with the hashes of the real Hub."""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_PIECE_BYTES = 1 << 20
_LFS_SUFFIXES = frozenset({".gguf", ".safetensors", ".bin", ".pt", ".pth", ".onnx", ".npz"})
_LFS_ABOVE_BYTES = 10_000_000


@dataclass(frozen=True)
class StoredFile:
    """One file; its content is bytes, or lies in a file that is not read until it is wanted."""

    name: str
    content: bytes | Path

    @functools.cached_property
    def size(self) -> int:
        """In bytes."""
        if isinstance(self.content, Path):
            return self.content.stat().st_size
        return len(self.content)

    @property
    def lfs(self) -> bool:
        """Whether the repository holds a pointer, and the content lies in the large-file store."""
        return Path(self.name).suffix in _LFS_SUFFIXES or self.size > _LFS_ABOVE_BYTES

    @functools.cached_property
    def sha256(self) -> str:
        """Of the content."""
        return self._hash("sha256", b"")

    @property
    def pointer(self) -> bytes:
        """What the repository itself holds of a large file."""
        return (
            "version https://git-lfs.github.com/spec/v1\n"
            f"oid sha256:{self.sha256}\nsize {self.size}\n"
        ).encode()

    @functools.cached_property
    def git_sha1(self) -> str:
        """Of the git blob: of the pointer where the file is large."""
        if self.lfs:
            head = f"blob {len(self.pointer)}\0".encode()
            return hashlib.sha1(head + self.pointer, usedforsecurity=False).hexdigest()
        return self._hash("sha1", f"blob {self.size}\0".encode())

    @property
    def etag(self) -> str:
        """As the Hub gives it: SHA-256 of what is large, the git hash of what is small."""
        return self.sha256 if self.lfs else self.git_sha1

    def read(self, start: int, count: int) -> bytes:
        """``count`` bytes from ``start``."""
        if isinstance(self.content, bytes):
            return self.content[start : start + count]
        with self.content.open("rb") as stream:
            stream.seek(start)
            return stream.read(count)

    def _hash(self, kind: str, head: bytes) -> str:
        digest = hashlib.new(kind, head, usedforsecurity=False)
        for start in range(0, self.size, _PIECE_BYTES):
            digest.update(self.read(start, _PIECE_BYTES))
        return digest.hexdigest()


@dataclass
class Repository:
    """One repository with all its commits, the newest last.

    Args:
        name: ``owner/name``.
        gated: False, ``auto`` or ``manual``.
        details: Further keys of the Hub's description: ``gguf``, ``safetensors``, ``config``,
            ``cardData``, ``library_name`` and so on.
    """

    name: str
    gated: bool | str = False
    private: bool = False
    downloads: int = 0
    likes: int = 0
    last_modified: str = "2026-01-02T03:04:05.000Z"
    tags: tuple[str, ...] = ()
    details: dict[str, object] = field(default_factory=dict[str, object])
    commits: dict[str, dict[str, StoredFile]] = field(
        default_factory=dict[str, dict[str, StoredFile]]
    )

    @property
    def head(self) -> str:
        """The newest commit, 40 hex digits."""
        return list(self.commits)[-1]

    def commit(self, files: Mapping[str, bytes | Path]) -> str:
        """Makes these the files of a new commit, which ``main`` then names.

        Returns:
            The commit.
        """
        stored = {name: StoredFile(name, content) for name, content in files.items()}
        written = repr(
            (self.name, len(self.commits), [(f.name, f.git_sha1) for f in stored.values()])
        )
        commit = hashlib.sha1(written.encode(), usedforsecurity=False).hexdigest()
        self.commits[commit] = stored
        return commit

    def at(self, revision: str) -> tuple[str, dict[str, StoredFile]] | None:
        """The commit that a revision names, and its files; None if there is none."""
        commit = self.head if revision in {"main", "HEAD", "refs/heads/main"} else revision
        files = self.commits.get(commit)
        return None if files is None else (commit, files)
