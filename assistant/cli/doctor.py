"""``doctor``: what works here, what does not, and the way out."""

import argparse

from assistant.cli.opening import try_vault
from assistant.cli.output import Output
from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.vault import VaultState
from assistant.services.core import Core

_MARKS = {CheckState.OK: "ok", CheckState.NOTE: "note", CheckState.PROBLEM: "PROBLEM"}


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints every check; a problem is a row, not an error."""
    del arguments
    # Opened where it can be, so that its pages can be checked; never made.
    unlocking = _unlock(core, output) if core.vault.exists() else []
    checks = core.doctor.examine() + unlocking
    if core.settings.problem:
        way_out = "Look through the settings and set them anew."
        checks.append(Check("Settings", CheckState.NOTE, core.settings.problem, way_out))
    rows = [
        {
            "name": check.name,
            "state": check.state,
            "detail": check.detail,
            "way_out": check.way_out,
        }
        for check in checks
    ]
    lines = [
        f"{_MARKS[check.state]:>8}  {check.name}: {check.detail}"
        + (f"\n          {check.way_out}" if check.way_out else "")
        for check in checks
    ]
    healthy = all(check.state is not CheckState.PROBLEM for check in checks)
    output.document({"healthy": healthy, "checks": rows}, "\n".join(lines))


def _unlock(core: Core, output: Output) -> list[Check]:
    """A row where the passphrase that was given is none, or the wrong one."""
    try:
        status = try_vault(core, output)
    except UserFacingError as error:
        return [Check("Passphrase", CheckState.PROBLEM, error.message, error.hint)]
    asks = status.state in (VaultState.NEEDS_PASSPHRASE, VaultState.NEEDS_RECOVERY_KEY)
    if not (asks and status.detail):
        return []
    return [Check("Unlocking", CheckState.PROBLEM, status.detail, status.hint)]
