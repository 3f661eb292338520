"""What is said of a removed model, of one that is used in place, and where the keys go then."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo, ModelRole
from assistant.services.roles import RoleAssignment
from assistant.services.storage import Removed
from assistant.ui.library.entries import Entry, entry_facts, spoken
from assistant.ui.library.removal import removed_words
from tests.helpers.model_entries import FITS, OWN, STARTER

LINKED = replace(OWN, id=ModelId("in-place"), name="Theirs", owner="Ollama", path=Path("x"))


def passed(model: ModelInfo | None, *roles: ModelRole) -> tuple[RoleAssignment, ...]:
    return tuple(RoleAssignment(role, model, chosen=False) for role in roles)


@pytest.mark.parametrize(
    ("removed", "words"),
    [
        (Removed(OWN, None, was_default=False), "My model is removed."),
        (
            Removed(OWN, None, False, passed(LINKED, ModelRole.SMALL, ModelRole.MEDIUM)),
            "My model is removed. Theirs, in place from Ollama, is the small and medium model now.",
        ),
        (
            Removed(
                OWN,
                None,
                False,
                passed(STARTER, ModelRole.SMALL) + passed(None, ModelRole.CODE),
            ),
            "My model is removed. SmolLM2 135M is the small model now. There is no code model now.",
        ),
        (
            Removed(LINKED, None, was_default=False),
            "Theirs is not used any more; its file stays where it is.",
        ),
    ],
)
def test_a_removal_says_whose_file_stays_and_what_answers_now(removed: Removed, words: str) -> None:
    assert removed_words(removed) == words


def test_a_model_that_is_used_in_place_says_whose_it_is() -> None:
    entry = Entry(LINKED, FITS, roles=(ModelRole.CODE,))
    assert entry_facts(entry) == "Code model · in place from Ollama · Apache-2.0 · 4-bit"
    assert "in place from Ollama" in spoken(entry)
    found = replace(entry, found=True)
    assert "Ollama" not in entry_facts(found), "it stands under its owner's name"
    assert "in place" not in entry_facts(Entry(OWN, FITS))
