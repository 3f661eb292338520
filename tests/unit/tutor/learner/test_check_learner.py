"""The measure itself: what it reads, that no way to foretell looks ahead, and its scores."""

from pathlib import Path

import check_learner
import fit_learner
import pytest
from learner.answers import Answer, halves, read, read_sets, simulated
from learner.foretelling import elo, last_answer, mean_of, ours, pfa, rated
from learner.scores import scores, within

from assistant.tutor.learner.ability import AbilityModel


def test_doubled_rows_are_left_out_and_answers_put_in_order(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_text(
        "order_id,user_id,skill_id,problem_id,correct\n"
        "2,a,s1,p2,1\n1,a,s1,p1,0\n2,a,s2,p2,1\n3,a,,p3,1\n4,b,s1,p1,2\n5,b,s1,p1,1\n",
        encoding="utf-8",
    )
    found, doubled = read(table)
    assert doubled == 1
    assert found == {"a": [Answer("s1", False), Answer("s1", True)], "b": [Answer("s1", True)]}
    table.write_text("user_id,correct\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="concept"):
        read(table)


def test_problem_sets_stand_by_themselves_and_people_stay_in_one_half(tmp_path: Path) -> None:
    (tmp_path / "adding.txt").write_text("7 0 1 1\n8 1 1 1\n7 0 0 0\n9 0 0 1\n", encoding="utf-8")
    (tmp_path / "taking.txt").write_text("7 1 1\n8 0 1\n", encoding="utf-8")
    found, doubled = read_sets(tmp_path)
    assert doubled == 1
    assert found["7/adding"] == [Answer("adding", one) for one in (False, True, True)]
    assert len(found) == 5
    training, judged = halves(found)
    assert set(training) == {"7/adding", "7/taking", "9/adding"}
    assert set(judged) == {"8/adding", "8/taking"}
    told = rated(training)
    assert told["adding"] == 3.0 > told["taking"]
    (tmp_path / "taking.txt").write_text("7 1 2\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 1"):
        read_sets(tmp_path)


def test_no_way_looks_at_the_answer_itself_or_later() -> None:
    sequences, requires = simulated(6, seed=1, concepts=5, answers=30)
    first, *others = sequences.values()
    training = dict(enumerate(others))
    cut = 17
    changed = [
        Answer(one.concept, one.right if at < cut else not one.right, one.when, one.difficulty)
        for at, one in enumerate(first)
    ]
    named = {str(name): some for name, some in training.items()}
    told = ours(requires, difficulties=rated(named))
    for way in (ours(requires), told, mean_of(named), last_answer(named), pfa(named), elo(named)):
        before, after = way(first), way(changed)
        assert len(before) == len(first)
        assert before[: cut + 1] == after[: cut + 1]


def test_scores() -> None:
    perfect = scores([0.1, 0.2, 0.8, 0.9], [False, False, True, True])
    assert perfect.auc == 1.0
    tied = scores([0.5] * 4, [False, True, False, True])
    assert tied.auc == 0.5
    assert tied.brier == 0.25
    assert scores([0.2, 0.8, 0.4], [True, False, True]).auc == 0.0


def test_within_groups_the_difference_between_them_counts_for_nothing() -> None:
    # Between the groups all is foretold; within them once rightly and once the wrong way round.
    foretold, came = [0.1, 0.2, 0.8, 0.9], [False, True, True, False]
    assert within(foretold, came, ["a", "a", "b", "b"]) == 0.5
    assert within([0.5, 0.5], [False, True], ["a", "a"]) == 0.5


def test_a_fit_lowers_the_loss_and_keeps_the_figures_in_their_bounds() -> None:
    sequences, _ = simulated(8, seed=5, concepts=3, answers=12)

    def loss(model: AbilityModel) -> float:
        return fit_learner.log_loss(model, sequences, sequences)

    found = fit_learner.fitted(loss)
    assert loss(found) < loss(AbilityModel())
    assert min(found.general_sd, found.concept_sd, found.drift_sd) > 0.0
    assert min(found.gain, found.slip) >= 0.0


def test_our_model_orders_simulated_answers_better_than_the_last_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check_learner.main(["--simulate", "24", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("SIMULATED")
    auc = {
        line[:18].strip(): float(line[18:26])
        for line in said.splitlines()
        if line[18:26].strip().startswith("0.")
    }
    assert auc["ours, untrained"] > auc["last answer"] > auc["mean of concept"] - 0.05
