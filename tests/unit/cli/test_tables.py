"""Rows for people: they line up, and in a narrow terminal each is told in two lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.tables import Column, columns_of, facts, paragraph, table

COLUMNS = (Column("ID"), Column("Size", right=True, alone="{} of disk"), Column("Why"))


def test_columns_line_up_and_one_that_says_nothing_is_left_out() -> None:
    rows = [("one", "98 MB", ""), ("another", "2.39 GB", "")]
    assert table(COLUMNS, rows, None) == [
        "ID          Size",
        "one        98 MB",
        "another  2.39 GB",
    ]
    assert table(COLUMNS, [], None) == []


def test_wide_letters_take_two_columns_and_marks_above_a_letter_none() -> None:
    assert (columns_of("你好"), columns_of("e\u0301"), columns_of("é")) == (4, 1, 1)
    rows = [("你好", "1 MB", "a"), ("abcd", "1 MB", "b")]
    assert {line.rstrip("ab") for line in table(COLUMNS, rows, None)[1:]} == {
        "你好  1 MB  ",
        "abcd  1 MB  ",
    }


def test_a_narrow_terminal_gets_two_lines_a_row_and_the_id_whole() -> None:
    rows = [("a-very-long-id-that-is-copied", "98 MB", "Leaves much for all the others")]
    assert table(COLUMNS, rows, 40) == [
        "a-very-long-id-that-is-copied",
        "  98 MB of disk · Leaves much for all",
        "  the others",
    ]


@given(st.text(), st.text(), st.sampled_from([None, 1, 20, 80]))
def test_no_cell_breaks_a_line_of_its_own(name: str, value: str, width: int | None) -> None:
    for line in (*table(COLUMNS, [(name, value, "")], width), *facts([("Why", value)], width)):
        assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("width", [None, 30])
def test_facts_line_up_and_what_is_unknown_is_left_out(width: int | None) -> None:
    told = facts([("Needs", "254 MB"), ("Speed", ""), ("Why", "Leaves 21 GB for the rest")], width)
    assert told[0] == "  Needs  254 MB"
    assert " ".join(" ".join(told[1:]).split()) == "Why Leaves 21 GB for the rest"
    assert all(line.startswith("         ") for line in told[2:])
    assert (len(told) > 2) == (width is not None)


def test_nothing_to_say_is_the_head_alone() -> None:
    assert paragraph("Head", "", 40, 2) == ["Head"]
