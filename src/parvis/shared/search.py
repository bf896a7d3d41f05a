"""Full-text look-up by one analyser (shared/text.py) on both databases: SQLite FTS5, PostgreSQL tsvector('simple').

The index stores stems, so both engines answer alike. It answers with ids; ordering, filtering and permission stay
with the caller's queryset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.expressions import RawSQL

from parvis.shared import text

MAX_TERMS = 12  # of one query; the rest of a pasted page adds nothing


@dataclass(frozen=True)
class SearchIndex:
    """One table of stems. `name` is the table's name, a constant of our own."""

    name: str

    def create(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """For migrations: make the table on whichever engine runs."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE TABLE {self.name} (id bigint PRIMARY KEY, doc tsvector NOT NULL)")
            schema_editor.execute(f"CREATE INDEX {self.name}_doc ON {self.name} USING gin (doc)")
        else:
            options = "tokenize = 'unicode61', prefix = '2 3', detail = 'none'"
            schema_editor.execute(f"CREATE VIRTUAL TABLE {self.name} USING fts5(doc, {options})")

    def drop(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        schema_editor.execute(f"DROP TABLE {self.name}")

    def put(self, row_id: int, document: str) -> None:
        """Index one row anew, whatever was there."""
        self.remove(row_id)
        self.add_many([(row_id, document)])

    def add_many(self, documents: Iterable[tuple[int, str]]) -> None:
        """Index rows that aren't in the index yet: one statement for all, for imports."""
        rows = [(row_id, " ".join(text.terms(document))) for row_id, document in documents]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                sql = f"INSERT INTO {self.name} (id, doc) VALUES (%s, to_tsvector('simple', %s))"  # noqa: S608
            else:
                sql = f"INSERT INTO {self.name} (rowid, doc) VALUES (%s, %s)"  # noqa: S608
            cursor.executemany(sql, rows)

    def remove(self, row_id: int) -> None:
        key = "id" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.name} WHERE {key} = %s", [row_id])  # noqa: S608

    def ids(self, query: str, *, at_once: bool = False) -> RawSQL | None:
        """A subquery of the ids that hold every word of `query` (the last one may be unfinished); None if it has none.

        Use as `queryset.filter(pk__in=INDEX.ids(query))`. PostgreSQL may then walk the rows in the queryset's order and
        look into each until a page is full: quick from the newest on, where words are as frequent as anywhere, and slow
        in an order that has to do with them. `at_once` has it find the ids first.
        """
        words = [word for word in text.words(query) if word not in text.STOP_WORDS][:MAX_TERMS]
        if not words:
            return None
        if connection.vendor == "postgresql":
            match = " & ".join(_alternatives(words, " | ", "{}", "{}:*"))
            found = f"SELECT id FROM {self.name} WHERE doc @@ to_tsquery('simple', %s)"  # noqa: S608
            return RawSQL(found + " OFFSET 0" * at_once, [match])  # noqa: S611  OFFSET keeps the planner out
        match = " AND ".join(_alternatives(words, " OR ", '"{}"', '"{}"*'))
        return RawSQL(f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s", [match])  # noqa: S608, S611


def _alternatives(words: list[str], joiner: str, whole: str, prefix: str) -> list[str]:
    """Each word as its stem; the last one also as the beginning of a longer word."""
    stems = [whole.format(text.stem(word)) for word in words[:-1]]
    last = words[-1]
    choices = dict.fromkeys([prefix.format(last), prefix.format(text.stem(last))])
    return [*stems, f"({joiner.join(choices)})"]
