"""The catalogue: models that the application knows by name, and where they can be had."""

from dataclasses import dataclass, field
from datetime import date

from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubSource
from assistant.domain.model import ModelFormat, ModelInfo, ModelShape


@dataclass(frozen=True, slots=True)
class CatalogueSource:
    """One form in which a model of the catalogue can be had.

    Args:
        info: What it is once it is here; ``size_bytes`` may be an estimate, and ``sha256`` is
            empty where it is taken from the Hub's record at the download.
        origin: Where it lies on the Hub; None for what comes with the application.
        shape: What its memory and its speed follow from.
        seen_in: The public page that names the repository.
        withheld: Why it is not offered, a sentence; empty where it is.
    """

    info: ModelInfo
    origin: HubSource | None
    shape: ModelShape
    seen_in: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One model, in one form or several.

    Args:
        name: To be shown.
        sources: At least one that is offered.
        template: What is peculiar about its prompt template, a sentence; empty if nothing is.
    """

    name: str
    sources: tuple[CatalogueSource, ...]
    template: str = ""

    def best_source(self, preferred: ModelFormat) -> CatalogueSource:
        """The one of this format, else the first, of those that are offered."""
        offered = [one for one in self.sources if not one.withheld]
        return next((one for one in offered if one.info.format is preferred), offered[0])


@dataclass(frozen=True, slots=True)
class CatalogueNews:
    """What a catalogue that was brought in changes.

    Args:
        edition: Of the catalogue that holds from now on.
        added: Names that were not there before.
        gone: Names that are not there any more.
        fingerprint: Of the key that signed it.
    """

    edition: int
    added: tuple[str, ...] = field(default=())
    gone: tuple[str, ...] = field(default=())
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """The catalogue that is offered now.

    Args:
        edition: Grows with every issue.
        issued: The day that it names; None where it names none.
        models: How many it has.
        source: The file or address that a newer one comes from; empty where none is set.
        signed_by: Fingerprint of the key that signed it; empty for the one of the application.
        accepted: Fingerprints of the keys that the user has accepted.
        problem: Why one that was taken is not offered; empty when all is well.
    """

    edition: int
    issued: date | None
    models: int
    source: str = ""
    signed_by: str = ""
    accepted: tuple[str, ...] = ()
    problem: str = ""

    @property
    def from_address(self) -> bool:
        """A newer one comes over the network."""
        return "://" in self.source


class UnknownKey(UserFacingError):  # noqa: N818 - what it is about
    """A catalogue is signed with a key that nobody here has accepted.

    Args:
        fingerprint: Of the key, to be compared with what its issuer says.
    """

    def __init__(self, fingerprint: str) -> None:
        super().__init__(
            f"This catalogue is signed with a key that is not known here: {fingerprint}.",
            "Compare it with what its issuer says, then accept it.",
            code="catalogue_key_unknown",
        )
        self.fingerprint = fingerprint
