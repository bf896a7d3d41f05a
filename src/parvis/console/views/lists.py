"""Pages of a list by keyset, in order of id or of one column: however long the list, a page costs the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from parvis.console.paging import Pager, Position

SIZE = 50


@dataclass(frozen=True)
class Rows:
    rows: list[Any]
    pager: Pager


def newest_first(rows: QuerySet[Any], request: HttpRequest) -> Rows:
    position = Position.read(request.GET)
    page = rows.order_by("-pk")
    last_seen = _number(position.after)
    if last_seen is not None:
        page = page.filter(pk__lt=last_seen)
    return _cut(page, position, request)


def by(column: str, rows: QuerySet[Any], request: HttpRequest) -> Rows:
    """In rising order of a column that is never null; the cursor is the id of the last row shown."""
    position = Position.read(request.GET)
    page = rows.order_by(column, "pk")
    last_seen = _number(position.after)
    last = rows.model._default_manager.filter(pk=last_seen).first() if last_seen is not None else None
    if last is not None:
        value = getattr(last, column)
        page = page.filter(Q(**{f"{column}__gt": value}) | Q(**{column: value}, pk__gt=last.pk))
    return _cut(page, position, request)


def _cut(page: QuerySet[Any], position: Position, request: HttpRequest) -> Rows:
    found = list(page[: SIZE + 1])
    rows = found[:SIZE]
    next_cursor = str(rows[-1].pk) if len(found) > SIZE else None
    return Rows(rows, position.pager(request.GET, next_cursor))


def _number(typed: str | None) -> int | None:
    """A row id of the address bar; None for anything else, what no column holds included."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) <= 18 else None
