"""What is said of several jobs that are under way at once."""

from pytestqt.qtbot import QtBot

from assistant.domain.errors import UserFacingError
from assistant.services.jobs import Job
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.plan.doing import Doing
from assistant.ui.theme.theme import Theme
from tests.helpers.signals import record


def test_each_job_keeps_words_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    relay = JobRelay(theme)
    doing = Doing(relay, theme)
    error = UserFacingError("No.", "Try again.", code="no")
    done, failed, ended = record(doing.done), record(doing.failed), record(doing.ended)
    first, second, third, silent = Job[None](), Job[None](), Job[None](), Job[None]()
    for job, words in ((first, "One."), (second, "Two."), (third, "Three."), (silent, "")):
        doing.do(job, words)
    second.finish(None)
    silent.finish(None)
    third.fail(error)
    first.finish(None)
    qtbot.waitUntil(lambda: len(ended) == 4)
    assert [one[0] for one in done] == ["Two.", "One."]
    assert [one[0] for one in failed] == [error]
    relay.close()
