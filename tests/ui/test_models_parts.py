"""Parts of the models place on their own: what is put together, the filter, the bar of memory."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.download import DownloadState
from assistant.domain.ids import ModelId
from assistant.domain.machine import Gpu, Machine, Memory, MemoryShares
from assistant.domain.model import ModelFormat, ModelRole, ModelState, ModelStatus, Skill
from assistant.domain.sizes import size_words
from assistant.ui.library.collection import Collection, becomes
from assistant.ui.library.entries import Entry
from assistant.ui.library.filter_panel import FilterPanel
from assistant.ui.library.ordering import Choosing
from assistant.ui.library.recommended_card import RecommendedCard
from assistant.ui.library.side_cards import MemoryView, memory_parts
from assistant.ui.library.words import left_words, licence_words, machine_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.choice import Choice
from tests.helpers.model_entries import FITS, OWN, STARTER, download_of, fit

ABSENT = replace(OWN, id=ModelId("absent"), path=None, repo="some/other")
GB = 10**9


def test_what_several_services_tell_of_a_model_is_one_entry() -> None:
    collection = Collection()
    collection.installed = [(STARTER, FITS)]
    collection.offered = [(ABSENT, FITS)]
    collection.in_catalogue = frozenset({ABSENT.id, STARTER.id})
    collection.downloads = [download_of(ABSENT, DownloadState.PAUSED)]
    collection.status = ModelStatus(ModelState.READY, STARTER)
    collection.roles = {ModelRole.SMALL: STARTER.id, ModelRole.CODE: STARTER.id}
    here, absent = collection.every()
    assert here.state is ModelState.READY
    assert here.roles == (ModelRole.SMALL, ModelRole.CODE)
    assert here.download is None
    assert absent.download is not None
    assert [entry.key for entry in collection.known()] == ["starter", "absent"]
    assert collection.under_way() == 1
    collection.downloads = [download_of(ABSENT, DownloadState.DONE)]
    assert collection.under_way() == 0
    assert collection.every()[1].download is None


def test_a_download_belongs_to_the_model_that_it_becomes() -> None:
    nameless = replace(ABSENT, id=ModelId(""))
    assert becomes(download_of(ABSENT, DownloadState.RUNNING), ABSENT)
    assert becomes(download_of(nameless, DownloadState.RUNNING), ABSENT)
    assert not becomes(
        download_of(replace(nameless, quantization="Q8_0"), DownloadState.RUNNING), ABSENT
    )
    assert not becomes(download_of(nameless, DownloadState.RUNNING), OWN)


def test_the_filter_is_made_of_what_is_listed(qtbot: QtBot, theme: Theme) -> None:
    large = replace(
        ABSENT, size_bytes=5 * GB, skills=(Skill.CODE,), languages=("de",), format=ModelFormat.MLX
    )
    owner = QWidget()
    qtbot.addWidget(owner)
    listed = [Entry(STARTER, FITS), Entry(large, FITS)]
    panel = FilterPanel(theme, listed, Choosing(), owner)
    chosen: list[Choosing] = []
    panel.chosen.connect(chosen.append)
    choices = {each.accessibleName(): each for each in panel.findChildren(Choice)}
    skills = choices["Good at"]
    words = [skills.itemText(n) for n in range(skills.count())]
    assert words == ["Any", "Chat", "Code"]
    sizes = choices["Size"]
    assert sizes.itemText(sizes.count() - 1) == "Up to 4 GB", "a larger limit would change nothing"
    skills.setCurrentIndex(2)
    skills.activated.emit(2)
    choices["Language"].setCurrentIndex(1)
    choices["Language"].activated.emit(1)
    assert chosen[-1] == Choosing(skill=Skill.CODE, language="de")
    assert chosen[-1].lets(Entry(large, FITS))
    assert not chosen[-1].lets(Entry(STARTER, FITS))


def test_the_bar_of_memory_adds_up_to_all_of_it() -> None:
    shares = MemoryShares(16 * GB, 6 * GB, GB, 4 * GB, 5 * GB)
    parts = memory_parts(MemoryView(shares, "SmolLM2", "Phi-3.5 mini"))
    assert sum(part.amount for part in parts) == shares.total_bytes
    assert [part.name for part in parts] == [
        "Other programs",
        "Lamplight, SmolLM2",
        "Phi-3.5 mini would take",
        "Still free",
    ]
    assert [part.hatched for part in parts] == [False, False, True, False]
    too_much = memory_parts(MemoryView(MemoryShares(8 * GB, 6 * GB, GB, 9 * GB, 0), "", "Large"))
    assert sum(part.amount for part in too_much) == 8 * GB
    assert too_much[2].words == "9.0 GB"


def test_a_recommended_model_says_what_it_takes_and_one_thing_to_do(
    qtbot: QtBot, theme: Theme
) -> None:
    card = RecommendedCard(theme, "medium")
    qtbot.addWidget(card)
    card.resize(406, 220)
    card.show()
    card.show_entry(Entry(ABSENT, fit(speed=5)), "The strongest.", 4096)
    assert card.button.text() == "Download"
    assert not card.settings.isVisible()
    said = card.accessibleName()
    assert said.startswith("Recommended medium: My model")
    assert said.endswith("The strongest.")
    card.show_entry(
        Entry(ABSENT, FITS, download_of(ABSENT, DownloadState.RUNNING)), "The strongest.", 4096
    )
    assert card.button.text() == "Pause"
    card.show_entry(Entry(OWN, FITS, state=ModelState.LOADING, progress=0.62), "", 4096)
    assert not card.button.isVisible()
    assert card.settings.isVisible()


def test_machines_sizes_times_and_licences_are_in_words() -> None:
    memory = Memory(9 * GB, 16 * 2**30)
    assert machine_words(Machine(memory, "", 4)) == "4 cores · 16 GB memory · no graphics card"
    card = Gpu("RTX 3060", 12 * 2**30, 11 * 2**30)
    assert machine_words(Machine(memory, "", 1, (card,))).endswith("RTX 3060, 12 GB")
    assert machine_words(Machine(None, "", 2)) == "2 cores · no graphics card"
    assert [size_words(n) for n in (98_362_432, 490 * 10**6, 4_680 * 10**6, 12 * GB)] == [
        "98 MB",
        "490 MB",
        "4.68 GB",
        "12.0 GB",
    ]
    assert [left_words(s) for s in (None, 0.2, 82, 3000, 7500)] == [
        "",
        "1 s left",
        "1 min 22 s left",
        "50 min left",
        "2 h 5 min left",
    ]
    assert [licence_words(each) for each in ("mit", "apache-2.0", "", "gemma")] == [
        "MIT licence",
        "Apache-2.0",
        "licence not stated",
        "gemma",
    ]
