"""The tables of planning, as sqlmodel classes; see ``store.tables`` for how they are kept."""

from sqlmodel import Field, SQLModel


class Project(SQLModel, table=True):
    """Tasks that belong together."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str
    """The name, folded."""
    created_at_us: int
    color: str
    archived_at_us: int | None = None
    position: float


class Task(SQLModel, table=True):
    """One thing to do; see ``domain.task.Task``."""

    id: int | None = Field(default=None, primary_key=True)
    title: str
    created_at_us: int
    state: str
    notes: str
    project_id: int | None = Field(default=None, foreign_key="project.id", ondelete="SET NULL")
    parent_id: int | None = Field(default=None, foreign_key="task.id", ondelete="CASCADE")
    position: float
    priority: str | None = None
    tags: str
    """A JSON array, as written."""
    tag_keys: str
    """Each tag folded, between line breaks."""
    people: str
    """A JSON array."""
    place: str
    zone: str
    """In which its moments were given; empty for the zone of home."""
    due_at_us: int | None = None
    due_whole_day: bool
    not_before_us: int | None = None
    fixed_start_us: int | None = None
    fixed_end_us: int | None = None
    estimate_min: int | None = None
    split: bool
    split_least_min: int
    prefers: str | None = None
    repeat_rule: str | None = None
    repeat_after: bool
    ended_at_us: int | None = None
    written: str
    search_key: str
    """What the search reads: title, notes and the rest, folded."""
    repeat_left_out: str | None = None
    """A JSON array of days by ISO 8601; none where it comes on each day of its rule."""


class TaskWait(SQLModel, table=True):
    """What a task waits for."""

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE")
    first_id: int = Field(foreign_key="task.id", ondelete="CASCADE")


class Work(SQLModel, table=True):
    """A stretch of time spent on a task."""

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE")
    start_at_us: int
    end_at_us: int | None = None
    corrected: bool


class TaskEvent(SQLModel, table=True):
    """What happened to a task, and when: learnt from, and shown."""

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", ondelete="CASCADE")
    at_us: int
    kind: str
    """See ``domain.task.Happened``."""
    value: str


class TaskVector(SQLModel, table=True):
    """What the words of a task mean; see ``store.tables.Passage``."""

    task_id: int | None = Field(
        default=None, primary_key=True, foreign_key="task.id", ondelete="CASCADE"
    )
    embedded_by: str
    vector: bytes


class PlanWord(SQLModel, table=True):
    """A phrase of the user's own and its meaning."""

    id: int | None = Field(default=None, primary_key=True)
    phrase: str = Field(unique=True)
    meaning: str
    taught: int


class PlanSetting(SQLModel, table=True):
    """A setting of the planner, as JSON."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    value: str


class PlanAnswer(SQLModel, table=True):
    """What the user answered to a question of the planner, as JSON."""

    id: int | None = Field(default=None, primary_key=True)
    at_us: int
    question: str
    answer: str


class Calendar(SQLModel, table=True):
    """A calendar that was brought in, with the text that it came as."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    source: str
    sha256: str
    added_at_us: int
    updated_at_us: int
    color: str
    shown: bool
    text: str


class CalendarEvent(SQLModel, table=True):
    """One component of a calendar; its text is as it stood in the file."""

    id: int | None = Field(default=None, primary_key=True)
    calendar_id: int = Field(foreign_key="calendar.id", ondelete="CASCADE")
    uid: str
    recurrence_id: str
    """Empty but for an exception of a recurring event."""
    title: str
    start_at_us: int
    end_at_us: int | None = None
    whole_day: bool
    repeats: bool
    text: str


class Plan(SQLModel, table=True):
    """A plan that was made; the newest one counts."""

    id: int | None = Field(default=None, primary_key=True)
    made_at_us: int
    start_at_us: int
    end_at_us: int
    zone: str
    moved: int
    overflow: str
    """A JSON array."""


class PlanBlock(SQLModel, table=True):
    """One stretch of a plan."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", ondelete="CASCADE")
    task_id: int
    """No foreign key: ids below 0 stand for reviews and lessons."""
    title: str
    start_at_us: int
    end_at_us: int
    kind: str
    part: int
    parts: int
    pinned: bool
    reasons: str
    """A JSON array."""
    occurrence_at_us: int | None = None
    """Of a recurring task which of its later times; none for the one that it stands at."""


class PlanPin(SQLModel, table=True):
    """Where the user wants a part of a task to stay."""

    id: int | None = Field(default=None, primary_key=True)
    task_id: int
    part: int
    start_at_us: int
    end_at_us: int


class PlanModel(SQLModel, table=True):
    """A model that was learnt, with its figures as JSON."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    version: int
    made_at_us: int
    live: bool
    """Whether it is asked; of each kind one at most."""
    figures: str
    model: bytes


class PlanStep(SQLModel, table=True):
    """Something that was done, to be undone as one."""

    id: int | None = Field(default=None, primary_key=True)
    at_us: int
    words: str
    undone: bool


class PlanChange(SQLModel, table=True):
    """One row as it was before and after, as JSON; None where there was none."""

    id: int | None = Field(default=None, primary_key=True)
    step_id: int = Field(foreign_key="planstep.id", ondelete="CASCADE")
    name: str
    row_id: int
    before: str | None = None
    after: str | None = None


class PlanJournal(SQLModel, table=True):
    """The one row that says which step is being taken."""

    id: int | None = Field(default=None, primary_key=True)
    step_id: int | None = None
