"""Style sheets and scripts: collected once per version into the data folder, compressed, under names that carry a hash
of their content and may therefore be kept for ever by browsers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import storages
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

import parvis

# Libraries find their own files (MapLibre its worker) by name, so their names stay.
OWN_NAMES = ("maplibre/", "htmx/")
LEFT_OUT = ("*.map", "*.d.ts", "*-dev.mjs", "*.gz")
DONE = ".collected"


class HashedStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names where files were collected; plain names elsewhere (tests, a developer's server)."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        return name if name.startswith(OWN_NAMES) else str(super().hashed_name(name, content, filename))

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if name in self.hashed_files else name


def collect() -> None:
    """Bring the collected files up to date; a second without change costs a few milliseconds."""
    if not isinstance(storages["staticfiles"], HashedStatic):
        return
    done = Path(settings.STATIC_ROOT) / DONE
    wanted = _fingerprint()
    if not done.exists() or done.read_text() != wanted:
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=list(LEFT_OUT))
        done.write_text(wanted)
    settings.WHITENOISE_USE_FINDERS = False  # the collected files stand for the found ones, with their compressed forms


def _fingerprint() -> str:
    """Changes with any file that could be collected, and with the versions of what collects them."""
    digest = hashlib.sha256(f"{parvis.__version__} {django.VERSION} {OWN_NAMES} {LEFT_OUT}".encode())
    for finder in finders.get_finders():
        for path, storage in finder.list(LEFT_OUT):
            found = Path(storage.path(path)).stat()
            digest.update(f"{getattr(storage, 'prefix', '')} {path} {found.st_mtime_ns} {found.st_size}\n".encode())
    return digest.hexdigest()
