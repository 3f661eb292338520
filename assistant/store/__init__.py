"""The vault: the encrypted database, its keys, migrations, search and backups.

May import domain, sqlmodel, sqlcipher3 and keyring; the only room that opens a database.
"""
