"""Makes the vault of the present schema that later versions have to be able to upgrade.

Run it once when a schema is released, from the root of the project:
``python -m tests.data.make_schema_fixture``. It writes ``tests/data/schema/vN`` and refuses to
replace one that is there: a released schema does not change.
"""

import json
import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, SQLModel, update

from assistant.domain.book import Book, BookFormat
from assistant.domain.clock import FixedClock
from assistant.domain.conversation import MessageStatus, Role, Summary
from assistant.domain.exercise import AnswerKind
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.ids import AttemptId, BookId, CardId, ConceptId, CourseId, ExerciseId, ModelId
from assistant.domain.model import KvType
from assistant.domain.parameters import ModelParameters
from assistant.domain.study import (
    Attempt,
    Card,
    Enrolment,
    Memory,
    Recall,
    Review,
    Rung,
    Working,
)
from assistant.store import task_tables as planned
from assistant.store.books import BookRepository, NewPassage
from assistant.store.cards import CardRepository
from assistant.store.history import HistoryRepository
from assistant.store.meaning import MeaningRepository, Passage
from assistant.store.migrations import head, table_rows
from assistant.store.opening import VaultPlace, create_vault
from assistant.store.parameters import ParametersRepository
from assistant.store.personas import PersonaRepository
from assistant.store.proposals import ProposalRepository
from assistant.store.rows import to_us
from assistant.store.study import StudyRepository
from assistant.store.unlock import ByPassphrase
from assistant.store.vault import Vault
from assistant.store.vault_files import VaultFiles
from assistant.store.written_lessons import WrittenLessonRepository

FOLDER = Path(__file__).parent / "schema"
PASSPHRASE = "a passphrase known to everyone"  # noqa: S105 - of a vault with made-up text
MOMENT = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))


def fill(vault: Vault) -> None:
    """Some of everything that can be stored."""
    history = HistoryRepository(vault.engine, MOMENT)
    for title in ("Photosynthesis", "Prüfung am Freitag", "光合作用"):
        chat = history.create_conversation(title=title, system_prompt="Be brief.")
        question = history.add_message(
            chat.id, None, Role.USER, f"Explain: {title}", MessageStatus.COMPLETE
        )
        for number in range(3):
            history.add_message(
                chat.id,
                question.id,
                Role.ASSISTANT,
                f"Answer {number} about {title}. " * 5,
                MessageStatus.COMPLETE if number else MessageStatus.STOPPED,
                model="a model",
            )
        history.set_draft(chat.id, f"draft {title}")
    history.set_archived(chat.id, archived=True)
    last = history.path(chat.id)[-1]
    history.summaries.keep(Summary(chat.id, last.id, "They spoke about light."))
    meaning = MeaningRepository(vault.engine)
    meaning.use_model("0" * 64)
    first, second, *_ = meaning.waiting(2)
    meaning.keep([(first, [Passage(0, 9, bytes(range(128)) * 3)]), (second, [])])
    model = ModelId("a-model")
    for task in (Task.CHAT, Task.CODE):
        PersonaRepository(vault.engine).set_sampling(model, SamplingParams(seed=7), task)
    ParametersRepository(vault.engine).keep(
        model, ModelParameters(context_length=8192, kv_type=KvType.Q8_0, chat_template="{{ 1 }}")
    )
    _study(vault)
    _books(vault)
    _planner(vault)


def _study(vault: Vault) -> None:
    """A course that is taken, with an answer, an exercise in hand, and a card that was reviewed."""
    study, cards = StudyRepository(vault.engine), CardRepository(vault.engine)
    now = MOMENT.now()
    course, concept = CourseId("algebra"), ConceptId("fractions")
    study.enrol(Enrolment(course, 1, now, deadline=now + timedelta(days=90), hours_a_week=3.5))
    exercise = ExerciseId("algebra/fractions/half")
    study.record(
        Attempt(
            id=AttemptId(0),
            course=course,
            concept=concept,
            exercise=exercise,
            kind=AnswerKind.NUMBER,
            when=now,
            answer="½",
            correct=True,
            credit=0.95,
            rung=Rung.NUDGE,
            try_number=1,
            seconds=12.5,
            difficulty=2.0,
            predicted=0.7,
        )
    )
    study.keep_working(Working(exercise, course, concept, now, 0.6, draft="3/4 ="))
    study.keep_course(CourseId("own"), {"course.toml": "title = 'Eigenes'"}, now)
    card = Card(CardId(0), course, concept, "What is a half?", "One of two equal parts.", now)
    cards.add({"half": card})
    kept = cards.all()[0]
    memory = Memory(2.5, 5.0, now + timedelta(days=2), now)
    cards.keep(replace(kept, memory=memory), Review(kept.id, now, Recall.GOOD, 4.5, 0.0))


def _books(vault: Vault) -> None:
    """Two textbooks, one of them known by its meaning as well, and a lesson."""
    books, now = BookRepository(vault.engine), MOMENT.now()
    books.use_model("0" * 64)
    for title, text in (("Calculus", "A limit is approached."), ("微積分", "極限に近づく。")):
        book = books.begin(Book(BookId(0), title, "A. N. Other", BookFormat.PDF, 2, 0, now), title)
        books.add(book, [NewPassage(1, "i", "Limits", text), NewPassage(None, "", "", text * 2)])
        books.finish(book)
    [(first, _), *_] = books.waiting(9)
    books.keep_vectors([(first, bytes(range(128)) * 3)])
    WrittenLessonRepository(vault.engine).keep("own", "limits", "{}", "a model", now)
    key = ("proposed/own/limits/1", "own", "limits")
    ProposalRepository(vault.engine).keep(key, "{}", "a model", now)


