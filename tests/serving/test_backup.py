"""A backup made while the house is open, and a house risen from it."""

from __future__ import annotations

import io
import signal
import stat
import tarfile
from pathlib import Path

from tests.serving.conftest import ON_POSTGRES, Town

LINES = "The ledger holds: 2 lines.\n"  # the first administrator was made, and given a link


def test_a_house_rises_again_from_a_backup_made_while_it_was_open(build, port: int, tmp_path: Path):
    first, second = build("first"), build("second")
    house = first.open(port)
    (first.data / "uploads" / "ab").mkdir()
    (first.data / "uploads" / "ab" / "photo.webp").write_bytes(b"a photo")
    file = tmp_path / "parvis.tar.gz"

    made = first.parvis("backup", file)
    assert (made.returncode, "1 photos" in made.stdout) == (0, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("parvis*")] == ["parvis.tar.gz"]
    assert "exists already" in first.parvis("backup", file).stderr
    assert "stop" in first.parvis("restore", file, "--force").stderr

    house.send_signal(signal.SIGTERM)
    house.wait(10)
    restored = second.parvis("restore", file)
    assert restored.returncode == 0
    assert second.parvis("ledger", "verify").stdout == LINES
    assert (second.data / "uploads/ab/photo.webp").read_bytes() == b"a photo"
    assert (second.data / "secret-key").read_text() == (first.data / "secret-key").read_text()
    assert "SQLite, up to date" in second.parvis("doctor").stdout or ON_POSTGRES

    assert "holds something already" in second.parvis("restore", file).stderr
    assert second.parvis("restore", file, "--force").returncode == 0
    assert second.parvis("ledger", "verify").stdout == LINES
    [aside] = second.data.glob("before-restore-*")
    assert {path.name for path in aside.iterdir()} == {
        "uploads", "secret-key", "database.pgdump" if ON_POSTGRES else "parvis.sqlite3",
    }  # fmt: skip


def archive(path: Path, **members: bytes) -> Path:
    note = f'{{"made_at": "x", "version": "0", "database": "{"postgresql" if ON_POSTGRES else "sqlite"}", "files": 0}}'
    with tarfile.open(path, "w:gz") as made:
        for name, content in {"parvis-backup.json": note.encode(), **members}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return path


def test_what_is_no_sound_backup_is_refused_and_changes_nothing(town: Town, tmp_path: Path):
    base = "database.pgdump" if ON_POSTGRES else "database.sqlite3"
    truncated = tmp_path / "truncated.tar.gz"
    truncated.write_bytes(archive(tmp_path / "long.tar.gz", **{base: b"x" * 100_000}).read_bytes()[:120])
    forged = {
        truncated: "damaged",
        tmp_path / "absent.tar.gz": "can't be read",
        archive(tmp_path / "outside.tar.gz", **{"uploads/../../outside": b"x"}): "holds 'uploads/../../outside'",
        archive(tmp_path / "stranger.tar.gz", **{"settings.py": b"x"}): "holds 'settings.py'",
        archive(tmp_path / "empty.tar.gz"): "holds no database",
        archive(tmp_path / "rotten.tar.gz", **{base: b"x" * 5000}): "damaged" if not ON_POSTGRES else "refused",
    }
    for file, sentence in forged.items():
        refused = town.parvis("restore", file)
        assert (refused.returncode, sentence in refused.stderr) == (1, True), refused.stderr
    assert not (tmp_path / "outside").exists()
    assert {path.name for path in town.data.iterdir()} <= {"secret-key", "serving.lock"}
