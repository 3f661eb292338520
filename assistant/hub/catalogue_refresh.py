"""A newer catalogue from a file or an address that the user sets: signed, or not taken.

It travels as one JSON file: the text of the catalogue, an Ed25519 signature over it and the public
key. A key that did not come with the application is pinned when the user has compared its
fingerprint; from then on no other is taken. What is taken only adds to what is offered: which
files are trusted without a trial is for the catalogue that ships to say.
"""

import base64
import binascii
import hashlib
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.catalogue import CatalogueNews, UnknownKey
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.model import ModelInfo, ModelShape
from assistant.hub.catalogue import LARGEST_BYTES, Catalogue, parse_catalogue

LARGEST_ENVELOPE_BYTES = 2 * LARGEST_BYTES
"""Of the file that travels: the text is inside another JSON text."""
_SIGNED = b"lamplight catalogue 1\0"
"""Stands before what is signed, so that no other signature of the key fits."""
_TAKEN, _PINNED = "taken.json", "keys.txt"
_GROUP = 4


class _Envelope(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["lamplight-catalogue"]
    key: Annotated[str, Field(max_length=64)]
    signature: Annotated[str, Field(max_length=128)]
    catalogue: str


@dataclass(frozen=True, slots=True)
class _Opened:
    catalogue: Catalogue
    key: bytes


def fingerprint(public_key: bytes) -> str:
    """What people compare a key by: 32 hex digits of its SHA-256, in groups of four."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def seal(catalogue: bytes, private_key: bytes) -> bytes:
    """Signs a catalogue for its journey.

    Args:
        catalogue: The text of its file, UTF-8.
        private_key: 32 bytes, Ed25519.

    Raises:
        ValueError: It is not a sound catalogue.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    parse_catalogue(catalogue)
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    envelope = _Envelope(
        kind="lamplight-catalogue",
        key=base64.b64encode(key.public_key().public_bytes_raw()).decode(),
        signature=base64.b64encode(key.sign(_SIGNED + catalogue)).decode(),
        catalogue=catalogue.decode("utf-8"),
    )
    return envelope.model_dump_json(indent=1).encode()


class CatalogueKeeper:
    """Holds the catalogue that is offered: the one that ships, or a newer one that was taken.

    From any thread.

    Args:
        folder: Of the profile; what was taken and the pinned keys are kept there.
        shipped: The catalogue of the application.
        keys: Public keys that come with the application.
    """

    def __init__(self, folder: Path, shipped: Catalogue, keys: Iterable[bytes] = ()) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._shipped_keys = frozenset(keys)
        self.problem = ""
        """Why a catalogue that was taken is not offered any more; empty when all is well."""
        self._shipped = shipped
        self._current, self._signed_by = shipped, ""
        self._take_up()

    @property
    def current(self) -> Catalogue:
        """The catalogue that is offered now."""
        with self._lock:
            return self._current

    def models(self) -> tuple[ModelInfo, ...]:
        """The models that are offered now."""
        return self.current.models

    def shape_of(self, model: ModelInfo) -> ModelShape | None:
        """The figures of a model that is offered now; None for others."""
        return self.current.shape_of(model)

    @property
    def signed_by(self) -> str:
        """Fingerprint of the key of what is offered; empty for what ships."""
        with self._lock:
            return self._signed_by

    @property
    def pinned(self) -> tuple[str, ...]:
        """Fingerprints of the keys that the user has accepted."""
        return tuple(fingerprint(key) for key in sorted(self._pinned()))

    def take(self, sealed: bytes, accept: str = "") -> CatalogueNews:
        """Checks a catalogue and offers it from now on; else the old one stays as it is.

        Args:
            sealed: The file as it came.
            accept: The fingerprint that the user has compared; pins its key.

        Raises:
            UserFacingError: It is broken (``catalogue_broken``), not signed by its key
                (``catalogue_unsigned``), by a key that is not known (``catalogue_key_unknown``,
                the message has its fingerprint) or not the pinned one
                (``catalogue_key_changed``), or not newer (``catalogue_older``).
            EnvironmentProblem: It cannot be kept.
        """
        opened = _open(sealed)
        with self._lock:
            pin = self._check_key(opened.key, accept)
            old = self._current
            if opened.catalogue.edition <= old.edition:
                raise UserFacingError(
                    f"This catalogue is edition {opened.catalogue.edition}, and edition "
                    f"{old.edition} is here already.",
                    "The one that is here stays.",
                    code="catalogue_older",
                )
            try:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if pin:
                    self._write(_PINNED, base64.b64encode(opened.key) + b"\n")
                self._write(_TAKEN, sealed)
            except OSError as error:
                raise EnvironmentProblem(
                    "The new catalogue could not be kept.",
                    f"Check the space on the disk and the rights of {self._folder}.",
                    code="catalogue_not_kept",
                ) from error
            self._current, self.problem = opened.catalogue, ""
            self._signed_by = fingerprint(opened.key)
        before, now = ({entry.name for entry in which.entries} for which in (old, opened.catalogue))
        return CatalogueNews(
            opened.catalogue.edition,
            tuple(sorted(now - before)),
            tuple(sorted(before - now)),
            fingerprint(opened.key),
        )

    def forget_key(self) -> None:
        """The pinned key is trusted no longer, nor what it signed; the next one is asked about.

        Raises:
            EnvironmentProblem: It cannot be written down.
        """
        with self._lock:
            try:
                for name in (_PINNED, _TAKEN):
                    (self._folder / name).unlink(missing_ok=True)
            except OSError as error:
                raise EnvironmentProblem(
                    "The key could not be forgotten.",
                    f"Give yourself the right to change {self._folder}.",
                    code="catalogue_not_kept",
                ) from error
            self._current, self._signed_by, self.problem = self._shipped, "", ""

    def _check_key(self, key: bytes, accept: str) -> bool:
        """Returns whether the key is to be pinned."""
        pinned = self._pinned()
        if key in self._shipped_keys or key in pinned:
            return False
        said = fingerprint(key)
        if pinned:
            raise UserFacingError(
                f"This catalogue is signed with another key than before ({said}).",
                "Ask whoever issues it. Forget the old key only if they say that it changed.",
                code="catalogue_key_changed",
            )
        if accept.replace(" ", "").lower() != said.replace(" ", ""):
            raise UnknownKey(said)
        return True

    def _pinned(self) -> frozenset[bytes]:
        try:
            lines = (self._folder / _PINNED).read_bytes().split()
            return frozenset(base64.b64decode(line, validate=True) for line in lines)
        except (OSError, binascii.Error):
            return frozenset()

    def _take_up(self) -> None:
        """Offers what was taken in an earlier run, as far as it can still be trusted."""
        try:
            opened = _open((self._folder / _TAKEN).read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            self.problem = f"The catalogue that was taken cannot be read ({type(error).__name__})."
            return
        except UserFacingError as error:
            self.problem = f"{error.message} The one that came with Lamplight is offered."
            return
        if opened.key not in self._shipped_keys | self._pinned():
            self.problem = "The key of the catalogue that was taken is not trusted any more."
        elif opened.catalogue.edition > self._shipped.edition:
            self._current = opened.catalogue
            self._signed_by = fingerprint(opened.key)

    def _write(self, name: str, content: bytes) -> None:
        part = self._folder / f"{name}.part"
        with part.open("wb") as writer:
            writer.write(content)
            writer.flush()
            os.fsync(writer.fileno())
        part.replace(self._folder / name)


def _open(sealed: bytes) -> _Opened:
    """Checks form, signature and content, in this order."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(sealed) > LARGEST_ENVELOPE_BYTES:
        raise _broken("it is too large")
    try:
        envelope = _Envelope.model_validate_json(sealed)
        key = base64.b64decode(envelope.key, validate=True)
        signature = base64.b64decode(envelope.signature, validate=True)
        public = Ed25519PublicKey.from_public_bytes(key)
    except (ValidationError, ValueError) as error:
        raise _broken("it is not a signed catalogue") from error
    text = envelope.catalogue.encode("utf-8", "replace")
    try:
        public.verify(signature, _SIGNED + text)
    except InvalidSignature as error:
        raise UserFacingError(
            "The signature of this catalogue is wrong: it was changed on the way.",
            "Get it again from whoever issues it. The one that is here stays.",
            code="catalogue_unsigned",
        ) from error
    try:
        return _Opened(parse_catalogue(text), key)
    except ValueError as error:
        raise _broken(str(error)) from error


def _broken(why: str) -> UserFacingError:
    return UserFacingError(
        f"This catalogue cannot be used: {why}.",
        "Get it again from whoever issues it. The one that is here stays.",
        code="catalogue_broken",
    )
