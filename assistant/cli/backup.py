"""``backup``: create, list, restore and verify."""

import argparse
from typing import Any

from assistant.cli.opening import open_vault, try_vault
from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import BackupId
from assistant.domain.vault import BackupInfo, VaultState
from assistant.services.core import Core


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Does what ``backup ACTION`` asks for."""
    if arguments.action == "restore":
        _restore(core, arguments, output)
        return
    open_vault(core, output)
    actions = {"create": _create, "list": _list, "verify": _verify}
    actions[arguments.action](core, arguments, output)


def _create(core: Core, _arguments: argparse.Namespace, output: Output) -> None:
    made = outcome(core.backups.create())
    output.document(_backup(made), f"Made and verified {made.id}.")


def _list(core: Core, _arguments: argparse.Namespace, output: Output) -> None:
    backups = core.backups.list().result()
    lines = [f"{backup.id}  {backup.messages} messages" for backup in backups]
    output.document(
        {"backups": [_backup(backup) for backup in backups]},
        "\n".join(lines) or "There are no backups yet.",
    )


def _verify(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    checked = outcome(core.backups.verify(_chosen(core, arguments)))
    output.document(_backup(checked), f"{checked.id} is sound: {checked.messages} messages.")


def _restore(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Works on a damaged vault as well: that is when it is needed most."""
    if try_vault(core, output).state not in (VaultState.DAMAGED, VaultState.OPEN):
        open_vault(core, output)
    chosen = _chosen(core, arguments)
    status = outcome(core.vault.restore(chosen))
    if status.state is not VaultState.OPEN:
        raise UserFacingError(
            status.detail or "The backup cannot be opened without its passphrase or key.",
            status.hint or "Name the file that holds it with --passphrase-file.",
            code="backup_not_restored",
        )
    output.document(
        {"restored": chosen},
        f"{chosen} is in place; what was there before was moved aside, not deleted.",
    )


def _chosen(core: Core, arguments: argparse.Namespace) -> BackupId:
    if arguments.id is not None:
        return BackupId(arguments.id)
    backups = core.backups.list().result()
    if not backups:
        raise UserFacingError("There are no backups yet.", code="backup_none")
    return backups[0].id


def _backup(backup: BackupInfo) -> dict[str, Any]:
    return {
        "id": backup.id,
        "time": backup.made_at.isoformat(),
        "size_bytes": backup.size_bytes,
        "conversations": backup.conversations,
        "messages": backup.messages,
        "verified": backup.verified,
    }
