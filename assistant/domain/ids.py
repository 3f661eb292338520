"""Identifiers, kept apart by type so that one cannot stand for another."""

from typing import NewType

ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)
PersonaId = NewType("PersonaId", int)
PresetId = NewType("PresetId", int)
BackupId = NewType("BackupId", str)
"""The file name of a backup, without its folder."""
ModelId = NewType("ModelId", str)
"""A catalogue id such as ``smollm2-135m-instruct-q4_1``, or ``file-`` and 12 hex digits."""
CourseId = NewType("CourseId", str)
"""Of a course, in kebab-case: "python-from-zero"."""
ConceptId = NewType("ConceptId", str)
"""Of a concept, in kebab-case, unique within its course."""
ExerciseId = NewType("ExerciseId", str)
"""See ``Exercise.id``."""
AttemptId = NewType("AttemptId", int)
CardId = NewType("CardId", int)
BookId = NewType("BookId", int)
"""Of a textbook that the learner brought."""
TaskId = NewType("TaskId", int)
ProjectId = NewType("ProjectId", int)
CalendarId = NewType("CalendarId", int)
WorkId = NewType("WorkId", int)
StepId = NewType("StepId", int)
"""Of something that was done and can be undone."""
