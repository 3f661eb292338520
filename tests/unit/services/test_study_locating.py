import json
from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.services.study.locating import (
    located_in,
    verdict_document,
    way_of_file,
)


def test_a_file_is_read_and_judged(tmp_path: Path) -> None:
    file = tmp_path / "way.json"
    steps = ["3 x 12 = 38", "38 - 6 = 32", "32"]
    file.write_text(json.dumps({"problem": "…", "steps": steps}), encoding="utf-8")
    document = verdict_document(located_in(way_of_file(file)))
    assert document["step"] == 0
    assert document["checked"] is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "{",
        "null",
        '{"steps": null}',
        '{"steps": 3}',
        '{"steps": [["3"]]}',
        '{"steps": [true]}',
        '{"steps": {"1": "x = 3"}}',
        '{"problem": {}, "steps": []}',
        '{"steps": ["x"], "reference_solution": true}',
        "[" * 100_000,
        '{"steps": ["\\ud83d"]}',
        json.dumps({"steps": ["1"] * 20_001}),
    ],
)
def test_a_file_that_is_no_way_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "way.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserFacingError) as caught:
        way_of_file(file)
    assert caught.value.code == "way_invalid"
    assert "steps" in caught.value.hint


@pytest.mark.parametrize(
    ("way", "step"),
    [
        ({"steps": "3 x 12 = 36\n36 - 6 = 32\n32"}, 1),
        ({"steps": ["3 x 12 = 38", 38]}, 0),
        ({"problem": None, "steps": ["3 x 12 = 38"], "reference_solution": None}, 0),
        ({"problem": 7, "steps": ["3 + 4 = 8"], "reference_solution": ["3 + 4 = 7", 7]}, 0),
        ({"steps": []}, None),
        ({"steps": ""}, None),
        ({"steps": ["", "  "]}, None),
        ({"steps": ["三加四等于八", "\u202eאבג", "кот"]}, None),
        ({"steps": ["3 + 4 = 7"] * 9_999 + ["7 + 1 = 9"]}, None),
        ({"problem": "x" * 100_000, "steps": ["y" * 100_000] * 10}, None),
    ],
)
def test_ways_of_other_forms_are_read_all_the_same(
    tmp_path: Path, way: dict[str, object], step: int | None
) -> None:
    file = tmp_path / "way.json"
    file.write_text(json.dumps(way), encoding="utf-8")
    document = verdict_document(located_in(way_of_file(file)))
    assert document["step"] == step
    assert document["checked"] is (step is not None)
    assert document["why"]


def test_missing_large_and_foreign_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError):
        way_of_file(tmp_path / "none.json")
    foreign = tmp_path / "foreign.json"
    foreign.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserFacingError):
        way_of_file(foreign)
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 5_000_001)
    with pytest.raises(UserFacingError):
        way_of_file(large)
