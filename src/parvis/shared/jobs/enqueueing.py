"""Writing a job in the transaction that causes it, and waking the workers of this process when it commits."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from django.db import connection, transaction

from parvis.shared import clock

# Set when a job that is due has been committed by this process: its workers then needn't wait for their next look.
something_to_do = Event()


def enqueue(
    function: Callable[..., Any],
    *args: Any,
    unique_key: str | None = None,
    run_at: datetime | None = None,
    queue: str = "default",
    priority: int = 0,
    max_attempts: int = 8,
    **kwargs: Any,
) -> bool:
    """Write one job in the current transaction: after a rollback there is none.

    `function` lives at the top of a module, `args` are plain JSON, `run_at` (aware) None means now, a higher
    `priority` goes first. Returns False, writing nothing, when a job with this unique_key exists already, whatever its
    state. Raises TypeError for anything else than plain JSON.
    """
    written = insert(
        path_of(function), args, kwargs, unique_key=unique_key, run_at=run_at, queue=queue, priority=priority,
        max_attempts=max_attempts,
    )  # fmt: skip
    return written is not None


def path_of(function: Callable[..., Any]) -> str:
    """The dotted path by which a worker finds `function` (or a django-tasks task) again."""
    function = getattr(function, "func", function)
    if not inspect.isfunction(function) or "<" in function.__qualname__:
        raise TypeError(f"{function!r} can't run as a job: only a function at the top of a module can be found again.")
    return f"{function.__module__}.{function.__qualname__}"


def insert(
    task: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, unique_key: str | None, run_at: datetime | None,
    queue: str, priority: int, max_attempts: int,
) -> int | None:  # fmt: skip
    """The id of the new row, or None when the unique key is taken."""
    now = clock.now()
    row: dict[str, Any] = {
        "queue": queue, "priority": priority, "task": task, "args": _json(list(args)), "kwargs": _json(dict(kwargs)),
        "unique_key": unique_key, "state": "ready", "attempts": 0, "max_attempts": max_attempts,
        "run_at": moment(run_at or now), "lease_token": "", "worker": "", "error": "", "enqueued_at": moment(now),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO shared_job ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"  # noqa: S608
            " ON CONFLICT (unique_key) DO NOTHING RETURNING id",
            list(row.values()),
        )
        written = cursor.fetchone()
    if written is None:
        return None
    if run_at is None or run_at <= now:
        transaction.on_commit(something_to_do.set)
    return int(written[0])


def moment(at: datetime) -> Any:
    """A moment as this database takes it in raw SQL."""
    return connection.ops.adapt_datetimefield_value(at)


def _json(value: Any) -> Any:
    json.dumps(value, allow_nan=False)  # refuse here, where the caller sees it, and not in the database
    return connection.ops.adapt_json_value(value, None)
