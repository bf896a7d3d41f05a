"""A backup: one .tar.gz that holds the database, the photos and the signing key, and from which the house rises again.

    parvis-backup.json    version of Parvis, moment, kind of database
    database.sqlite3      a consistent copy, made while the house is open (SQLite's online backup)
    database.pgdump       or PostgreSQL's own custom format
    uploads/…             photos
    secret-key            signs sessions and secret links; absent when it comes from PARVIS_SECRET_KEY

It holds personal data and the key of the house: whoever reads it, reads everything. It is written readable by its
owner only.
"""

from parvis.shared.backup.making import last, make
from parvis.shared.backup.restoring import restore
from parvis.shared.backup.shape import BackupError, Summary

__all__ = ["BackupError", "Summary", "last", "make", "restore"]
