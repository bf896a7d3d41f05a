"""Which event sets off what, and what happens by the clock: the page that shows the house working.

Each entry of the ledger whose kind stands here enqueues one job per reaction, in the same transaction. A reaction
takes the id of the entry, runs at least once, and is idempotent.
"""

from contextlib import AbstractContextManager

from parvis.cases import photos
from parvis.cases import reactions as cases
from parvis.config import checkups
from parvis.config.first_run import administrators_link
from parvis.ledger import context
from parvis.notices import reactions as notices
from parvis.shared import housekeeping, jobs
from parvis.shared.models import Job

FLOW = {
    "report.submitted": (notices.acknowledge,),
    "report.joined": (notices.acknowledge,),
    "case.accepted": (notices.tell_reporters,),
    "case.planned": (notices.tell_reporters,),
    "case.started": (notices.tell_reporters,),
    "case.waiting": (notices.tell_reporters,),
    "case.closed": (notices.tell_reporters,),
    "case.reopened": (notices.tell_reporters,),
    "case.due_changed": (notices.tell_reporters,),
    "case.replied": (notices.tell_reporters,),
    "service.changed": (cases.follow_visibility,),
}

# By the clock, where the city is: each slot makes one job, whatever the number of workers.
TIMETABLE = {
    "sweep finished jobs": (jobs.prune, jobs.daily("03:10")),
    "sweep pictures that nobody sent": (photos.prune_aside, jobs.daily("03:30")),
    "sweep expired sign-ins": (housekeeping.clear_sessions, jobs.daily("03:20")),
}

# How many jobs of a queue may run at once, all workers together; a queue that isn't named has no limit of its own.
QUEUE_LIMITS: dict[str, int] = {}

# What `parvis doctor` looks at beyond what is common to any house.
LOOKS = (checkups.mail,)

first_run = administrators_link


def around_job(job: Job) -> AbstractContextManager[context.Context]:
    """What a job writes in the ledger is signed by the system, under one correlation id."""
    return context.acting(actor="system", channel="system", correlation=f"job:{job.pk}")
