"""``doctor``: what works here, what does not, and the way out."""

import argparse

from assistant.cli.opening import try_vault
from assistant.cli.output import Output
from assistant.domain.health import CheckState
from assistant.services.core import Core

_MARKS = {CheckState.OK: "ok", CheckState.NOTE: "note", CheckState.PROBLEM: "PROBLEM"}


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Prints every check; a problem is a row, not an error."""
    del arguments
    # Opened where it can be, so that its pages can be checked; never made.
    if core.vault.exists():
        try_vault(core)
    checks = core.doctor.examine()
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
