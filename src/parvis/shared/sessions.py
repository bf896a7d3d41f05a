"""Visitors' sessions, in the database; a cookie that we can't have given is no session."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    def _validate_session_key(self, key: str | None) -> bool:
        """Letters and digits only: PostgreSQL has no way to look for a key that holds a NUL."""
        return bool(key and key.isascii() and key.isalnum() and len(key) >= 8)
