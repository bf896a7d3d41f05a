"""Writing many rows at once, for imports: one prepared statement, no model instance, values adapted by column.

Django's bulk_create prepares every field of every row in Python; on tables of thirty columns that is most of an
import's time. Rows of one call have the same keys; columns left out take the field's default, worked out once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Adapter = Callable[[Any], Any]


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` primary keys that nobody else will get, in order. Call inside a transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [row[0] for row in cursor.fetchall()]
        # SQLite has one writer, and this transaction is it (BEGIN IMMEDIATE): the next keys are ours.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))


def insert_many(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows given by column name (`service_id`, not `service`). No signals, no validation: callers check."""
    if not rows:
        return
    given = list(rows[0])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    left_out = [name for name, field in fields.items() if name not in rows[0] and not field.primary_key]
    constant = {name: _default(fields[name]) for name in left_out}
    adapters = [(name, _adapter(fields[name])) for name in given]
    columns = [str(fields[name].column) for name in (*given, *constant)]
    marks = ", ".join(["%s"] * len(columns))
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    tail = tuple(constant.values())
    values = [(*(adapt(row[name]) for name, adapt in adapters), *tail) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _default(field: models.Field[Any, Any]) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def _adapter(field: models.Field[Any, Any]) -> Adapter:
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False)
    return lambda value: value
