"""A course of the learner's own from the command line."""

from tests.unit.cli.conftest import CommandLine


def test_a_course_is_drafted_edited_taken_and_thrown_away(cli: CommandLine) -> None:
    drafted = cli("study", "draft", "Bread", "--outline").value
    assert (drafted["kept"], drafted["model"]) == (True, "")
    first = drafted["units"][0]["concepts"][0]
    edit = ("study", "edit", "bread")
    cli(*edit, "rename", first, "Flour", "and", "water", "--summary", "Can tell flours apart.")
    cli(*edit, "unit", "1", "Before", "baking")
    cli(*edit, "add", "Selling", "bread", "--unit", "4", "--unit-title", "Trade")
    cli(*edit, "requires", "selling-bread", first)
    cli(*edit, "move", "selling-bread", "--unit", "1", "--position", "1")
    value = cli(*edit, "remove", "what-often-goes-wrong").value
    assert value["units"][0] == {
        "title": "Before baking",
        "concepts": ["selling-bread", first, "words-and-ideas-to-begin-with"],
    }
    known = {one["id"]: one for one in value["concept_list"]}
    assert known[first]["title"] == "Flour and water"
    assert known["selling-bread"]["requires"] == [first]
    assert cli("study", "enroll", "bread").value["course"] == "bread"
    assert cli("study", "discard", "bread").value["discarded"] is True
    assert cli(*edit, "remove", first).error["code"] == "course_unknown"


def test_a_draft_can_be_looked_at_without_keeping_it(cli: CommandLine) -> None:
    shown = cli("study", "draft", "Bread", "--show", as_json=False)
    assert "What Bread is about" in shown.out
    assert "nothing that could be used" in shown.out
    assert cli("study", "discard", "bread").error["code"] == "course_unknown"
    own = cli("study", "draft", "Bread", "--title", "Flour", "--title", "Dough", "--title", "Oven")
    assert [one["title"] for one in own.value["concept_list"]] == ["Flour", "Dough", "Oven"]
    for wrong in (("unit", "x", "T"), ("unit", "²", "T"), ("rename", "flour"), ("move", "flour")):
        assert cli("study", "edit", "bread", *wrong).error["code"] == "course_edit"
