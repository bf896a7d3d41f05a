"""Copying a database out and putting it back, by each engine's own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection

from parvis.shared.backup.shape import BackupError


def copy_to(target: Path) -> None:
    """A consistent copy in one file, while others read and write."""
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy, pages=5000)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without its log beside it
    finally:
        copy.close()


def is_empty() -> bool:
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    empty = not connection.introspection.table_names()
    connection.close()
    return empty


def check(copy: Path) -> None:
    """Refuse a damaged copy before anything is changed. Raises BackupError."""
    if connection.vendor == "postgresql":
        _run("pg_restore", "--list", str(copy), on_this_database=False)
        return
    opened = sqlite3.connect(copy)
    try:
        answer = opened.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    finally:
        opened.close()
    if answer != "ok":
        raise BackupError(f"The database in this backup is damaged, and nothing was changed: {answer}.")


def put_back(copy: Path, *, aside: Path) -> None:
    """Replace this house's database; what it held is kept in the folder `aside`."""
    replace = _put_back_postgresql if connection.vendor == "postgresql" else _put_back_sqlite
    replace(copy, aside)
    connection.close()


def _put_back_sqlite(copy: Path, aside: Path) -> None:
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for suffix in ("", "-wal", "-shm"):
        move_aside(database.with_name(database.name + suffix), aside)
    copy.replace(database)


def _put_back_postgresql(copy: Path, aside: Path) -> None:
    if not is_empty():
        aside.mkdir(mode=0o700, exist_ok=True)
        copy_to(aside / "database.pgdump")
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        connection.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", *options, str(copy))


def move_aside(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        shutil.move(path, aside / path.name)


def _run(program: str, *words: str, on_this_database: bool = True) -> None:
    """Run one of PostgreSQL's programs. The password goes by the environment, since `ps` shows the command line."""
    place = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {**os.environ, **{key: str(place[name]) for key, name in names.items() if place[name]}}
    command = [program, *([f"--dbname={place['NAME']}"] if on_this_database else []), *words]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise BackupError(
            f"{program} isn't installed here. It comes with PostgreSQL's client: apt install postgresql-client."
        ) from None
    if done.returncode:
        raise BackupError(f"{program} refused: {done.stderr.strip()}")
