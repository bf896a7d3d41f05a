"""What the doctor sees in a house that is well, and in one that isn't."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from parvis.config import checkups
from parvis.shared import backup, clock, doctor, housekeeping, jobs
from parvis.shared.jobs import upkeep
from parvis.shared.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path


def note_backup(folder, *, days_ago: int) -> None:
    told = {"at": (clock.now() - timedelta(days=days_ago)).isoformat(), "file": str(folder / "b.tar.gz")}
    (folder / "last-backup.json").write_text(json.dumps(told))
    (folder / "b.tar.gz").touch()


def test_a_house_that_is_well_passes_line_by_line(own_folder, settings, monkeypatch):
    monkeypatch.setattr(doctor, "LOOKS", tuple(look for look in doctor.LOOKS if look is not doctor.configuration))
    monkeypatch.setattr("parvis.config.flow.LOOKS", ())
    (own_folder / "secret-key").touch(0o600)
    note_backup(own_folder, days_ago=1)
    upkeep.beat()
    out = StringIO()
    call_command("doctor", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"OK         {about}"
        for about in ("database", "secret key", "disk", "clock", "workers", "dead jobs", "backups")
    ]


def test_a_house_that_is_unwell_fails_and_says_what_to_do(own_folder):
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", stdout=out)

    assert stopped.value.code == 1
    assert "attention  workers: none at work → start `parvis serve`" in out.getvalue()
    assert "attention  backups: none was ever made from this folder → run `parvis backup FILE`" in out.getvalue()
    assert f"attention  mail: written as files in {own_folder / 'outbox'} → set PARVIS_SMTP_URL" in out.getvalue()


def test_a_key_that_others_can_read_is_seen(own_folder):
    (own_folder / "secret-key").touch()
    (own_folder / "secret-key").chmod(0o644)

    assert doctor.secret_key().remedy == f"run: chmod 600 {own_folder / 'secret-key'}"


def test_a_full_disk_is_seen(monkeypatch):
    monkeypatch.setattr(doctor, "FREE_MB", shutil.disk_usage("/").total)

    assert not doctor.disk().is_well


def test_jobs_that_wait_too_long_and_dead_ones_are_seen():
    upkeep.beat()
    jobs.enqueue(housekeeping.clear_sessions, run_at=clock.now() - timedelta(seconds=400))
    jobs.enqueue(housekeeping.clear_sessions)
    Job.objects.filter(pk=Job.objects.latest("pk").pk).update(state="dead")

    assert doctor.workers().seen.startswith("1 at work, 0 jobs running, 1 due, 0 for later; the oldest has waited 400")
    assert doctor.dead_jobs().seen == "1 failed for good"


def test_an_old_backup_is_seen_and_one_moved_elsewhere_is_well(own_folder):
    note_backup(own_folder, days_ago=8)
    assert doctor.backups().seen == f"the last is 8 days old: {own_folder / 'b.tar.gz'}"
    assert not doctor.backups().is_well

    note_backup(own_folder, days_ago=2)
    (own_folder / "b.tar.gz").unlink()
    assert doctor.backups().is_well
    assert backup.last() is not None


def test_a_clock_behind_what_is_written_is_seen():
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        upkeep.beat()

    assert doctor._seconds_away_from_what_is_written() == pytest.approx(300, abs=2)


def test_a_mail_server_that_does_not_answer_is_seen(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    assert checkups.mail().seen.startswith("127.0.0.1:9 doesn't take us: ")

    settings.SMTP_URL = "mailto:nobody"
    assert not checkups.mail().is_well
