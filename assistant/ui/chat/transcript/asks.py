"""What the user asks for from within the list of messages."""

from PySide6.QtCore import QObject, Signal


class Asks(QObject):
    """One signal per wish; nothing is done here. Ids are sent as ``object``: they outgrow C's int.

    Whatever comes with a link is the receiver's to check: it may carry any scheme.
    """

    edit_submitted = Signal(object, str)
    """Message id and its new text."""
    regenerate_requested = Signal(object)
    branch_requested = Signal(object)
    continue_requested = Signal(object)
    delete_requested = Signal(object)
    pin_requested = Signal(object, bool)
    """Message id, and whether it is to be pinned."""
    feedback_changed = Signal(object, object)
    """Message id and ``Feedback``."""
    version_requested = Signal(object)
    """Id of the sibling to show in a message's place."""
    link_activated = Signal(str)
    editing_changed = Signal(bool)
    """A message began or ceased to be edited in its place."""
