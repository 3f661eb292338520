"""Tables of other people's files: encodings, columns, and what is wrong with a row."""

import pytest

from assistant.domain.errors import UserFacingError
from assistant.planner.learning.submissions import read_submissions
from assistant.planner.learning.tables import read_table
from assistant.planner.learning.timed_tasks import read_timed_tasks

TASKS = "person,text,category,priority,estimate_hours,actual_hours,start\n"
SUBMISSIONS = "student,module,presentation,type,weight,due_day,submitted_day\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfName,Hours\r\nZo\xc3\xab,1\r\n\r\n",
        "\ufeffhours\tNAME \n 1\tZoë\n".encode("utf-16-le"),
        b"name;hours\nZo\xeb;1\n",
        'other|name|hours\nx|"Zoë"|1'.encode(),
    ],
)
def test_a_table_is_read_however_it_is_written(data: bytes) -> None:
    (row,) = read_table(data, ("name", "hours"), "a.csv")
    assert dict(row.cells) == {"name": "Zoë", "hours": "1"}


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "table_empty", "a.csv"),
        (b"name,hours\n\n", "table_empty", "a.csv"),
        (b"name\nx\n", "table_columns_missing", "column hours"),
        (b"name,hours\nx,1\n\ny\nz,1,2\n", "table_row_invalid", "row 4: 1 cells"),
        (b'name,hours\n"' + b"x" * 200_000 + b'",1\n', "table_row_invalid", "row 2"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, code: str, words: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        read_table(data, ("name", "hours"), "a.csv")
    assert caught.value.code == code
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,t,c,1,-2,3,2020-01-01", "row 2: estimate_hours is negative"),
        ("a,t,c,1,2,lots,2020-01-01", "row 2: actual_hours is not a number"),
        ("a,t,c,1,2,inf,2020-01-01", "row 2: actual_hours is not a finite number"),
        ("a,t,c,1,2,1e9,2020-01-01", "row 2: actual_hours is too large"),
        ("a,t,c,1,2,3,someday", "row 2: start is not a date"),
        ('a,t,c,1,"1,234",3,2020-01-01', "row 2: estimate_hours is ambiguous"),
        ('a,t,c,1,"1,234.5",3,2020-01-01', "row 2: estimate_hours is ambiguous"),
    ],
)
def test_a_bad_task_is_named_by_its_row(row: str, words: str) -> None:
    with pytest.raises(UserFacingError, match=words) as caught:
        read_timed_tasks((TASKS + row + "\n").encode(), "a.csv")
    assert caught.value.code == "table_row_invalid"


def test_a_decimal_comma_is_read_where_it_can_be_nothing_else() -> None:
    rows = 'a,t,c,1,"1,5","0,125",2020-01-01\n'
    ((task,), _) = read_timed_tasks((TASKS + rows).encode(), "a.csv")
    assert (task.estimate_hours, task.actual_hours) == (1.5, 0.125)


def test_tasks_are_ordered_and_unfinished_ones_left_out() -> None:
    rows = "b,t,c,1,2,3,03/02/2020\na,t,c,1,2,,31/01/2020\na,t,c,1,2,0,31/01/2020\n"
    rows += "c,t,c,1,1.5,1,31/01/2020\nc,t,c,1,1,1,\n"
    tasks, left_out = read_timed_tasks((TASKS + rows).encode(), "a.csv")
    assert [(task.person, task.start.month) for task in tasks] == [("c", 1), ("b", 2)]
    assert (left_out.count, left_out.first_rows) == (3, (3, 4, 6))
    assert tasks[0].known_from.day == 2  # of an hour's work: two days later
    with pytest.raises(UserFacingError) as caught:
        read_timed_tasks((TASKS + "a,t,c,1,,,2020-01-01\n").encode(), "a.csv")
    assert caught.value.code == "table_empty"


def test_submissions_may_be_missing_and_due_days_too() -> None:
    rows = "1,M,2013J,T,,10,\n2,M,2013J,T,5,10,10\n3,M,2013J,T,5,,9\n"
    found, skipped = read_submissions((SUBMISSIONS + rows).encode(), "a.csv")
    assert [one.on_time for one in found] == [False, True]
    assert skipped == 1
    for row, words in (
        (",M,2013J,T,5,1,1", "student"),
        ("1,M,2013J,T,5,1e8,1", "far"),
        ("1,M,2013J,T,5,x,1", "due_day is not"),
    ):
        with pytest.raises(UserFacingError, match=f"row 2: .*{words}"):
            read_submissions((SUBMISSIONS + row).encode(), "a.csv")