def _planner(vault: Vault) -> None:
    """Two tasks of a project, a calendar, a plan, a model, and a step that can be undone."""
    at = to_us(MOMENT.now())
    hour = 3_600_000_000
    with Session(vault.engine) as session:
        step = planned.PlanStep(at_us=at, words="Write “Bericht”", undone=False)
        session.add(step)
        session.flush()
        session.exec(update(planned.PlanJournal).values(step_id=step.id))
        project = planned.Project(
            name="Chemie", name_key="chemie", created_at_us=at, color="", position=1.5
        )
        session.add(project)
        session.flush()
        first, second = (
            planned.Task(
                title=title,
                created_at_us=at,
                state="open",
                notes="für Freitag",
                project_id=project.id,
                position=number / 3,
                priority="high",
                tags='["chem"]',
                tag_keys="\nchem\n",
                people="[]",
                place="Labor",
                zone="Europe/Berlin",
                due_at_us=at + 48 * hour,
                due_whole_day=False,
                estimate_min=90,
                split=True,
                split_least_min=25,
                repeat_rule="FREQ=WEEKLY",
                repeat_after=True,
                repeat_left_out='["2026-03-16"]',
                written=title,
                search_key=title.casefold(),
            )
            for number, title in enumerate(("Bericht", "実験"))
        )
        session.add_all((first, second))
        session.flush()
        plan = planned.Plan(
            made_at_us=at, start_at_us=at, end_at_us=at + hour, zone="UTC", moved=0, overflow="[]"
        )
        calendar = planned.Calendar(
            name="Uni",
            source="uni.ics",
            sha256="0" * 64,
            added_at_us=at,
            updated_at_us=at,
            color="",
            shown=True,
            text="BEGIN:VCALENDAR",
        )
        session.add_all((plan, calendar))
        session.flush()
        session.add_all(_of_tasks(first.id or 0, second.id or 0, at))
        session.add_all(_of_plans(plan.id or 0, calendar.id or 0, first.id or 0, at))
        session.exec(update(planned.PlanJournal).values(step_id=None))
        session.commit()


def _of_tasks(first: int, second: int, at: int) -> list[SQLModel]:
    hour = 3_600_000_000
    return [
        planned.TaskWait(task_id=second, first_id=first),
        planned.Work(task_id=first, start_at_us=at, end_at_us=at + hour, corrected=True),
        planned.TaskEvent(task_id=first, at_us=at, kind="added", value=""),
        planned.TaskVector(task_id=first, embedded_by="0" * 64, vector=bytes(range(128)) * 3),
        planned.PlanWord(phrase="after class", meaning="15:30", taught=2),
        planned.PlanSetting(name="zone", value='"Europe/Berlin"'),
        planned.PlanAnswer(at_us=at, question="energy", answer='"morning"'),
    ]


def _of_plans(plan: int, calendar: int, task: int, at: int) -> list[SQLModel]:
    hour = 3_600_000_000
    return [
        planned.CalendarEvent(
            calendar_id=calendar,
            uid="1@uni",
            recurrence_id="",
            title="Vorlesung",
            start_at_us=at,
            end_at_us=at + hour,
            whole_day=False,
            repeats=True,
            text="BEGIN:VEVENT",
        ),
        planned.PlanBlock(
            plan_id=plan,
            task_id=task,
            title="Bericht",
            start_at_us=at,
            end_at_us=at + hour,
            kind="task",
            part=1,
            parts=2,
            pinned=True,
            reasons="[]",
            occurrence_at_us=at + 7 * 24 * hour,
        ),
        planned.PlanPin(task_id=task, part=1, start_at_us=at, end_at_us=at + hour),
        planned.PlanModel(
            kind="durations", version=1, made_at_us=at, live=True, figures="{}", model=b"\x00\xff"
        ),
    ]


def all_rows(vault: Vault) -> dict[str, list[dict[str, Any]]]:
    """Every row of every ordinary table, by column."""
    from assistant.store.connection import raw_connection

    with vault.engine.connect() as connection:
        tables = table_rows(raw_connection(connection))
        return {
            table: [
                {name: _as_json(value) for name, value in row.items()}
                for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()  # noqa: S608 - names of tables
            ]
            for table in tables
        }


def _as_json(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def main() -> None:
    """Makes the fixture."""
    target = FOLDER / f"v{head()}"
    if target.exists():
        raise SystemExit(f"{target} is there already")
    with tempfile.TemporaryDirectory() as name:
        files = VaultFiles(Path(name) / "vault.db", Path(name) / "backups")
        vault, _ = create_vault(VaultPlace(files, MOMENT), ByPassphrase(PASSPHRASE))
        fill(vault)
        rows = all_rows(vault)
        vault.close()
        target.mkdir(parents=True)
        for path in (files.database, files.key_file):
            shutil.copyfile(path, target / path.name)
        text = json.dumps(rows, indent=1, ensure_ascii=False)
        (target / "rows.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
