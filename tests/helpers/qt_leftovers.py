"""What a test of the window leaves behind. Imported only where Qt is."""

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer

_POOL_GRACE_MS = 30_000


def leftovers() -> list[str]:
    """Names the active timers below the application, and work in Qt's global thread pool."""
    application = QCoreApplication.instance()
    if application is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found: list[str] = []
    for timer in application.findChildren(QTimer):
        if timer.isActive():
            found.append(f"timer {timer.objectName() or timer.interval()}")
            timer.stop()  # the next test is not to blame
    if not QThreadPool.globalInstance().waitForDone(_POOL_GRACE_MS):
        found.append("work in Qt's thread pool")
    return found
