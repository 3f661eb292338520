"""One window a profile: a second start raises the first and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 400
_RAISE = b"raise\n"


def server_name(profile: Path) -> str:
    """The name of the local socket of a profile; says nothing of its path."""
    return "lamplight-" + hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:24]


def raise_other(name: str) -> bool:
    """Asks a window of this profile to come forward.

    Returns:
        Whether there is one.
    """
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(_RAISE)
    socket.waitForBytesWritten(_WAIT_MS)
    socket.waitForReadyRead(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class InstanceServer(QObject):
    """Hears when another start asks for this window. A local socket; never the network.

    Args:
        name: As ``server_name`` gives it.
        parent: The owner.
    """

    raise_wanted = Signal()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        if not self._server.listen(name):
            # What a process that was killed left behind; a living one would have answered.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether it can be heard."""
        return self._server.isListening()

    def close(self) -> None:
        """Hears nothing more."""
        self._server.close()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"ok\n")
            socket.flush()
            self.raise_wanted.emit()
