"""The settings as a list of rows, from which the settings screen and its search are made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.config.settings import Settings


class SettingKind(StrEnum):
    """How a setting is changed."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as a person sees it.

    Args:
        section: Name of its section in ``Settings``.
        field: Its name there.
        choices: Of a CHOICE.
        least: Smallest value of a NUMBER.
        most: Largest value of a NUMBER.
    """

    section: str
    field: str
    title: str
    description: str
    kind: SettingKind
    default: object
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class SettingSection:
    """A titled group of settings."""

    name: str
    title: str
    rows: tuple[SettingRow, ...]


def describe() -> tuple[SettingSection, ...]:
    """All sections that are shown, in order; fields without a description are not shown."""
    sections: list[SettingSection] = []
    for name, field in Settings.model_fields.items():
        model = field.annotation
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        rows = tuple(
            row
            for field_name, info in model.model_fields.items()
            if info.description and (row := _row(name, field_name, info)) is not None
        )
        if rows:
            sections.append(SettingSection(name, field.title or name, rows))
    return tuple(sections)


def search(sections: tuple[SettingSection, ...], words: str) -> tuple[SettingSection, ...]:
    """The sections with only those rows in which every word is found; all for no words."""
    wanted = words.casefold().split()
    found: list[SettingSection] = []
    for section in sections:
        rows = tuple(row for row in section.rows if _matches(section, row, wanted))
        if rows:
            found.append(SettingSection(section.name, section.title, rows))
    return tuple(found)


def _matches(section: SettingSection, row: SettingRow, wanted: list[str]) -> bool:
    text = " ".join((section.title, row.title, row.description, *row.choices)).casefold()
    return all(word in text for word in wanted)


def _row(section: str, name: str, info: FieldInfo) -> SettingRow | None:
    kind = _kind(info)
    if kind is None:
        return None
    bounds: dict[str, int] = {}
    for constraint in info.metadata:
        if isinstance(constraint, annotated_types.Ge):
            bounds["least"] = _whole(constraint.ge)
        if isinstance(constraint, annotated_types.Le):
            bounds["most"] = _whole(constraint.le)
    return SettingRow(
        section,
        name,
        info.title or name,
        info.description or "",
        kind,
        info.get_default(call_default_factory=False),
        choices=get_args(info.annotation) if kind is SettingKind.CHOICE else (),
        **bounds,
    )


def _kind(info: FieldInfo) -> SettingKind | None:
    if info.annotation is bool:
        return SettingKind.SWITCH
    if info.annotation is int:
        return SettingKind.NUMBER
    if info.annotation is str:
        return SettingKind.TEXT
    return SettingKind.CHOICE if get_args(info.annotation) and not _is_mapping(info) else None


def _is_mapping(info: FieldInfo) -> bool:
    return getattr(info.annotation, "__origin__", None) is dict


def _whole(bound: Any) -> int:  # noqa: ANN401 - the library types a bound as "anything comparable"
    return int(bound)
