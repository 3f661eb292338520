"""The database driver, typed.

``sqlcipher3`` is the standard library's ``sqlite3`` module built against SQLCipher and brings
no types of its own, so the type checker reads the standard library's.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import dbapi2
else:
    from sqlcipher3 import dbapi2

__all__ = ["dbapi2"]
