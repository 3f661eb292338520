"""``plan evaluate-estimates`` and ``plan evaluate-on-time``, on files."""

import csv
import math
import random
from datetime import date, timedelta
from pathlib import Path

from tests.unit.cli.conftest import CommandLine


def _estimates(path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing secret
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["start", "person", "text", "category", "priority", "estimate_hours", "actual_hours"]
        )
        for at in range(200):
            hours = chance.choice([1, 2, 5, 8])
            took = round(hours * 2 * math.exp(chance.gauss(0, 0.2)), 2)
            day = date(2024, 1, 1) + timedelta(days=at)
            writer.writerow([day, f"p{at % 2}", "écrire", "c", 1, hours, took if at else ""])


def _submissions(path: Path, first: int, count: int) -> None:
    lines = ["student,module,presentation,type,weight,due_day,submitted_day"]
    for student in range(first, first + count):
        chance = random.Random(student)  # noqa: S311 - nothing secret
        late = chance.random() < 0.4
        lines += [
            f"{student},M,2013J,TMA,10,{due},{due + chance.randrange(1, 5) if late else due - 1}"
            for due in (20, 40, 60, 80)
        ]
    path.write_text("\n".join(lines) + "\nx,M,2013J,TMA,10,,5\n", encoding="utf-8")


def test_estimates_are_measured(cli: CommandLine) -> None:
    file, out = cli.folder / "t.csv", cli.folder / "out.csv"
    _estimates(file)
    said = cli("plan", "evaluate-estimates", str(file), "--predictions", str(out)).value
    assert said["n"] == 60
    assert said["left_out"] == {"count": 1, "first_rows": [2]}
    assert set(said["user"]) == {"mdmre", "pred25", "mae"}
    assert set(said["model"]) == {"mdmre", "pred25", "mae", "coverage_80"}
    assert said["model"]["mae"] < 0.7 * said["user"]["mae"]
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 60
    assert all(float(row["low"]) <= float(row["hours"]) <= float(row["high"]) for row in rows)
    words = cli("plan", "evaluate-estimates", str(file), as_json=False).out
    assert "own estimates" in words
    assert not (cli.profile / "data" / "vault.db").exists()


def test_chances_are_measured(cli: CommandLine) -> None:
    train, test, out = (cli.folder / name for name in ("a.csv", "b.csv", "c.csv"))
    _submissions(train, 0, 60)
    _submissions(test, 500, 30)
    said = cli("plan", "evaluate-on-time", str(train), str(test), "--predictions", str(out))
    assert (said.value["n"], said.value["without_due_day"]) == (120, 2)
    assert said.value["auc"] > 0.8
    assert 0 <= said.value["ece"] < 0.2
    assert 0 <= said.value["brier"] < 0.25
    assert len(out.read_text(encoding="utf-8").splitlines()) == 121
    words = cli("plan", "evaluate-on-time", str(train), str(test), as_json=False).out
    assert "calibration error" in words


def test_nobody_is_compared_with_their_own_outcomes(cli: CommandLine) -> None:
    train, test, apart = (cli.folder / f"{name}.csv" for name in ("train", "test", "apart"))
    _submissions(test, 1000, 20)
    _submissions(apart, 0, 40)
    theirs = test.read_text(encoding="utf-8").splitlines()[1:]
    both = apart.read_text(encoding="utf-8") + "\n".join(theirs) + "\n"
    train.write_text(both, encoding="utf-8")
    mixed = cli("plan", "evaluate-on-time", str(train), str(test)).value
    alone = cli("plan", "evaluate-on-time", str(apart), str(test)).value
    assert mixed.pop("students_in_both") == 20
    mixed.pop("without_due_day", None)
    alone.pop("without_due_day", None)
    assert mixed == alone


def test_what_cannot_be_measured_is_said(cli: CommandLine) -> None:
    small, none = cli.folder / "a.csv", cli.folder / "none.csv"
    _submissions(small, 0, 5)
    none.write_text(
        "student,module,presentation,type,weight,due_day,submitted_day\n1,M,2013J,T,1,,1\n",
        encoding="utf-8",
    )
    train = cli.folder / "t.csv"
    _submissions(train, 0, 30)
    for words, code in (
        (["evaluate-estimates", str(cli.folder / "no")], "file_not_found"),
        (["evaluate-estimates", str(cli.folder)], "file_unreadable"),
        (["evaluate-estimates", str(small)], "table_columns_missing"),
        (["evaluate-on-time", str(small), str(small)], "training_too_small"),
        (["evaluate-on-time", str(train), str(none)], "table_empty"),
    ):
        assert cli("plan", *words).error["code"] == code
    file = cli.folder / "estimates.csv"
    _estimates(file)
    bad = cli("plan", "evaluate-estimates", str(file), "--predictions", str(cli.folder))
    assert bad.error["code"] == "file_unwritable"


def test_what_is_learnt_can_be_asked(cli: CommandLine) -> None:
    task = cli("plan", "add", "write report ~2h #work by tomorrow").value
    said = cli("plan", "estimate", "write essay ~90m #work").value
    assert (said["minutes"], said["own_minutes"], said["corrected"]) == (90, 90, False)
    assert said["low_80"] < 90 < said["high_80"]
    assert cli("plan", "estimate", str(task["id"])).value["title"] == "write report"
    assert cli("plan", "estimate", "999").error["code"] == "task_unknown"
    risk = cli("plan", "risk", str(task["id"])).value
    assert 0 < risk["on_time"] < 1
    assert risk["suggestion"]
    assert risk["urgency"]["points"] > 0
    undated = cli("plan", "add", "think").value["id"]
    assert cli("plan", "risk", str(undated)).value["on_time"] is None
    assert "no deadline" in cli("plan", "risk", str(undated), as_json=False).out
    assert "likely" in cli("plan", "risk", str(task["id"]), as_json=False).out
    assert "about 1 h 30 min" in cli("plan", "estimate", "essay ~90m", as_json=False).out
    insights = cli("plan", "insights").value
    assert len(insights["energy"]) == 7
    words = cli("plan", "insights", as_json=False).out
    assert "focus" in words
    assert "expected, not learnt yet" in words


def test_questions_and_models_on_the_command_line(cli: CommandLine) -> None:
    asked = cli("plan", "question").value["question"]
    assert asked["id"] == "alert"
    assert cli("plan", "question", "--answer", "noon").error["code"] == "answer_invalid"
    assert cli("plan", "question", "--answer", "morning").value["question"]["id"] == "overrun"
    assert "Half as long" in cli("plan", "question", as_json=False).out
    for answer in ("same", "50"):
        last = cli("plan", "question", "--answer", answer).value
    assert last == {"question": None}
    assert cli("plan", "models", "--retrain").value == {"models": []}
    assert "plain rules" in cli("plan", "models", as_json=False).out
    assert cli("plan", "models", "--rollback", "x").error["code"] == "model_kind_unknown"
