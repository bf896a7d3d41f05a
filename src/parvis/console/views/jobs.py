"""Background work: how it stands, and what failed for good until a person decides."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.console.views import lists
from parvis.shared import audience, jobs
from parvis.shared.models import Job

MANAGE = "jobs.manage"


@audience.agent(MANAGE)
def job_list(request: HttpRequest) -> HttpResponse:
    context = {
        "overview": jobs.overview(),
        "heartbeat_s": jobs.seconds_since_heartbeat(),
        "queues": _queues(),
        "page": lists.newest_first(jobs.dead(), request),
        "section": "jobs",
    }
    return render(request, "console/admin/jobs.html", context)


def _queues() -> list[tuple[str, int, int]]:
    """(queue, waiting, running) for each queue with unfinished jobs."""
    depths: dict[str, list[int]] = {}
    for column, state in enumerate((Job.State.READY, Job.State.RUNNING)):
        for queue, count in Job.objects.in_state(state).order_by().values_list("queue").annotate(Count("pk")):
            depths.setdefault(queue, [0, 0])[column] = count
    return [(queue, waiting, running) for queue, (waiting, running) in sorted(depths.items())]


@audience.agent(MANAGE)
@require_POST
def replay(request: HttpRequest, job_id: int) -> HttpResponse:
    return _decide(request, job_id, jobs.replay, _("La tâche est relancée, avec tous ses essais."))


@audience.agent(MANAGE)
@require_POST
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    return _decide(request, job_id, jobs.discard, _("La tâche est abandonnée."))


def _decide(request: HttpRequest, job_id: int, verb: Callable[[int], None], done: str) -> HttpResponse:
    try:
        verb(job_id)
    except jobs.NotDead:
        if not Job.objects.filter(pk=job_id).exists():
            raise Http404 from None
        messages.warning(request, _("Cette tâche n’est plus en échec : quelqu’un a déjà décidé."))
    else:
        messages.success(request, done)
    return redirect("console:jobs")
