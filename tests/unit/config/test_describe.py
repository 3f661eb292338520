"""The settings screen is made from the model, so the rows must say what the model says."""

from assistant.config.describe import SettingKind, describe, search


def test_every_row_knows_how_it_is_changed() -> None:
    rows = {(row.section, row.field): row for section in describe() for row in section.rows}
    assert rows["appearance", "theme"].kind is SettingKind.CHOICE
    assert rows["appearance", "theme"].choices == ("auto", "light", "dark")
    size = rows["appearance", "text_size"]
    assert (size.kind, size.least, size.most, size.default) == (SettingKind.NUMBER, 12, 24, 16)
    assert rows["privacy", "offline"].kind is SettingKind.SWITCH
    assert rows["models", "default_model"].kind is SettingKind.TEXT
    assert not any(section == "general" for section, _ in rows)
    assert ("keys", "bindings") not in rows


def test_search_finds_by_title_description_and_section() -> None:
    sections = describe()
    found = search(sections, "dark")
    assert [row.field for section in found for row in section.rows] == ["theme"]
    assert {section.name for section in search(sections, "backups")} >= {"backup"}
    assert search(sections, "") == sections
    assert search(sections, "xyzzy") == ()
