"""Background jobs: a django-tasks back end on the same database connection as the work that causes them.

    state      what it means                                  what comes next
    ready      waits for its time and a worker                running
    running    leased to one worker until lease_until         done · ready (failed, or its lease ran out) · dead
    done       its handler returned                           pruned after two weeks
    dead       failed max_attempts times, or gave up          ready (replay) · discarded
    discarded  a person decided not to do it                  pruned after two weeks

A job is written in the transaction that causes it, runs at least once, and is handed to one worker at a time. A worker
that is killed loses its lease and another takes over, so a handler must bear being run again: it checks what is already
done, or calls `fence()` in the transaction of its effect. docs/explain/jobs.md tells the whole story.

A handler takes ids and calls a verb in one line. It opens its own transactions and holds none open while it talks to
the network.
"""

from parvis.shared.jobs.backend import LeaseBackend
from parvis.shared.jobs.deadletter import dead, dead_count, discard, replay
from parvis.shared.jobs.enqueueing import enqueue
from parvis.shared.jobs.errors import GiveUp, JobError, LeaseLost, NotDead
from parvis.shared.jobs.leases import fence, still_held
from parvis.shared.jobs.running import run_until_empty
from parvis.shared.jobs.timetable import Timetable, daily, every
from parvis.shared.jobs.upkeep import Overview, overview, prune, seconds_since_heartbeat
from parvis.shared.jobs.worker import run_worker

__all__ = [
    "GiveUp",
    "JobError",
    "LeaseBackend",
    "LeaseLost",
    "NotDead",
    "Overview",
    "Timetable",
    "daily",
    "dead",
    "dead_count",
    "discard",
    "enqueue",
    "every",
    "fence",
    "overview",
    "prune",
    "replay",
    "run_until_empty",
    "run_worker",
    "seconds_since_heartbeat",
    "still_held",
]
