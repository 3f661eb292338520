"""Models in words: roles, speeds, licences, times."""

import re

from assistant.domain.machine import Machine
from assistant.domain.model import ModelRole, Skill
from assistant.domain.sizes import size_words

_BILLION, _MILLION = 10**9, 10**6
_MINUTE, _HOUR, _SOON = 60, 3600, 600
_BITS = re.compile(r"(?:^|[^0-9])(?:I?Q|TQ|FP?|BF)?(\d{1,2})(?:[_-]|bit|$)", re.IGNORECASE)

_SKILLS: dict[Skill, str] = {
    Skill.CHAT: "Chat",
    Skill.CODE: "Code",
    Skill.MATHEMATICS: "Mathematics",
    Skill.REASONING: "Reasoning",
    Skill.VISION: "Pictures",
    Skill.EMBEDDING: "Search by meaning",
}
_ROLES: dict[ModelRole, str] = {
    ModelRole.SMALL: "Small",
    ModelRole.MEDIUM: "Medium",
    ModelRole.CODE: "Code",
    ModelRole.EMBEDDING: "Embedding",
}


def skill_words(skill: Skill) -> str:
    """A skill as a word."""
    return _SKILLS[skill]


def role_words(role: ModelRole) -> str:
    """A role as a word."""
    return _ROLES[role]


def done_words(done_bytes: int, size_bytes: int) -> str:
    """``1.42 of 2.39 GB``: in the unit of the whole where both have it."""
    done, size = size_words(done_bytes), size_words(size_bytes)
    number, _, unit = done.rpartition(" ")
    return f"{number} of {size}" if size.endswith(f" {unit}") else f"{done} of {size}"


def weights_words(parameters: int) -> str:
    """``3.8 billion``, ``135 million``; empty when it is not known."""
    if parameters >= _BILLION:
        return f"{parameters / _BILLION:.1f} billion"
    return f"{parameters / _MILLION:.0f} million" if parameters else ""


def bits_words(quantization: str) -> str:
    """``4-bit`` of ``Q4_K_M``; the name itself where no number of bits is in it."""
    found = _BITS.search(quantization)
    return f"{found[1]}-bit" if found else quantization


def licence_words(licence: str) -> str:
    """``MIT licence``, ``Apache-2.0``, ``Llama licence``."""
    plain = licence.strip()
    if not plain:
        return "licence not stated"
    lower = plain.lower()
    if lower.startswith("llama"):
        return "Llama licence"
    if lower.startswith("apache"):
        return "Apache-2.0"
    return f"{plain.upper()} licence" if lower == "mit" else plain


def left_words(seconds: float | None) -> str:
    """``1 min 22 s left``; empty when it cannot be said."""
    if seconds is None:
        return ""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{max(1, whole)} s left"
    if whole < _HOUR:
        minutes, rest = divmod(whole, _MINUTE)
        return f"{minutes} min {rest} s left" if whole < _SOON else f"{minutes} min left"
    hours, rest = divmod(whole, _HOUR)
    return f"{hours} h {rest // _MINUTE} min left"


def percent(fraction: float) -> str:
    """``59 %``, never 100 before it is all there."""
    return f"{int(fraction * 100)} %"


_LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def language_words(code: str) -> str:
    """``German`` of ``de``; the code itself where it is not known."""
    return _LANGUAGES.get(code.lower(), code)


def machine_words(machine: Machine) -> str:
    """``4 cores · 16 GB memory · no graphics card``."""
    cores = f"{machine.cores} core{'s' if machine.cores != 1 else ''}"
    memory = machine.memory
    parts = [cores, f"{memory.total_bytes / 2**30:.0f} GB memory" if memory else ""]
    gpu = machine.gpu
    if gpu is None:
        parts.append(
            "no graphics card" if not machine.gpus else f"{machine.gpus[0].name}, not used"
        )
    elif gpu.unified:
        parts.append(f"{gpu.name} shares it")
    else:
        parts.append(f"{gpu.name}, {gpu.total_bytes / 2**30:.0f} GB")
    return " · ".join(part for part in parts if part)
