"""Courses and decks from elsewhere, into a real history and out again."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.ids import CourseId
from assistant.domain.study import Recall
from assistant.services.core import Core
from assistant.services.study.bringing import BroughtKind
from assistant.services.study.course_library import CourseLibrary
from assistant.tutor.courses.anki_export import ExportedCard, export_anki

MUSIC = CourseId("music-theory")


def _own_course(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(resources() / "courses" / MUSIC, folder)
    file = folder / "course.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'"{MUSIC}"', '"my-music"', 1), encoding="utf-8")
    return folder


def _zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as package:
        for path in folder.rglob("*"):
            package.write(path, Path("inside") / path.relative_to(folder))
    return target


def test_a_course_of_ones_own_is_kept_in_the_history(core: Core, tmp_path: Path) -> None:
    source = _zipped(_own_course(tmp_path), tmp_path / "mine.zip")
    brought = core.study.bringing.bring(source).result(60)
    assert (brought.kind, brought.course) == (BroughtKind.COURSE, "my-music")
    assert brought.concepts > 20
    fresh = CourseLibrary(resources() / "courses", core.workers, core.study.study_repository)
    read = fresh.course(CourseId("my-music"))
    shipped = core.study.library.course(MUSIC)
    assert [concept.id for concept in read.concepts] == [c.id for c in shipped.concepts]
    assert "my-music" in [course.id for course in core.study.enrolments.courses().result(60)]
    core.study.library.remove(CourseId("my-music"))
    with pytest.raises(UserFacingError) as caught:
        core.study.library.course(CourseId("my-music"))
    assert caught.value.code == "course_unknown"


def test_a_course_that_ships_is_neither_replaced_nor_removed(core: Core) -> None:
    with pytest.raises(UserFacingError) as caught:
        core.study.bringing.bring(resources() / "courses" / MUSIC).result(60)
    assert caught.value.code == "course_exists"
    with pytest.raises(UserFacingError) as caught:
        core.study.library.remove(MUSIC)
    assert caught.value.code == "course_ships"


def test_cards_go_out_to_anki_and_come_back_once(core: Core, tmp_path: Path) -> None:
    target = tmp_path / "music.apkg"
    count = core.study.bringing.export_cards(MUSIC, target).result(60)
    first = core.study.bringing.bring(target).result(60)
    again = core.study.bringing.bring(target).result(60)
    assert (first.kind, first.cards, again.cards) == (BroughtKind.ANKI, count, 0)
    session = core.study.reviews.session(first.course).result(60)
    assert session.new == 20
    fronts = {card.front for card in core.study.card_repository().all(first.course)}
    course = core.study.library.course(MUSIC)
    assert {card.front for concept in course.concepts for card in concept.cards} == fronts


def test_a_whole_collection_comes_as_the_decks_it_has_and_each_can_be_removed(
    core: Core, tmp_path: Path
) -> None:
    target = tmp_path / "all.colpkg"
    places = (("Verbs", "Past"), ("Verbs",), ("Bones",), ("Bones", "Hand"))
    cards = [ExportedCard(f"{n}", deck, f"{n}?", "!") for n, deck in enumerate(places)]
    assert export_anki(cards, tmp_path / "all.apkg") == 4
    (tmp_path / "all.apkg").rename(target)
    brought = core.study.bringing.bring(target).result(60)
    assert (brought.course, brought.title, brought.cards) == ("", "2 decks of all.colpkg", 4)
    decks = core.study.decks.decks().result(60)
    assert [(deck.title, deck.cards) for deck in decks] == [("Bones", 2), ("Verbs", 2)]
    assert core.study.today.look().result(60).decks == decks
    card = core.study.reviews.session(decks[0].id).result(60).cards[0]
    core.study.reviews.answer(card.id, Recall.GOOD, 3.0).result(60)
    assert core.study.decks.remove(decks[0].id).result(60) == 2
    assert [deck.title for deck in core.study.decks.decks().result(60)] == ["Verbs"]
    assert core.study.reviews.session().result(60).new == 2
    left = core.workers.on_store(lambda: core.study.card_repository().reviews()).result(60)
    assert not left, "nor is it counted among the reviews"


def test_our_own_deck_is_known_again_and_doubles_no_card(core: Core, tmp_path: Path) -> None:
    target, course = tmp_path / "music.apkg", core.study.library.course(MUSIC)
    count = core.study.bringing.export_cards(MUSIC, target).result(60)
    every = [concept.id for concept in course.concepts]
    assert core.study.reviews.take_in(course, every).result(60) == count
    before = core.study.card_repository().all()
    brought = core.study.bringing.bring(target).result(60)
    assert (brought.course, brought.cards) == (MUSIC, 0)
    assert brought.skipped == (f"{count} cards are those of “Music theory”, and here already.",)
    assert core.study.card_repository().all() == before


def test_a_deck_from_elsewhere_keeps_its_title(core: Core, tmp_path: Path) -> None:
    card = ExportedCard("somewhere/else/one", ("Español básico",), "perro", "dog")
    export_anki([card], tmp_path / "deck.apkg")
    brought = core.study.bringing.bring(tmp_path / "deck.apkg").result(60)
    assert (brought.course, brought.cards) == ("anki-espanol-basico", 1)
    assert core.study.library.title(brought.course) == "Español básico"
    assert core.study.library.own() == ()  # it is no course


def test_a_deck_that_comes_again_leaves_what_was_rewritten(core: Core, tmp_path: Path) -> None:
    words = (("perro", "dog"), ("gato", "cat"), ("pez", "fish"))
    cards = [ExportedCard(front, ("Animals",), front, back) for front, back in words]
    export_anki(cards, tmp_path / "deck.apkg")
    deck = core.study.bringing.bring(tmp_path / "deck.apkg").result(60).course
    card = next(one for one in core.study.card_repository().all(deck) if one.front == "perro")
    core.study.reviews.rewrite(card.id, "el perro", "the dog").result(60)
    changed = [ExportedCard(front, ("Animals",), front, f"a {back}") for front, back in words]
    export_anki(changed, tmp_path / "newer.apkg")
    again = core.study.bringing.bring(tmp_path / "newer.apkg").result(60)
    assert (again.course, again.cards) == (deck, 0)
    assert again.skipped == ("1 card that you rewrote keeps your words.",)
    there = {one.front: one.back for one in core.study.card_repository().all(deck)}
    assert there == {"el perro": "the dog", "gato": "a cat", "pez": "a fish"}


def test_cards_of_a_course_that_were_rewritten_stay_so(core: Core, tmp_path: Path) -> None:
    target, course = tmp_path / "music.apkg", core.study.library.course(MUSIC)
    core.study.bringing.export_cards(MUSIC, target).result(60)
    every = [concept.id for concept in course.concepts]
    core.study.reviews.take_in(course, every).result(60)
    card = core.study.card_repository().all(MUSIC)[0]
    core.study.reviews.rewrite(card.id, "mine", "my own").result(60)
    told = core.study.bringing.bring(target).result(60).skipped
    core.study.reviews.take_in(course, every).result(60)
    kept = core.study.card_repository().get(card.id)
    assert kept is not None
    assert (kept.front, kept.back, kept.rewritten) == ("mine", "my own", True)
    assert told[-1] == "1 card that you rewrote keeps your words."


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("note.txt", b"no course", "course_format_unknown"),
        ("broken.zip", b"PK\x03\x04broken", "course_format_unknown"),
        ("broken.apkg", b"PK\x03\x04broken", "anki_broken"),
    ],
)
def test_what_is_no_course_is_refused_in_words(
    core: Core, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserFacingError) as caught:
        core.study.bringing.bring(path).result(60)
    assert caught.value.code == code
    with pytest.raises(UserFacingError) as caught:
        core.study.bringing.bring(tmp_path / "gone").result(60)
    assert caught.value.code == "file_not_found"


def test_a_zip_writes_nowhere_else_and_is_bounded(
    core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "hostile.zip"
    with zipfile.ZipFile(hostile, "w") as package:
        for name in ("../../escaped.txt", "/escaped.txt", "C:/escaped.txt", "..\\escaped.txt"):
            package.writestr(name, "escaped")
        package.writestr("course.toml", "")
    with pytest.raises(UserFacingError) as caught:
        core.study.bringing.bring(hostile).result(60)
    assert caught.value.code == "course_broken"
    assert not list(tmp_path.parent.rglob("escaped.txt"))
    assert not Path("/escaped.txt").exists()
    monkeypatch.setattr("assistant.services.study.bringing._MOST_UNPACKED_BYTES", 3)
    with pytest.raises(UserFacingError) as caught:
        core.study.bringing.bring(hostile).result(60)
    assert caught.value.code == "course_too_large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["pipe.zip", "pipe.apkg"])
def test_a_pipe_that_never_ends_is_refused_at_once(core: Core, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(UserFacingError) as refused:
        core.study.bringing.bring(tmp_path / name).result(60)
    assert refused.value.code == "course_format_unknown"


def test_a_broken_package_is_called_by_its_own_name(core: Core, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "piano.zip", "w") as package:
        package.writestr("course.toml", "format = 1")
    with pytest.raises(UserFacingError, match="“piano” cannot be used"):
        core.study.bringing.bring(tmp_path / "piano.zip").result(60)


def test_another_course_under_the_same_id_is_replaced_only_when_asked(
    core: Core, tmp_path: Path
) -> None:
    folder, mine = _own_course(tmp_path), CourseId("my-music")
    bring = core.study.bringing.bring
    bring(folder).result(60)
    assert bring(folder).result(60).course == mine  # the very same one again
    core.study.enrolments.enrol(mine).result(60)
    first = core.study.library.course(mine).concepts[0]
    given = core.study.practice.next(mine, first.id).result(60)
    core.study.practice.answer(given.exercise.id, given.exercise.key.answer, 3.0).result(60)
    file = folder / "course.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"Music theory"', '"Another"', 1), encoding="utf-8")
    with pytest.raises(UserFacingError) as refused:
        bring(folder).result(60)
    assert refused.value.code == "course_replaces"
    assert refused.value.message == "“Music theory” is here already under the name “my-music”."
    count = len(core.study.library.course(mine).concepts)
    assert f"stays with the {count} of its {count} concepts" in refused.value.hint
    assert core.study.library.course(mine).title == "Music theory"
    assert bring(folder, replace=True).result(60).title == "Another"
    assert core.study.library.course(mine).title == "Another"
    attempts = core.workers.on_store(lambda: core.study.study_repository().attempts(mine))
    assert [one.concept for one in attempts.result(60)] == [first.id]


def test_it_tells_how_far_it_is_and_a_cancel_leaves_nothing(core: Core, tmp_path: Path) -> None:
    source = _zipped(_own_course(tmp_path), tmp_path / "mine.zip")
    told: list[tuple[float, str]] = []
    job = core.study.bringing.bring(source)

    def hear(part: float, doing: str) -> None:
        told.append((part, doing))
        if doing == "Reading":
            job.cancel()

    job.on_progress(hear)
    with pytest.raises(Cancelled):
        job.result(60)
    assert told == sorted(told)
    assert {doing for _, doing in told} <= {"Unpacking", "Reading"}
    assert core.study.library.own() == ()


def test_a_title_with_control_characters_is_refused_in_words(core: Core, tmp_path: Path) -> None:
    folder = _own_course(tmp_path)
    file = folder / "course.toml"
    text = file.read_text(encoding="utf-8")
    for odd in ("\\u0000", "\\n", "\\u001b[31m", "\\u0085"):
        changed = text.replace('"Music theory"', f'"Music{odd} theory"', 1)
        file.write_text(changed, encoding="utf-8")
        with pytest.raises(UserFacingError) as refused:
            core.study.bringing.bring(folder).result(60)
        assert "line breaks or control characters" in str(refused.value) + refused.value.hint
