"""Corrections are used only where they were better before, by both measures."""

from assistant.planner.learning.trusting import Trust


def learnt(trust: Trust, person: str, corrected: float, actual: float, times: int) -> None:
    for _ in range(times):
        trust.learn(person, 2.0, corrected, actual)


def test_nothing_is_trusted_before_it_has_proved_better() -> None:
    trust = Trust()
    assert not trust.has("a")
    learnt(trust, "a", 3.0, 4.0, 3)
    assert not trust.has("a")
    learnt(trust, "a", 2.0, 4.0, 5)  # no correction tells nothing of corrections
    assert not trust.has("a")
    learnt(trust, "a", 3.0, 4.0, 1)
    assert trust.has("a")


def test_few_outcomes_have_to_speak_clearly() -> None:
    mixed = Trust()
    for _ in range(2):
        learnt(mixed, "a", 3.0, 4.0, 3)
        learnt(mixed, "a", 3.0, 2.2, 2)
    assert not mixed.has("a")
    learnt(mixed, "a", 3.0, 4.0, 2)
    assert mixed.has("a")


def test_both_measures_have_to_be_better() -> None:
    # Most are spoilt a little, a few much improved: nearer on average, worse at the middle.
    middle = Trust()
    learnt(middle, "a", 2.2, 2.0, 12)
    learnt(middle, "a", 8.0, 8.0, 8)
    assert not middle.has("a")
    # Most are improved a little, a few spoilt much.
    mean = Trust()
    learnt(mean, "a", 2.2, 2.4, 12)
    learnt(mean, "a", 8.0, 2.0, 8)
    assert not mean.has("a")


def test_ones_own_past_counts_before_that_of_others() -> None:
    trust = Trust()
    learnt(trust, "many", 3.0, 4.0, 60)
    learnt(trust, "right", 3.0, 2.0, 11)
    assert trust.has("right")
    learnt(trust, "right", 3.0, 2.0, 1)
    assert not trust.has("right")
    assert trust.has("new")


def test_what_is_long_past_is_forgotten() -> None:
    trust = Trust()
    learnt(trust, "a", 3.0, 2.0, 150)
    assert not trust.has("a")
    learnt(trust, "a", 3.0, 4.0, 149)
    assert trust.has("a")
