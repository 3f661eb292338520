"""What goes out to Anki can be read back, and goes to the same cards each time."""

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.store.anki_deck import read_anki
from assistant.tutor.courses.anki_export import ExportedCard, as_html, cards_of, export_anki
from assistant.tutor.courses.reading import read_course
from tests.unit.tutor.courses.conftest import SAMPLE


def test_a_course_goes_out_and_comes_back(tmp_path: Path) -> None:
    course = read_course(SAMPLE)
    assert export_anki(cards_of(course), tmp_path / "cards.apkg") == 2
    deck = read_anki(tmp_path / "cards.apkg")
    assert deck.skipped == ()
    assert [(card.deck, card.front, card.back) for card in deck.cards] == [
        (
            ("Small sums", "Adding"),
            "Does the order matter when you add?",
            "No: $a + b = b + a$.",
        ),
        (("Small sums", "Adding"), "What is it to double?", "To add a number to itself."),
    ]
    assert deck.cards[0].tags == ("small-sums", "adding")


def identities(path: Path, folder: Path) -> list[tuple[str, int, int]]:
    with zipfile.ZipFile(path) as package:
        package.extract("collection.anki2", folder)
    database = sqlite3.connect(folder / "collection.anki2")
    rows = database.execute("SELECT guid, mid, did FROM notes JOIN cards ON nid = notes.id")
    found = sorted(rows.fetchall())
    database.close()
    return found


def test_a_second_export_updates_the_same_cards(tmp_path: Path) -> None:
    cards = cards_of(read_course(SAMPLE))
    export_anki(cards, tmp_path / "one.apkg")
    changed = [replace(card, back="Changed.") for card in cards]
    export_anki(changed, tmp_path / "two.apkg")
    one = identities(tmp_path / "one.apkg", tmp_path / "a")
    assert one == identities(tmp_path / "two.apkg", tmp_path / "b")
    assert len({guid for guid, _, _ in one}) == 2


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("$a<b$ and $$x^2$$", r"\(a&lt;b\) and \[x^2\]"),
        ("a `$x$` b", "<code>$x$</code>"),
        ("it is $5 or $6", "it is $5 or $6"),
        ("**bold** *thin*", "<strong>bold</strong> <em>thin</em>"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("```\nif a < b:\n```", "<pre><code>if a &lt; b:\n</code></pre>"),
        (r"$\frac{{1}}{2}_a*b*c$", r"\(\frac{{1}}{2}_a*b*c\)"),
    ],
)
def test_markdown_becomes_html_of_a_field(markdown: str, wanted: str) -> None:
    assert wanted in as_html(markdown)


@pytest.mark.parametrize(
    "text", ["$x_1$ is 5", "a * b", "costs 3$", "`code` here", "- one\n- two", "a\n\nb"]
)
def test_what_went_out_comes_back_the_same_when_sent_again(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cards.apkg"
    export_anki([ExportedCard("k", ("D",), text, text)], path)
    (first,) = read_anki(path).cards
    export_anki([ExportedCard("k", ("D",), first.front, first.back)], path)
    (second,) = read_anki(path).cards
    assert (second.key, second.front, second.back) == (first.key, first.front, first.back)


def test_nothing_to_export_and_nowhere_to_write_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as caught:
        export_anki([], tmp_path / "cards.apkg")
    assert caught.value.code == "anki_nothing"
    with pytest.raises(EnvironmentProblem) as full:
        export_anki(cards_of(read_course(SAMPLE)), tmp_path / "missing" / "cards.apkg")
    assert full.value.code == "anki_not_written"
    assert list(tmp_path.iterdir()) == []
