"""Several workers, killed workers, many writers: nothing is lost, nothing runs twice at once."""

from __future__ import annotations

import os
import signal
import time

from tests.shared.conftest import House, wait_until

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


def test_a_worker_killed_in_the_middle_of_a_thousand_jobs_loses_none(house: House):
    house.run("fill", "deliver", house.folder, 0, 1000)
    first = house.start("work", 3, 3)
    wait_until(lambda: house.delivered() >= 300)
    first.send_signal(signal.SIGKILL)
    first.wait()
    at_the_kill = house.delivered()

    second = house.start("work", 3, 3)
    wait_until(lambda: set(house.run("counts")["states"]) == {"done"})
    second.terminate()
    assert second.wait(10) == 0

    assert at_the_kill < 1000
    assert sorted(path.name for path in house.folder.glob("delivered-*")) == sorted(
        f"delivered-{number}" for number in range(1000)
    )
    assert 1000 <= len(house.runs()) <= 1003  # the three in hand at the kill may have run once more


def test_the_job_of_a_killed_worker_is_taken_over_at_once_on_sqlite_and_after_its_lease_on_postgres(house: House):
    lease_s = 2 if ON_POSTGRES else 60  # PostgreSQL's workers may live on other machines: only leases tell
    house.run("fill", "take_a_while", house.folder, 0, 1)
    first = house.start("work", 1, lease_s)
    wait_until((house.folder / "runs").exists)
    first.kill()
    first.wait()

    killed_at = time.monotonic()
    house.start("work", 1, lease_s)
    wait_until(lambda: house.runs()[-1].startswith("end"))
    assert time.monotonic() - killed_at < 10


def test_two_workers_never_run_one_job_at_a_time(house: House):
    house.run("fill", "enter_alone", house.folder, 0, 200)
    workers = [house.start("work", 3, 60), house.start("work", 3, 60)]
    wait_until(lambda: house.delivered() == 200)
    for worker in workers:
        worker.terminate()
        assert worker.wait(10) == 0

    assert list(house.folder.glob("complaint-*")) == []
    assert sorted(house.runs(), key=int) == [str(number) for number in range(200)]


def test_a_lease_is_kept_as_long_as_its_job_runs(house: House):
    house.run("fill", "take_a_while", house.folder, 0, 2)
    workers = [house.start("work", 2, 1), house.start("work", 2, 1)]  # the job outlasts its lease
    wait_until(lambda: set(house.run("counts")["states"]) == {"done"})
    for worker in workers:
        worker.terminate()
        worker.wait()

    assert house.run("counts")["attempts"] == [1, 1]


def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(house: House):
    house.run("fill", "take_a_while", house.folder, 0, 5)
    worker = house.start("work", 1, 60)
    wait_until((house.folder / "runs").exists)
    worker.terminate()

    assert worker.wait(10) == 0
    assert [line.split()[0] for line in house.runs()] == ["start", "end"]
    assert sorted(house.run("counts")["states"]) == ["done", "ready", "ready", "ready", "ready"]


def test_a_job_is_picked_up_in_less_than_a_tenth_of_a_second_by_the_process_that_wrote_it(house: House):
    assert house.run("pickup", house.folder) < 100


def test_eight_writers_at_once_meet_no_lock_and_keep_the_chain_of_one_subject(house: House):
    assert house.run("write_at_once", 8, 40) == {"errors": [], "lines": 320, "breaks": 0}
