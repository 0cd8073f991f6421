"""SQLCipher, under the name of the standard library's module whose place it takes.

In: nothing. Out: `sqlite3`, which opens plain journals and, after `pragma key`, encrypted ones.
Touches: one library.
The two have one interface; types come from the standard one, whose stubs are kept well.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlcipher3 import dbapi2 as sqlite3

__all__ = ["sqlite3"]
