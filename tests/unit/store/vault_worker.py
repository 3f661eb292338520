"""Processes of the vault's fault tests: they are started to be killed.

``python -m tests.unit.store.vault_worker ROLE FOLDER [ARGUMENT]``. Where the system can fork,
the role ``nursery`` forks a new process of a role at each line on its input, so that a test of
200 kills does not import everything 200 times.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from assistant.domain.conversation import MessageStatus, Role
from assistant.domain.errors import UserFacingError
from assistant.domain.health import CheckState
from assistant.store.instance import InstanceLock
from assistant.store.migrations import MIGRATIONS, Migration, head
from assistant.store.opening import VaultPlace, create_vault, open_vault
from assistant.store.unlock import ByKeyring
from tests.unit.store.vault_fixtures import FileKeyring, history, place_in


def next_schema(connection: Connection) -> None:
    """A schema after the newest, for tests alone: rebuilds a table and fills a new one."""
    connection.exec_driver_sql(
        "CREATE TABLE new_preset (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
        " sampling TEXT NOT NULL, builtin INTEGER NOT NULL DEFAULT 0, note TEXT) STRICT"
    )
    connection.exec_driver_sql(
        "INSERT INTO new_preset (id, name, sampling, builtin)"
        " SELECT id, name, sampling, builtin FROM preset"
    )
    connection.exec_driver_sql("DROP TABLE preset")
    connection.exec_driver_sql("ALTER TABLE new_preset RENAME TO preset")
    connection.exec_driver_sql("CREATE TABLE length (message INTEGER, characters INTEGER) STRICT")
    connection.exec_driver_sql("INSERT INTO length SELECT id, length(content) FROM message")
    connection.exec_driver_sql("ALTER TABLE message ADD COLUMN extra TEXT NOT NULL DEFAULT ''")


def place_with(place: VaultPlace, migrations: tuple[Migration, ...]) -> VaultPlace:
    """The same place, seen by a Lamplight that knows these schemas."""
    return replace(place, migrations=migrations)


def keyring_in(folder: Path) -> FileKeyring:
    """The keyring that the processes of one test share."""
    return FileKeyring(folder / "keyring")


def tell(text: str) -> None:
    """Writes a line in one piece, past all buffers."""
    os.write(1, f"{text}\n".encode())


def write(folder: Path, _argument: str) -> None:
    """Adds messages for ever and names each after its commit; empties the log now and then."""
    vault = open_vault(place_in(folder), ByKeyring(keyring_in(folder)))
    for note in vault.notes:
        tell(f"{'lost' if note.state is CheckState.PROBLEM else 'note'} {note.name}")
    repository = history(vault)
    chat = repository.list_conversations()[0]
    number, parent = 0, chat.active_leaf
    while True:
        text = f"message {number} " + "x" * (number * 37 % 3000)
        message = repository.add_message(chat.id, parent, Role.USER, text, MessageStatus.COMPLETE)
        tell(f"ack {message.id}")
        parent = message.id
        number += 1
        if number % 40 == 0:
            vault.checkpoint()
        if number % 100 == 0:
            vault.back_up()


def migrate(folder: Path, _argument: str) -> None:
    """Opens the vault with the second schema."""
    migrations = (*MIGRATIONS, Migration(head() + 1, next_schema))
    tell("begin")
    open_vault(place_with(place_in(folder), migrations), ByKeyring(keyring_in(folder))).close()
    tell("end")


def create(folder: Path, _argument: str) -> None:
    """Makes a vault."""
    tell("begin")
    create_vault(place_in(folder), ByKeyring(keyring_in(folder)))[0].close()
    tell("end")


def lock(folder: Path, _argument: str) -> None:
    """Takes the lock and keeps it."""
    try:
        InstanceLock(folder / "instance.lock").acquire()
    except UserFacingError as error:
        tell(error.code)
        return
    tell("held")
    sys.stdin.read()


def fill(folder: Path, argument: str) -> None:
    """Adds messages until the disk is full, then deletes. Tells what happened."""
    limit = int(argument)
    if limit:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    place = replace(place_in(folder), ballast_bytes=768 * 1024)
    vault, _ = create_vault(place, ByKeyring(keyring_in(folder)))
    repository = history(vault)
    chats = [repository.create_conversation(title="first").id]
    try:
        while True:
            chat = repository.create_conversation(title="chat")
            message = repository.add_message(
                chat.id, None, Role.USER, "y" * 20_000, MessageStatus.COMPLETE
            )
            chats.append(chat.id)
            tell(f"ack {message.id}")
    except UserFacingError as error:
        tell(f"full {error.code}")
    try:
        with vault.room_to_delete():
            repository.forget(chats[:4])
        tell("deleted")
    except UserFacingError as error:
        tell(f"kept {error.code}")
    for check in vault.check(full=True):
        tell(f"check {check.name} {check.state.value}")
    vault.close()
    tell("closed")


ROLES: dict[str, Callable[[Path, str], None]] = {
    "write": write,
    "migrate": migrate,
    "create": create,
    "lock": lock,
    "fill": fill,
}


def nursery(_folder: Path, _argument: str) -> None:
    """Forks a process for each line ``ROLE FOLDER``; at the next line buries it.

    Until then its number cannot be given to another process, so it is safe to kill.
    """
    for line in sys.stdin:
        role, folder = line.split()
        child = os.fork()
        if child == 0:
            try:
                ROLES[role](Path(folder), "")
            except UserFacingError as error:
                tell(f"error {error.code}")
            finally:
                tell("over")
                os._exit(0)
        tell(f"pid {child}")
        sys.stdin.readline()
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    {**ROLES, "nursery": nursery}[sys.argv[1]](Path(sys.argv[2]), (sys.argv[3:] or [""])[0])
