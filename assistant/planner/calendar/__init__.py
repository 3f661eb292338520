"""Calendars of the iCalendar format (RFC 5545): read, expanded, written. Opens no address."""

from assistant.planner.calendar.expanding import LoadedCalendar, busy_times
from assistant.planner.calendar.reading import frame_of, item_of, read_calendar
from assistant.planner.calendar.todos import project_of, relations_of, task_of, updated
from assistant.planner.calendar.values import (
    CalendarItem,
    CalendarText,
    Expansion,
    ItemKind,
    Occurrence,
    ReadCalendar,
    Relation,
    Remark,
)
from assistant.planner.calendar.writing import as_written, calendar_text, todo_of

__all__ = [
    "CalendarItem",
    "CalendarText",
    "Expansion",
    "ItemKind",
    "LoadedCalendar",
    "Occurrence",
    "ReadCalendar",
    "Relation",
    "Remark",
    "as_written",
    "busy_times",
    "calendar_text",
    "frame_of",
    "item_of",
    "project_of",
    "read_calendar",
    "relations_of",
    "task_of",
    "todo_of",
    "updated",
]
