"""One window a profile: a second start raises the first and ends."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal

_WAIT_MS = 400
_RAISE = b"raise\n"


def server_name(profile: Path) -> str:
    """The name of the local socket of a profile; says nothing of its path."""
    algorithm = QCryptographicHash.Algorithm.Sha256
    hashed = QCryptographicHash.hash(str(profile.resolve()).encode(), algorithm)
    return "lamplight-" + bytes(hashed.toHex().data()).decode("ascii")[:24]


def raise_other(name: str, sign: Path) -> bool:
    """Asks a window of this profile to come forward.

    Args:
        name: As ``server_name`` gives it.
        sign: The file that a window leaves while it is open; without it there is nobody to ask,
            and the library for it is not loaded before the first paint.

    Returns:
        Whether there is one.
    """
    if not sign.exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

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
        sign: The file to leave while the window is open.
        parent: The owner.
    """

    raise_wanted = Signal()

    def __init__(self, name: str, sign: Path, parent: QObject) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._sign = sign
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        if not self._server.listen(name):
            # What a process that was killed left behind; a living one would have answered.
            QLocalServer.removeServer(name)
            self._server.listen(name)
        if self._server.isListening():
            with contextlib.suppress(OSError):  # a full disk: only the raising is lost
                sign.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                sign.touch(mode=0o600)

    @property
    def listening(self) -> bool:
        """Whether it can be heard."""
        return self._server.isListening()

    def close(self) -> None:
        """Hears nothing more."""
        self._server.close()
        with contextlib.suppress(OSError):
            self._sign.unlink(missing_ok=True)

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"ok\n")
            socket.flush()
            self.raise_wanted.emit()
