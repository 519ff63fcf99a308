"""The only SQL of the program: schema, migrations, acts, audit, backup and keys.

`base.database.open_store` gives a `Store`; the acts and questions are functions over it, in the
rooms above `base`, each of which says what it is for.
A `Store` belongs to the thread that opened it.
"""

import sys

import sqlcipher3

# sqlite-utils catches the exceptions of "pysqlite3" where there is one, else those of the
# standard library. SQLCipher's are no subclasses of these, so it must find SQLCipher under that
# name, and before its first import: this file runs before any other of the package.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
