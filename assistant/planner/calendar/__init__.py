"""Calendars of the iCalendar format (RFC 5545): read, expanded, written. Opens no address."""

from assistant.planner.calendar.expanding import LoadedCalendar, busy_times
from assistant.planner.calendar.reading import frame_of, item_of, read_calendar
from assistant.planner.calendar.todos import project_of, task_of
from assistant.planner.calendar.values import (
    CalendarItem,
    CalendarText,
    Expansion,
    ItemKind,
    Occurrence,
    ReadCalendar,
    Remark,
)
from assistant.planner.calendar.writing import calendar_text, event_of_block, todo_of

__all__ = [
    "CalendarItem",
    "CalendarText",
    "Expansion",
    "ItemKind",
    "LoadedCalendar",
    "Occurrence",
    "ReadCalendar",
    "Remark",
    "busy_times",
    "calendar_text",
    "event_of_block",
    "frame_of",
    "item_of",
    "project_of",
    "read_calendar",
    "task_of",
    "todo_of",
]
