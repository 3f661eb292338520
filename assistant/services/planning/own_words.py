"""The user's own words: visible, editable, and learnt from corrections."""

from collections.abc import Callable, Sequence

from assistant.domain.errors import UserFacingError
from assistant.planner.quick_add.teaching import learn
from assistant.planner.quick_add.vocabulary import (
    MOST_WORDS,
    Correction,
    Entry,
    Vocabulary,
    normal,
)
from assistant.services.jobs import Job
from assistant.services.planning.desk import PlanningDesk
from assistant.store.plan_settings import PlanSettingsRepository

_LONGEST = 200


class OwnWords:
    """The personal vocabulary.

    Args:
        desk: Where planning is written.
        settings: Gives the vault's repository, on the store thread.
    """

    def __init__(self, desk: PlanningDesk, settings: Callable[[], PlanSettingsRepository]) -> None:
        self._desk = desk
        self._settings = settings

    def vocabulary(self) -> Job[Vocabulary]:
        """All of it."""
        return self._desk.work(lambda _: self.vocabulary_now())

    def teach(self, phrase: str, meaning: str) -> Job[Vocabulary]:
        """Teaches a phrase: what to read in its place, or nothing where it is only a word.

        Raises (from the job):
            UserFacingError: It cannot be a phrase (``phrase_unusable``).
        """

        def work(_: object) -> Vocabulary:
            before = self.vocabulary_now()
            after = before.with_entry(phrase, meaning)
            if after == before or max(len(phrase), len(meaning)) > _LONGEST:
                raise _unusable(phrase)
            self._keep(before, after, f"Teach “{normal(phrase)[:60]}”")
            return after

        return self._desk.work(work)

    def change(self, old: str, phrase: str, meaning: str) -> Job[Vocabulary]:
        """Puts a phrase and its meaning in place of one that is known, as one step.

        Raises (from the job):
            UserFacingError: It is not known (``phrase_unknown``), or cannot be a phrase
                (``phrase_unusable``).
        """

        def work(_: object) -> Vocabulary:
            before = self.vocabulary_now()
            if before.meaning(old) is None:
                raise _unknown(old)
            after = before.without(old).with_entry(phrase, meaning)
            if after.meaning(phrase) is None or max(len(phrase), len(meaning)) > _LONGEST:
                raise _unusable(phrase)
            self._keep(before, after, f"Change “{normal(old)[:60]}”")
            return after

        return self._desk.work(work)

    def forget(self, phrase: str) -> Job[Vocabulary]:
        """Forgets a phrase.

        Raises (from the job):
            UserFacingError: It is not known (``phrase_unknown``).
        """

        def work(_: object) -> Vocabulary:
            before = self.vocabulary_now()
            after = before.without(phrase)
            if after == before:
                raise _unknown(phrase)
            self._keep(before, after, f"Forget “{normal(phrase)[:60]}”")
            return after

        return self._desk.work(work)

    # On the store thread

    def vocabulary_now(self) -> Vocabulary:
        """As ``vocabulary``."""
        return Vocabulary(tuple(Entry(*one) for one in self._settings().words()))

    def learn_now(self, text: str, corrections: Sequence[Correction]) -> Vocabulary:
        """Learns what a person's own words in a line really mean."""
        before = self.vocabulary_now()
        after = learn(before, text, corrections)
        self._keep(before, after, "Learn your words")
        return after

    def _keep(self, before: Vocabulary, after: Vocabulary, words: str) -> None:
        kept, known = set(after.entries), set(before.entries)
        if kept == known:
            return
        phrases = {entry.phrase for entry in after.entries}
        with self._desk.step(words) as writes:
            for entry in before.entries:
                if entry.phrase not in phrases:
                    writes.forget_word(entry.phrase)
            for entry in after.entries:
                if entry not in known:
                    writes.keep_word(entry.phrase, entry.meaning, entry.taught)


def _unusable(phrase: str) -> UserFacingError:
    return UserFacingError(
        f"“{phrase[:60]}” cannot be taught.",
        f"Teach one to {MOST_WORDS} words that mean something else.",
        code="phrase_unusable",
    )


def _unknown(phrase: str) -> UserFacingError:
    return UserFacingError(
        f"“{phrase[:60]}” is not among your own words.",
        "“assistant plan vocabulary” lists them.",
        code="phrase_unknown",
    )
