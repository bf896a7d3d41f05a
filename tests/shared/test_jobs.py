"""Work for later: written with its cause, tried again with patience, laid with the dead when it can't be done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from tests.shared import job_handlers as handlers

from parvis.config import flow
from parvis.shared import clock, jobs
from parvis.shared.jobs import errors, identity, leases, upkeep
from parvis.shared.models import Heartbeat, Job

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_seen_yet():
    handlers.seen.clear()


def only_job() -> Job:
    return Job.objects.get()


def test_a_job_runs_with_what_it_was_given():
    jobs.enqueue(handlers.note, 42, "closed", quickly=True)

    assert jobs.run_until_empty() == 1
    assert handlers.seen == [((42, "closed"), {"quickly": True})]
    assert (only_job().state, only_job().attempts, only_job().error) == ("done", 1, "")


def test_a_rolled_back_cause_leaves_no_job():
    with transaction.atomic():
        jobs.enqueue(handlers.note, 1)
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_a_unique_key_makes_one_job_even_after_it_is_done():
    assert jobs.enqueue(handlers.note, 1, unique_key="acknowledge:7")
    assert not jobs.enqueue(handlers.note, 2, unique_key="acknowledge:7")
    jobs.run_until_empty()

    assert not jobs.enqueue(handlers.note, 3, unique_key="acknowledge:7")
    assert handlers.seen == [1]


def test_urgent_jobs_go_first_then_those_that_have_waited_longest():
    jobs.enqueue(handlers.note, "second", run_at=TUESDAY)
    jobs.enqueue(handlers.note, "third", run_at=TUESDAY + timedelta(minutes=1))
    jobs.enqueue(handlers.note, "first", priority=5)
    jobs.run_until_empty()

    assert handlers.seen == ["first", "second", "third"]


def test_a_job_waits_for_its_time():
    with clock.moved_to(TUESDAY):
        jobs.enqueue(handlers.note, "reminder", run_at=TUESDAY + timedelta(hours=1))
        assert jobs.run_until_empty() == 0
        assert (jobs.overview().ready, jobs.overview().later) == (0, 1)

    with clock.moved_to(TUESDAY + timedelta(hours=1)):
        assert jobs.run_until_empty() == 1


def test_jobs_enqueued_by_jobs_run_too_up_to_a_limit():
    jobs.enqueue(handlers.enqueue_another)
    jobs.enqueue(handlers.enqueue_another)

    assert jobs.run_until_empty(limit=3) == 3
    assert jobs.run_until_empty() == 1


@pytest.mark.parametrize("argument", [date(2026, 3, 10), object(), float("nan")])
def test_arguments_are_plain_json(argument):
    with pytest.raises((TypeError, ValueError)):
        jobs.enqueue(handlers.note, argument)


@pytest.mark.parametrize("function", [lambda: None, print, handlers.seen.append])
def test_a_function_that_a_worker_could_not_find_again_is_refused(function):
    with pytest.raises(TypeError):
        jobs.enqueue(function)


def test_a_failed_job_is_tried_again_later_and_later():
    with clock.moved_to(TUESDAY):
        jobs.enqueue(handlers.fail_with_a_name)
    waits = []
    for _attempt in range(7):
        now = only_job().run_at
        with clock.moved_to(now):
            assert jobs.run_until_empty() == 1
        assert only_job().state == "ready"
        waits.append((only_job().run_at - now).total_seconds())

    expected = [10, 40, 160, 640, 2560, 10240, 21600]
    assert all(0.75 * wait <= waited <= 1.25 * wait for wait, waited in zip(expected, waits, strict=True))
    with clock.moved_to(only_job().run_at):
        jobs.run_until_empty()
    assert (only_job().state, only_job().attempts) == ("dead", 8)


def test_the_wait_after_a_failure_differs_from_job_to_job():
    assert len({leases.back_off(3) for _ in range(20)}) == 20


def test_what_is_kept_of_a_failure_names_places_in_the_code_and_no_person():
    jobs.enqueue(handlers.fail_with_a_name)
    jobs.run_until_empty()

    error = only_job().error.splitlines()
    assert error[0] == "builtins.ValueError"
    assert error[-1].startswith("  tests.shared.job_handlers:")
    assert error[-1].endswith(" in fail_with_a_name")
    assert "Tremblotte" not in only_job().error


def test_a_cause_is_told_with_its_effect():
    try:
        try:
            int("secret")
        except ValueError as cause:
            raise LookupError("secret") from cause
    except LookupError as error:
        told = errors.describe(error).splitlines()

    assert [line for line in told if not line.startswith("  ")] == [
        "builtins.LookupError", "caused by builtins.ValueError",
    ]  # fmt: skip


def test_a_handler_that_gives_up_is_dead_at_once_with_its_sentence():
    jobs.enqueue(handlers.give_up)
    jobs.run_until_empty()

    assert (only_job().state, only_job().attempts) == ("dead", 1)
    assert only_job().error.splitlines()[1] == "Correct the address … then replay."


def test_a_dead_job_is_replayed_with_all_its_attempts():
    jobs.enqueue(handlers.note, "at last", max_attempts=1)
    Job.objects.update(state="dead", attempts=1)
    assert (jobs.dead_count(), list(jobs.dead())) == (1, [only_job()])

    jobs.replay(only_job().pk)

    assert jobs.run_until_empty() == 1
    assert (handlers.seen, only_job().attempts, jobs.dead_count()) == (["at last"], 1, 0)


def test_a_dead_job_is_discarded_and_its_key_stays_taken():
    jobs.enqueue(handlers.give_up, unique_key="notice:1")
    jobs.run_until_empty()
    jobs.discard(only_job().pk)

    assert only_job().state == "discarded"
    assert not jobs.enqueue(handlers.give_up, unique_key="notice:1")


@pytest.mark.parametrize("decide", [jobs.replay, jobs.discard])
def test_only_a_dead_job_is_decided_on(decide):
    jobs.enqueue(handlers.note, 1)

    with pytest.raises(jobs.NotDead):
        decide(only_job().pk)
    with pytest.raises(jobs.NotDead):
        decide(999_999)


def outlive_the_lease() -> tuple[Job, Job]:
    """The job as a slow worker took it, and as the next one did."""
    jobs.enqueue(handlers.wait_and_check_the_lease)
    [slow] = leases.claim()
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert leases.reclaim() == 1
    [next_one] = leases.claim()
    return slow, next_one


def test_a_worker_that_outlived_its_lease_can_change_nothing():
    slow, next_one = outlive_the_lease()

    assert leases.complete(slow) is False
    assert leases.fail(slow, ValueError()) is False
    assert (only_job().state, only_job().lease_token) == ("running", next_one.lease_token)
    assert leases.complete(next_one) is True
    assert (only_job().state, only_job().attempts) == ("done", 2)


def test_a_handler_can_ask_whether_it_still_holds_its_job():
    slow, next_one = outlive_the_lease()
    for job in (slow, next_one):
        leases.held.set(job)
        handlers.seen.append(jobs.still_held())
    leases.held.set(None)

    assert handlers.seen == [False, True]
    assert jobs.still_held() is True


def test_a_fenced_effect_of_a_slow_worker_is_undone():
    slow, next_one = outlive_the_lease()
    leases.held.set(slow)
    with pytest.raises(jobs.LeaseLost), transaction.atomic():
        jobs.fence()
    leases.held.set(next_one)
    with transaction.atomic():
        jobs.fence()
    leases.held.set(None)
    with transaction.atomic():
        jobs.fence()


def test_a_job_that_kills_its_workers_dies_after_its_attempts():
    jobs.enqueue(handlers.note, 1, max_attempts=2)
    for _worker in range(2):
        leases.claim()
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        leases.reclaim()

    assert (only_job().state, only_job().error) == ("dead", "The worker stopped before the job was done.")


def test_a_lease_that_is_kept_is_not_reclaimed():
    jobs.enqueue(handlers.note, 1)
    [job] = leases.claim()
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    leases.extend([job.lease_token])

    assert leases.reclaim() == 0
    assert only_job().lease_until > timezone.now() + timedelta(seconds=50)


def test_an_orderly_stop_gives_the_job_back_without_counting_an_attempt():
    jobs.enqueue(handlers.note, 1)
    [job] = leases.claim()

    assert leases.release([job.lease_token]) == 1
    assert (only_job().state, only_job().attempts) == ("ready", 0)


def test_a_process_that_ended_is_known_on_its_own_machine_only():
    host, process, _nonce = identity.me().rsplit(":", 2)

    assert identity.is_gone(f"{host}:{process}:0ther")  # our number, somebody before us
    assert identity.is_gone(f"{host}:{2**22 + 1}:00")  # above the highest number that Linux gives
    assert not identity.is_gone(f"{host}:1:00")
    assert not identity.is_gone(identity.me())
    assert not identity.is_gone(f"elsewhere:{2**22 + 1}:00")


def test_a_queue_has_at_most_so_many_jobs_at_once(monkeypatch):
    monkeypatch.setattr(flow, "QUEUE_LIMITS", {"mail": 1})
    for number in range(3):
        jobs.enqueue(handlers.note, number, queue="mail", priority=9)
    jobs.enqueue(handlers.note, "other")

    [first], [second] = leases.claim(), leases.claim()
    assert (first.queue, second.queue) == ("mail", "default")
    assert leases.claim() == []

    leases.complete(first)
    assert [job.queue for job in leases.claim()] == ["mail"]


def test_each_slot_of_the_timetable_makes_one_job_whatever_the_number_of_workers(monkeypatch):
    night = (handlers.give_up, jobs.daily("03:10"))
    monkeypatch.setattr(
        flow, "TIMETABLE", {"often": (handlers.enqueue_another, jobs.every(minutes=15)), "night": night}
    )
    workers = [jobs.Timetable(), jobs.Timetable()]

    def keys_at(moment: datetime) -> list[str]:
        before = set(Job.objects.values_list("unique_key", flat=True))
        with clock.moved_to(moment):
            for worker in workers:
                worker.tick()
        return sorted(set(Job.objects.values_list("unique_key", flat=True)) - before)

    assert keys_at(TUESDAY) == ["timetable:night:2026-03-10", "timetable:often:2026-03-10T14:00+00:00"]
    assert keys_at(TUESDAY + timedelta(minutes=14, seconds=59)) == []
    assert keys_at(TUESDAY + timedelta(minutes=15)) == ["timetable:often:2026-03-10T14:15+00:00"]
    assert [job.state for job in Job.objects.all()] == ["ready"] * 3


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (datetime(2026, 1, 15, 8, 9, tzinfo=UTC), "2026-01-14"),  # 3:09 in winter: not yet
        (datetime(2026, 1, 15, 8, 10, tzinfo=UTC), "2026-01-15"),  # 3:10
        (datetime(2026, 7, 15, 7, 10, tzinfo=UTC), "2026-07-15"),  # 3:10 in summer, one hour earlier in UTC
        (datetime(2026, 3, 8, 7, 10, tzinfo=UTC), "2026-03-08"),  # 3:10 on the night when the clocks go forward
        (datetime(2026, 11, 1, 7, 10, tzinfo=UTC), "2026-10-31"),  # 2:10 on the night when they go back
        (datetime(2026, 11, 1, 8, 10, tzinfo=UTC), "2026-11-01"),
    ],
)
def test_a_daily_job_follows_the_clock_of_the_city(moment, night):
    assert jobs.daily("03:10").slot(moment) == night


def test_finished_jobs_are_swept_after_two_weeks_and_the_dead_stay():
    old = clock.now() - timedelta(days=15)
    for state in ("done", "discarded", "dead"):
        jobs.enqueue(handlers.note, state)
        Job.objects.filter(state="ready").update(state=state, finished_at=old)
    jobs.enqueue(handlers.note, "fresh")
    jobs.run_until_empty()
    Heartbeat.objects.create(worker="gone:1:00", at=old)

    assert jobs.prune() == 2
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "done"]
    assert Heartbeat.objects.count() == 0


def test_a_heartbeat_is_told_by_its_age():
    assert jobs.seconds_since_heartbeat() is None
    with clock.moved_to(TUESDAY):
        upkeep.beat()
        upkeep.beat()
    with clock.moved_to(TUESDAY + timedelta(seconds=12)):
        assert jobs.seconds_since_heartbeat() == 12.0
        assert jobs.overview().workers == (identity.me(),)
    with clock.moved_to(TUESDAY + timedelta(seconds=61)):
        assert jobs.overview().workers == ()


def test_the_overview_counts_each_kind():
    with clock.moved_to(TUESDAY):
        for _number in range(3):
            jobs.enqueue(handlers.note, 1)
        leases.claim()
    with clock.moved_to(TUESDAY + timedelta(seconds=90)):
        assert jobs.overview() == jobs.Overview(ready=2, later=0, running=1, dead=0, oldest_due_s=90.0, workers=())


def test_a_django_task_runs_from_the_same_table_and_its_result_is_read_back():
    result = handlers.add.enqueue(2, b=3)
    assert (result.status, result.attempts) == (TaskResultStatus.READY, 0)
    jobs.run_until_empty()
    result.refresh()

    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, 5, 1)
    assert handlers.add.get_result(result.id) == result


def test_a_django_task_may_be_asynchronous_ask_for_its_context_and_wait():
    told = handlers.tell_attempt.enqueue("attempt")
    later = handlers.add_later.using(priority=3, queue_name="sums", run_after=TUESDAY).enqueue(1, 1)
    jobs.run_until_empty()
    told.refresh()
    later.refresh()

    assert (told.return_value, later.return_value) == ("attempt 1", 2)
    assert (later.task.priority, later.task.queue_name) == (3, "sums")


def test_a_failed_django_task_tells_its_error():
    result = handlers.add.enqueue(1, "one")
    Job.objects.update(max_attempts=1)
    jobs.run_until_empty()
    result.refresh()

    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is TypeError


@pytest.mark.parametrize("unknown", ["999999", "x", ""])
def test_an_unknown_result_is_told_as_such(unknown):
    with pytest.raises(TaskResultDoesNotExist):
        handlers.add.get_result(unknown)
