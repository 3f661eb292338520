"""A program read from a file, as the window and the command line both do."""

from pathlib import Path

import pytest

from assistant.domain.errors import UserFacingError
from assistant.services.study.program_files import USUAL_BYTES, read_program


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\xfa", "not_text"),
        (b"x = 1\0", "not_text"),
        (b"# coding: no-such\n", "not_text"),
        (b"#" * 200_001, "too_large"),
    ],
)
def test_a_file_that_is_no_program_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(data)
    with pytest.raises(UserFacingError) as refused:
        read_program(path, USUAL_BYTES)
    assert refused.value.code == code


def test_a_file_is_read_in_the_encoding_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes("# coding: latin-1\nx = 'é'\n".encode("latin-1"))
    assert read_program(path).source.endswith("x = 'é'\n")


def test_lines_end_alike_and_a_mark_at_the_start_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r")
    assert read_program(path).source == "a = 1\nb = 2\n"


@pytest.mark.parametrize("name", ["gone.py", "a\0b.py", "."])
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        read_program(tmp_path / name)
    assert refused.value.code in {"file_not_found", "file_unreadable"}
