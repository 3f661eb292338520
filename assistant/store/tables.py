"""The tables of the vault, as sqlmodel classes.

Each table is named as its class, in lower case. The schema itself is made by the migrations, in
explicit SQL; a test holds the two together. Moments are microseconds since 1970-01-01 UTC. The
full-text index ``message_search`` and the view ``searchable`` that it reads have no class.
"""

from sqlmodel import Field, SQLModel

TITLE_ROWID_BASE = 1 << 52
"""In the full-text index a message has its id, a title this plus the id of its chat."""


class Persona(SQLModel, table=True):
    """A named system prompt."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    system_prompt: str
    builtin: bool = False


class Conversation(SQLModel, table=True):
    """One chat."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    """Random hex; the same chat keeps it through export, import and backups."""
    title: str = ""
    title_is_automatic: bool = True
    created_at_us: int
    updated_at_us: int
    pinned: bool = False
    archived: bool = False
    temporary: bool = False
    persona_id: int | None = Field(default=None, foreign_key="persona.id", ondelete="SET NULL")
    model: str = ""
    active_leaf: int | None = None
    """Id of a message that is not deleted and has no message below it; None in an empty chat."""
    deleted_at_us: int | None = None
    system_prompt: str = ""
    draft: str = ""
    grams: str = ""
    """What the index reads of the title in scripts without spaces (see ``store.grams``)."""


class Message(SQLModel, table=True):
    """One message. Its id is the order of writing; a parent's id is below its children's."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", ondelete="CASCADE")
    parent_id: int | None = None
    role: str
    status: str
    created_at_us: int
    deleted_at_us: int | None = None
    characters: int
    feedback: str = "none"
    pinned: bool = False
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    ttft_ms: float | None = None
    tokens_per_second: float | None = None
    model: str = ""
    tier: str = ""
    route_reason: str = ""
    error: str = ""
    content: str
    grams: str = ""


class Preset(SQLModel, table=True):
    """A named set of sampling settings; ``sampling`` is a JSON object of their fields."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    sampling: str
    builtin: bool = False


class Sampling(SQLModel, table=True):
    """The sampling settings that the user chose for one model and one task."""

    model_id: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    sampling: str


class Parameters(SQLModel, table=True):
    """How one model is loaded; ``parameters`` is a JSON object of what is set."""

    model_id: str = Field(primary_key=True)
    parameters: str


class Passage(SQLModel, table=True):
    """A piece of a message with its vector, for search by meaning."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    start: int
    length: int
    vector: bytes


class Unembedded(SQLModel, table=True):
    """A message whose passages are yet to be made; kept by triggers."""

    message_id: int = Field(primary_key=True, foreign_key="message.id", ondelete="CASCADE")


class Embedding(SQLModel, table=True):
    """The model whose vectors the passages hold; one row, or none while there are no passages."""

    model_sha256: str = Field(primary_key=True)


class Summary(SQLModel, table=True):
    """What the oldest part of a chat said; goes by triggers when a message of it changes."""

    conversation_id: int = Field(
        primary_key=True, foreign_key="conversation.id", ondelete="CASCADE"
    )
    upto: int
    """Id of the last message that it stands for."""
    content: str
    in_use: bool = True
