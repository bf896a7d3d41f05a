"""Style sheets and scripts under names that browsers may keep for ever."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.templatetags.static import static

from parvis.shared.serving import static_files


@pytest.fixture
def hashed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "parvis.shared.serving.static_files.HashedStatic"},
    }
    return tmp_path


def test_before_collecting_names_are_plain(hashed):
    assert storages["staticfiles"].url("ui/base.css") == "/static/ui/base.css"
    assert storages["staticfiles"].url("no/such/file.css") == "/static/no/such/file.css"


def test_collected_files_carry_their_hash_are_compressed_and_find_each_other(hashed):
    static_files.collect()
    name = storages["staticfiles"].url("portal/map.js").removeprefix("/static/")

    assert re.fullmatch(r"portal/map\.[0-9a-f]{12}\.js", name)
    script = (hashed / name).read_text()
    assert gzip.decompress((hashed / f"{name}.gz").read_bytes()).decode() == script
    [imported] = re.findall(r'from "\./(map-base\.[0-9a-f]{12}\.js)"', script)
    assert (hashed / "portal" / imported).exists()


def test_libraries_keep_their_names(hashed):
    static_files.collect()

    for name in ("maplibre/maplibre-gl.mjs", "maplibre/maplibre-gl-worker.mjs", "htmx/htmx.min.js"):
        assert storages["staticfiles"].url(name) == f"/static/{name}"
        assert (hashed / f"{name}.gz").exists()


def test_nothing_is_collected_twice_without_a_change(hashed):
    static_files.collect()
    manifest = Path(hashed / "staticfiles.json")
    manifest.write_text("untouched")
    static_files.collect()
    assert manifest.read_text() == "untouched"

    (hashed / static_files.DONE).write_text("an older version")
    manifest.unlink()
    static_files.collect()
    assert manifest.exists()


def test_a_house_with_plain_names_collects_nothing(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }  # fmt: skip
    static_files.collect()

    assert list(tmp_path.iterdir()) == []
    assert static("ui/base.css") == "/static/ui/base.css"
