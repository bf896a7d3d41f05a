"""The django-tasks interface: `@task` functions enqueue into the same table, and their results can be read back."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from parvis.shared.jobs.enqueueing import insert, path_of
from parvis.shared.models import Job

_STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.DEAD: TaskResultStatus.FAILED,
    Job.State.DISCARDED: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):  # type: ignore[misc]
    """Jobs in the database, leased to workers (see parvis.shared.jobs)."""

    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        self.validate_task(task)
        job_id = insert(
            path_of(task), normalize_json(args), normalize_json(kwargs), unique_key=None, run_at=task.run_after,
            queue=task.queue_name, priority=task.priority, max_attempts=8,
        )  # fmt: skip
        return self.get_result(str(job_id))

    def get_result(self, result_id: str) -> Any:
        """Raises TaskResultDoesNotExist for an unknown id, a pruned job, or one that isn't a django-tasks task."""
        job = Job.objects.filter(pk=int(result_id)).first() if result_id.isdecimal() else None
        if job is None or not is_task(task := import_string(job.task)):
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task)


def is_task(function: object) -> bool:
    return isinstance(function, Task)


def call_task(task: Any, job: Job) -> Any:
    """Call a django-tasks task with the job's arguments; returns its result as plain JSON."""
    context = [TaskContext(task_result=result_of(job, task))] if task.takes_context else []
    return normalize_json(task.call(*context, *job.args, **job.kwargs))


def result_of(job: Job, task: Any) -> Any:
    """The job as django-tasks shows it. Only the last worker is known: it stands once for each attempt."""
    result = TaskResult(
        task=task.using(priority=job.priority, queue_name=job.queue, run_after=job.run_at),
        id=str(job.pk), status=_STATUS[Job.State(job.state)], enqueued_at=job.enqueued_at,
        started_at=job.started_at, finished_at=job.finished_at, last_attempted_at=job.started_at,
        args=job.args, kwargs=job.kwargs, backend=task.backend,
        errors=[TaskError(exception_class_path=job.error.splitlines()[0], traceback=job.error)] if job.error else [],
        worker_ids=[job.worker] * job.attempts,
    )  # fmt: skip
    object.__setattr__(result, "_return_value", job.result)
    return result
