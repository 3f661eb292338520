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
    "text", ["", "[]", "{}", '{"steps": "3"}', '{"steps": [1]}', '{"problem": 3, "steps": []}', "{"]
)
def test_a_file_that_is_no_way_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "way.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserFacingError) as caught:
        way_of_file(file)
    assert caught.value.code == "way_invalid"
    assert "steps" in caught.value.hint


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
