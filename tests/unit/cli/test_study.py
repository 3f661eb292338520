"""Studying from the command line: a course from its first exercise to its reviews."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import CommandLine

ALGEBRA = "algebra-and-arithmetic"


def key_of(exercise: str) -> str:
    """The answer of an authored exercise, or of one that can be made again."""
    from assistant.config.paths import resources
    from assistant.domain.ids import ConceptId, ExerciseId
    from assistant.tutor.courses.reading import read_course
    from assistant.tutor.making import ExerciseMaker

    course = read_course(resources() / "courses" / ALGEBRA)
    for concept in course.concepts:
        for one in concept.exercises:
            if one.id == exercise:
                return one.key.answer
    made = ExerciseMaker().again(ExerciseId(exercise), ConceptId("x"))
    assert made is not None
    return made.key.answer


def test_the_courses_are_listed_with_what_they_are_made_of(cli: CommandLine) -> None:
    courses = {course["id"]: course for course in cli("study", "courses").value["courses"]}
    assert set(courses) == {ALGEBRA, "music-theory", "python-from-zero"}
    assert courses["python-from-zero"]["concepts"] >= 40
    assert not courses[ALGEBRA]["taken"]
    one = cli("study", "courses", ALGEBRA).value
    assert {concept["standing"] for concept in one["concept_list"]} == {"not_started"}
    ids = [concept["id"] for concept in one["concept_list"]]
    for at, concept in enumerate(one["concept_list"]):
        assert set(concept["requires"]) <= set(ids[:at])
    words = cli("study", "courses", ALGEBRA, as_json=False).out
    assert "Algebra and arithmetic" in words
    assert ids[-1] in words


def test_an_exercise_is_given_answered_and_counts(cli: CommandLine) -> None:
    assert cli("study", "next").error["code"] == "not_enrolled"
    assert cli("study", "enroll", ALGEBRA, "--hours", "2").value["hours_a_week"] == 2
    given = cli("study", "next").value
    exercise = given["exercise"]
    assert given["prompt"]
    assert given["why"]
    assert [rung["state"] for rung in given["rungs"]] == ["locked"] * 4
    assert cli("study", "hint", exercise).error["code"] == "hint_locked"
    wrong = cli("study", "answer", exercise, "-987654").value
    assert (wrong["correct"], wrong["recorded"]) == (False, True)
    hint = cli("study", "hint", exercise).value
    assert (hint["rung"], hint["credit"]) == (1, 0.95)
    assert hint["text"]
    right = cli("study", "answer", exercise, key_of(exercise), "--seconds", "9.5").value
    assert (right["correct"], right["worth"], right["unaided"]) == (True, 0.95, False)
    assert cli("study", "answer", exercise, "1").error["code"] == "exercise_unknown"
    assert cli("study", "next", ALGEBRA).value["exercise"] != exercise
    progress = cli("study", "progress").value
    [course] = progress["courses"]
    begun = [one for one in course["concepts"] if one["standing"] != "not_started"]
    assert [one["concept"] for one in begun] == [given["concept"]]
    assert progress["days"][0]["answers"] == 2
    assert progress["last_seven"][-1] is True


def test_an_answer_may_come_from_a_file(cli: CommandLine) -> None:
    cli("study", "enroll", ALGEBRA)
    exercise = cli("study", "next").value["exercise"]
    answer = cli.folder / "answer.txt"
    answer.write_text(f"{key_of(exercise)}\n", encoding="utf-8")
    assert cli("study", "answer", exercise, "--file", str(answer)).value["correct"] is True
    answer.write_bytes(b"\xff\xfe\x00")
    exercise = cli("study", "next").value["exercise"]
    refused = cli("study", "answer", exercise, "--file", str(answer)).error
    assert refused["code"] == "not_text"
    both = cli("study", "answer", exercise, "1", "--file", str(answer)).error
    assert both["code"] == "usage"
    gone = cli("study", "answer", exercise, "--file", str(cli.folder / "gone")).error
    assert gone["code"] == "file_unreadable"


def test_just_tell_me_shows_the_solution_and_is_recorded(cli: CommandLine) -> None:
    cli("study", "enroll", ALGEBRA)
    exercise = cli("study", "next").value["exercise"]
    told = cli("study", "hint", exercise, "--tell").value
    assert (told["rung"], told["credit"]) == (4, 0.0)
    assert told["text"]
    assert cli("study", "next").value["exercise"] != exercise
    assert cli("study", "progress").value["answers"]["count"] == 0


def test_a_way_to_a_goal_is_planned(cli: CommandLine) -> None:
    words = ("study", "plan", ALGEBRA, "--learn", "quadratic equations", "--hours", "2")
    plan = cli(*words).value
    assert plan["reachable"]
    assert plan["path"][-1] in plan["goals"]
    assert plan["sessions"]
    tight = cli(*words, "--by", "2026-12-01", "--now", "2026-11-21T10:00:00+00:00").value
    assert tight["reachable"] is False
    assert tight["ways_out"]["later"] > "2026-12-01"
    assert cli("study", "plan", ALGEBRA, "--goal", "nothing").error["code"] == "study_goal"
    assert cli("study", "plan", ALGEBRA, "--hours", "0").error["code"] == "study_hours"
    assert cli("study", "plan", "nothing").error["code"] == "course_unknown"


def test_cards_are_reviewed_and_come_back_later(cli: CommandLine) -> None:
    deck = cli.folder / "deck.apkg"
    out = cli("study", "export", "music-theory", str(deck)).value
    brought = cli("study", "import", str(deck)).value
    assert (brought["kind"], brought["cards"]) == ("anki", out["cards"])
    at = ("--now", "2026-11-21T10:00:00+00:00")
    session = cli("study", "review", *at).value
    assert (session["due"], session["new"]) == (0, 20)
    card = str(session["cards"][0]["card"])
    answered = cli("study", "review", card, "easy", *at).value
    assert answered["due"] > "2026-11-25"
    later = cli("study", "review", "--now", "2027-01-21T10:00:00+00:00").value
    assert later["due"] == 1
    assert cli("study", "review", "--course", "nope").error["code"] == "course_unknown"
    assert cli("study", "review", card).error["code"] == "recall_missing"
    assert cli("study", "review", "99999", "good").error["code"] == "card_unknown"
    assert "Nothing is due" not in cli("study", "review", as_json=False).out


def test_leaving_keeps_and_forgetting_does_not(cli: CommandLine) -> None:
    cli("study", "enroll", ALGEBRA)
    exercise = cli("study", "next").value["exercise"]
    cli("study", "answer", exercise, key_of(exercise))
    assert cli("study", "leave", ALGEBRA).value["forgotten"] is False
    assert cli("study", "next", ALGEBRA).error["code"] == "not_enrolled"
    cli("study", "enroll", ALGEBRA)
    assert cli("study", "progress").value["days"]
    assert cli("study", "leave", ALGEBRA, "--forget").value["forgotten"] is True
    assert cli("study", "progress").value["days"] == []


def test_a_wish_that_makes_no_sense_is_refused_and_nothing_is_taken(cli: CommandLine) -> None:
    enroll = ("study", "enroll", ALGEBRA)
    for hours in ("nan", "inf", "-4", "0", "61"):
        assert cli(*enroll, "--hours", hours).error["code"] == "study_hours"
    assert cli(*enroll, "--by", "2020-01-01").error["code"] == "study_deadline"
    assert cli(*enroll, "--by", "whenever").error["code"] == "day_unclear"
    courses = cli("study", "courses").value["courses"]
    assert not any(course["taken"] for course in courses)
    with pytest.raises(SystemExit):
        cli("study", "review", "9" * 30, "good")


@pytest.mark.parametrize(("words", "day"), [("tomorrow", 22), ("in 3 days", 24)])
def test_until_when_may_be_said_in_words(cli: CommandLine, words: str, day: int) -> None:
    now = ("--now", "2026-11-21T10:00:00+00:00")
    taken = cli("study", "enroll", ALGEBRA, "--by", words, *now).value
    assert taken["deadline"] == f"2026-11-{day}"
    planned = cli("study", "plan", ALGEBRA, "--hours", "5", "--by", words, *now)
    assert planned.value["course"] == ALGEBRA


def test_an_answer_that_nobody_timed_counts_from_when_it_was_asked(cli: CommandLine) -> None:
    def at(clock: str) -> tuple[str, str]:
        return ("--now", f"2026-11-21T{clock}+00:00")

    cli("study", "enroll", ALGEBRA, *at("10:00:00"))
    given = cli("study", "next", *at("10:00:00")).value
    cli("study", "answer", given["exercise"], "123456789", *at("10:01:30"))
    cli("study", "answer", given["exercise"], "123456789", *at("10:02:00"))
    cli("study", "answer", given["exercise"], "123456789", *at("11:30:00"))
    (day,) = cli("study", "progress", *at("11:31:00")).value["days"]
    assert day["minutes"] == 7  # one and a half, a half, and of the long pause five


def test_a_folder_that_is_no_course_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused = cli("study", "import", str(tmp_path / "empty")).error
    assert refused["code"] == "course_format_unknown"
    assert cli("study", "courses", "nothing").error["code"] == "course_unknown"
    assert cli("study", "enroll", "nothing").error["code"] == "course_unknown"


def test_another_course_of_the_same_id_takes_its_place_only_when_asked(
    cli: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    (folder / "concepts").mkdir(parents=True)
    course = (
        'id = "mine"\nversion = 1\ntitle = "{}"\ndescription = "d"\nlanguage = "en"\n'
        'subject = "other"\nunits = [{{ title = "U", concepts = ["one"] }}]\n'
    )
    concept = 'format = 1\ntitle = "One"\nsummary = "s"\n'
    (folder / "concepts" / "one.toml").write_text(concept, encoding="utf-8")
    (folder / "course.toml").write_text(course.format("First"), encoding="utf-8")
    assert cli("study", "import", str(folder)).value["course"] == "mine"
    (folder / "course.toml").write_text(course.format("Second"), encoding="utf-8")
    refused = cli("study", "import", str(folder)).error
    assert refused["code"] == "course_replaces"
    assert "“--replace” replaces it." in refused["hint"]
    assert cli("study", "import", str(folder), "--replace").value["title"] == "Second"


def test_another_kind_is_proposed_by_the_model_or_it_says_that_none_was_proved(
    cli: CommandLine,
) -> None:
    cli("study", "enroll", ALGEBRA)
    asked = ("study", "next", ALGEBRA, "--concept", "fractions-adding", "--proposed")
    done = cli(*asked)
    if done.code:
        assert done.error["code"] == "nothing_proposed"
        assert "What was wrong" in done.error["hint"]
    else:
        assert done.value["title"] == "Proposed by a model, and proved"
        assert done.value["proof"]["by"] == "algebra"
        assert done.value["proposals"] >= 1
