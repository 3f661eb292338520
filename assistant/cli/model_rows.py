"""Models for people: rows of a list, the facts of one, and whether it fits, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cli.tables import Column, facts, paragraph, table
from assistant.domain.hub import Gate, HubChoice, HubModel, HubRepository
from assistant.domain.model import Fit, FitVerdict, ModelInfo
from assistant.domain.sizes import memory_words, size_words

_VERDICTS = {
    FitVerdict.FITS: "Fits",
    FitVerdict.SLOW: "May be slow",
    FitVerdict.WONT_FIT: "Won't fit",
    FitVerdict.UNKNOWN: "Not known",
}
_SENTENCES = {
    FitVerdict.FITS: "{} fits this machine.",
    FitVerdict.SLOW: "{} runs on this machine, but may be slow.",
    FitVerdict.WONT_FIT: "{} won't fit this machine as it is now.",
    FitVerdict.UNKNOWN: "Whether {} fits this machine is not known.",
}
_GATES = {
    Gate.OPEN: "",
    Gate.AUTOMATIC: "Its owners ask you to accept their terms on its page on the Hub first.",
    Gate.MANUAL: "Its owners have to agree first; ask them on its page on the Hub.",
}
_MILLION, _BILLION = 10**6, 10**9
_FLUENT = 10.0
_IN_LIST = (
    Column("ID"),
    Column("Name"),
    Column("Quant."),
    Column("Size", right=True),
    Column("Here"),
    Column("Fit"),
    Column("Why"),
)
_IN_SEARCH = (
    Column("ID"),
    Column("Weights", right=True, alone="{} weights"),
    Column("Downloads", right=True, alone="{} downloads"),
    Column("Likes", right=True, alone="{} likes"),
    Column("Changed", alone="changed {}"),
    Column("Licence"),
    Column("Here"),
    Column("Fit"),
    Column("Why"),
)
_IN_CHOICES = (
    Column("Quant."),
    Column("Size", right=True),
    Column(""),
    Column("Fit"),
    Column("What it is"),
)


@dataclass(frozen=True, slots=True)
class Described:
    """What ``info`` and ``fit`` speak of.

    Args:
        title: As it is called.
        fit: Whether it fits; None where that cannot be said.
        words: All that is known of it.
    """

    title: str
    fit: Fit | None
    words: str


def titled(model: ModelInfo) -> str:
    """The name, and the quantization: two of them may be here under one name."""
    quantization = model.quantization
    if not quantization or quantization.casefold() in model.name.casefold():
        return model.name
    return f"{model.name} ({quantization})"


def listed(models: Sequence[tuple[ModelInfo, Fit]], width: int | None) -> str:
    """All models, those that are here marked."""
    rows = [
        (
            model.id,
            model.name,
            model.quantization,
            size_words(model.size_bytes) if model.size_bytes else "",
            _standing(model),
            _VERDICTS[fit.verdict] if not model.trouble else "Cannot be used",
            fit.why,
        )
        for model, fit in models
    ]
    return "\n".join(table(_IN_LIST, rows, width))


def found(models: Sequence[HubModel], here: frozenset[str], width: int | None) -> str:
    """What a search found.

    Args:
        models: Best first.
        here: Repositories of which something is installed, in lower case.
        width: Of the terminal; None does not limit it.
    """
    rows = [
        (
            model.repo,
            weights_words(model.parameters, short=True),
            f"{model.downloads:,}",
            f"{model.likes:,}",
            f"{model.updated:%Y-%m-%d}" if model.updated is not None else "",
            model.licence + (" (asks for consent)" if model.gate is not Gate.OPEN else ""),
            "installed" if model.repo.casefold() in here else "",
            _VERDICTS[model.fit.verdict] if model.fit is not None else "",
            model.fit.why if model.fit is not None else "",
        )
        for model in models
    ]
    lines = table(_IN_SEARCH, rows, width)
    if any(model.fit is not None for model in models):
        lines += paragraph("", "What fits is judged for four bits a weight, the usual.", width, 0)
    return "\n".join(lines)


def of_model(model: ModelInfo, fit: Fit, width: int | None) -> Described:
    """One that is here or in the catalogue."""
    title = titled(model)
    where = "is installed" if model.installed else "is not installed"
    if model.owner:
        where = f"is used in place: its file belongs to {model.owner}"
    lines = [*paragraph("", f"{title} {where}. {model.summary}".strip(), width, 0)]
    lines += paragraph("", model.trouble or fit_sentence(title, fit), width, 0)
    lines += facts(
        [
            ("ID", model.id),
            ("Size", size_words(model.size_bytes) if model.size_bytes else ""),
            ("Weights", _weights(model.parameters, model.architecture)),
            ("Stored as", " ".join((model.format.upper(), model.quantization)).strip()),
            ("Context", f"{model.context_length:,} tokens" if model.context_length else ""),
            ("Licence", model.licence),
            ("Good at", ", ".join(model.skills)),
            ("Languages", ", ".join(model.languages)),
            ("From", model.repo),
            ("File", str(model.path) if model.path is not None else ""),
        ],
        width,
    )
    if not model.installed:
        lines += [f"“assistant models download {model.id}” has it."]
    return Described(title, fit, "\n".join(lines))


def of_repository(
    repository: HubRepository, choice: HubChoice | None, width: int | None
) -> Described:
    """A repository of the Hub.

    Args:
        repository: As it was looked at.
        choice: The one that is meant, or is recommended; None where there is none.
        width: Of the terminal; None does not limit it.
    """
    model = repository.model
    count = len(repository.choices)
    what = "1 file" if count == 1 else f"{count} files"
    lines = paragraph("", f"{model.repo} is on the Hub, with {what} to choose from.", width, 0)
    lines += [line for line in (repository.refused, _GATES[model.gate]) if line]
    title = model.repo
    if choice is not None:
        title = f"{model.repo}:{choice.quantization or choice.name}"
        lines += paragraph("", fit_sentence(title, choice.fit), width, 0)
    lines += facts(
        [
            ("Weights", _weights(model.parameters, repository.architecture)),
            ("Context", f"{n:,} tokens" if (n := repository.context_length) else ""),
            ("Licence", model.licence),
            ("Languages", ", ".join(model.languages)),
            ("Downloads", f"{model.downloads:,} in the last 30 days"),
            ("Likes", f"{model.likes:,}"),
            ("Changed", f"{model.updated:%Y-%m-%d}" if model.updated is not None else ""),
            ("Commit", repository.commit),
        ],
        width,
    )
    lines += _choices(repository.choices, width)
    if choice is not None and not choice.trouble:
        lines += [f"“assistant models download {title}” has it."]
    return Described(title, choice.fit if choice is not None else None, "\n".join(lines))


def fitting(described: Described, width: int | None) -> str:
    """The verdict, what it rests on, and what can be done against it."""
    fit = described.fit
    verdict = fit.verdict if fit is not None else FitVerdict.UNKNOWN
    lines = paragraph("", _SENTENCES[verdict].format(described.title), width, 0)
    if fit is None:
        return "\n".join([*lines, *facts([("Why", "Its size or its kind is not known.")], width)])
    speed = fit.speed
    lines += facts(
        [
            ("Needs", memory_words(fit.needed_bytes) if fit.needed_bytes else ""),
            ("Available", memory_words(fit.available_bytes) if fit.available_bytes else ""),
            ("Why", fit.why),
            ("Speed", speed_of(fit) + (", measured here" if speed and speed.measured else "")),
        ],
        width,
    )
    if verdict is FitVerdict.WONT_FIT:
        words = "Closing other programs may make room; --anyway has it or uses it all the same."
        lines += paragraph("", words, width, 0)
    return "\n".join(lines)


def fit_sentence(title: str, fit: Fit | None) -> str:
    """The verdict with its reason."""
    if fit is None:
        return _SENTENCES[FitVerdict.UNKNOWN].format(title)
    why = fit.why[:1].lower() + fit.why[1:] if fit.why[1:2].islower() else fit.why
    said = _SENTENCES[fit.verdict].format(title).rstrip(".")
    speed = speed_of(fit)
    return f"{said}: {why.rstrip('.')}{f'; {speed}' if speed else ''}."


def speed_of(fit: Fit) -> str:
    """``about 12 tokens a second``; empty where it is not known."""
    if fit.speed is None:
        return ""
    rate = fit.speed.tokens_per_second
    return f"about {rate:.{0 if rate >= _FLUENT else 1}f} tokens a second"


def weights_words(parameters: int, *, short: bool = False) -> str:
    """``3.8 billion`` or ``3.8B``, ``135 million`` or ``135M``; empty where it is not known."""
    if not parameters:
        return ""
    if parameters >= _BILLION:
        return f"{parameters / _BILLION:.1f}{'B' if short else ' billion'}"
    return f"{parameters / _MILLION:.0f}{'M' if short else ' million'}"


def _weights(parameters: int, architecture: str) -> str:
    kind = f"{architecture} architecture" if architecture else ""
    return ", ".join(part for part in (weights_words(parameters), kind) if part)


def _standing(model: ModelInfo) -> str:
    if not model.installed:
        return ""
    return f"linked, {model.owner}'s" if model.owner else "installed"


def _choices(choices: Sequence[HubChoice], width: int | None) -> list[str]:
    rows = [
        (
            choice.quantization or choice.name,
            size_words(choice.size_bytes),
            "recommended" if choice.recommended else "",
            "" if choice.trouble or choice.fit is None else _VERDICTS[choice.fit.verdict],
            choice.trouble or choice.explained,
        )
        for choice in choices
    ]
    return table(_IN_CHOICES, rows, width)
