"""Sets Lamplight up, runs it and checks it. Needs Python and nothing else.

    python3 scripts/dev.py run [arguments of the application]
    python3 scripts/dev.py test [arguments of pytest]

This file alone keeps to syntax that every Python 3 can read, so that an old one can say what is
wrong with it. All the work is in ``devtool``.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def refusal(version: "tuple[int, ...]") -> str:
    """Why this version of Python will not do; empty if it will."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    return (
        "Lamplight needs Python 3.11, 3.12 or 3.13; this is Python "
        + ".".join(str(part) for part in version[:3])
        + ".\nCall the script with one of them, for example: python3.12 scripts/dev.py run"
    )


if __name__ == "__main__":
    words = refusal(sys.version_info[:3])
    if words:
        sys.exit(words)
    from devtool.commands import main

    sys.exit(main(sys.argv[1:]))
