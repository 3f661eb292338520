"""Models, fits, downloads and health, as tests of the models place want them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain.download import Download, DownloadId, DownloadOrder, DownloadState
from assistant.domain.hub import HubFile
from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo, Skill, Speed
from assistant.services.engine_health import ModelHealth, Spread

STARTER = ModelInfo(
    ModelId("starter"),
    "SmolLM2 135M",
    ModelFormat.GGUF,
    "llama",
    134515008,
    "Q4_1",
    98362432,
    8192,
    "Apache-2.0",
    "0" * 64,
    "small",
    path=Path("starter.gguf"),
    shared=True,
    skills=(Skill.CHAT,),
    repo="some/model",
)
OWN = replace(STARTER, id=ModelId("own"), name="My model", shared=False)


def fit(verdict: FitVerdict = FitVerdict.FITS, *, speed: float = 0.0) -> Fit:
    """A fit with a speed, which is estimated."""
    reached = Speed(speed, measured=False) if speed else None
    return Fit(verdict, 10**9, 8 * 10**9, "Leaves 7 GB for the rest", reached)


FITS = fit()
WONT_FIT = Fit(FitVerdict.WONT_FIT, 40 * 10**9, 8 * 10**9, "Needs 40.0 GB, and 8.0 GB are free.")


def download_of(
    model: ModelInfo,
    state: DownloadState,
    part: float = 0.5,
    *,
    rate: float = 0.0,
    left: float | None = None,
) -> Download:
    """A download that has come as far as ``part``."""
    files = (HubFile("model.gguf", model.size_bytes, "0" * 64),)
    moment = datetime(2026, 1, 2, 13, 4, tzinfo=UTC)
    order = DownloadOrder(DownloadId("0" * 12), model.repo, "c" * 40, files, model, moment)
    return Download(order, state, round(model.size_bytes * part), rate, left)


def health(**changes: object) -> ModelHealth:
    """Of ``OWN``, after twelve answers."""
    whole = ModelHealth(
        OWN.id,
        OWN.name,
        12,
        (),
        0,
        Spread(107.2, 80.0),
        Spread(210.0, 400.0),
        251_000_000,
        "",
        rests=False,
    )
    return replace(whole, **changes)  # pyright: ignore[reportArgumentType] - names of its fields
