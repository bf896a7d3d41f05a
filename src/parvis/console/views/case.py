"""The case page: the story, the gesture in hand, the context."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from parvis.cases import access, drafts, history, nearby, public
from parvis.cases.errors import IllegalMove, MissingDetail, StaleVersion
from parvis.cases.models import Case, Merge, Report
from parvis.catalogue import asking
from parvis.console import drafting, gestures, sketch
from parvis.console.forms.case import CaseForm
from parvis.console.staff import StaffRequest
from parvis.console.views import conflict
from parvis.people.models import Agent
from parvis.shared import audience

REPORTS_SHOWN = 50
OTHERS_SHOWN = 10


@audience.agent("console.open")
@require_safe
def page(request: StaffRequest, case_id: int) -> HttpResponse:
    return show(request, access.case_for(request.user, case_id))


def show(request: StaffRequest, case: Case, *, bound: CaseForm | None = None, status: int = 200) -> HttpResponse:
    """The whole page of a case; with `bound`, as it was when a form was refused, nothing typed lost."""
    agent: Agent = request.user
    draft = drafts.load(agent, case.pk)
    context = {
        "case": case,
        "offer": gestures.offered(case, agent, draft, bound),
        "bound": bound,
        "has_draft": bool(draft),
        "others_here": drafts.others_on(agent, case.pk),
        "told": _told(case),
        **_story(request, case),
        **_surroundings(case, agent),
    }
    return render(request, "console/case.html", context, status=status)


def act(request: StaffRequest, case: Case, form: CaseForm, verb: Any, done: str) -> HttpResponse:
    """Check a form, run its verb, come back to the case. What goes wrong shows the page again as it was typed."""
    if not form.is_valid():
        return show(request, case, bound=form, status=400)
    try:
        verb()
    except MissingDetail as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.sentence)
        return show(request, case, bound=form, status=400)
    except (StaleVersion, IllegalMove) as error:
        current = access.case_for(request.user, case.pk)
        if isinstance(error, IllegalMove) and current.version == form.seen:
            raise
        return conflict.show(request, current, form)
    drafting.forget(request.user, case.pk, str(form.prefix))
    messages.success(request, done)
    return back_to(request, case.pk)


def back_to(request: StaffRequest, case_id: int) -> HttpResponse:
    """The case again; the queues when it has just left those of this person."""
    if access.cases_for(request.user).filter(pk=case_id).exists():
        return redirect("console:case", case_id)
    return redirect("console:home")


def _story(request: StaffRequest, case: Case) -> dict[str, Any]:
    after = request.GET.get("demandes", "")
    reports = list(_reports(case, int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0))
    more = len(reports) > REPORTS_SHOWN
    reports, language = reports[:REPORTS_SHOWN], get_language() or "fr"
    return {
        "reports": [(report, asking.readable(report.service, report.answers, language)) for report in reports],
        "more_reports_after": reports[-1].pk if more else None,
        "photos": list(case.photos.all()),
        "exchanges": list(case.messages.select_related("author")),
        "history": history.lines(case),
    }


def _reports(case: Case, after: int) -> QuerySet[Report]:
    """The people's own words, oldest first."""
    reports = case.reports.filter(pk__gt=after).select_related("service", "place", "person")
    return reports.prefetch_related("service__questions").order_by("pk")[: REPORTS_SHOWN + 1]


def _told(case: Case) -> int:
    """How many of those who reported will get a message."""
    return case.reports.filter(wants_notices=True).exclude(person=None).exclude(person__email="").count()


def _surroundings(case: Case, agent: Agent) -> dict[str, Any]:
    return {
        "near": _near(case, agent),
        "sketch": sketch.around(case.place),
        "same_person": _same_person(case, agent) if agent.may("person.read") else [],
        "public": public.summary(case),
        "steps": public.steps(case, with_replies=True),
        "merged_in": list(_merges(case)),
        "merged_out": Merge.objects.filter(emptied=case, undone_at=None).first() if case.merged_into_id else None,
    }


def _merges(case: Case) -> QuerySet[Merge]:
    return Merge.objects.filter(into=case, undone_at=None).order_by("at")


def _near(case: Case, agent: Agent) -> list[nearby.Nearby]:
    """Open cases about the same thing close by, among those that this person may read."""
    place = case.place
    if place is None or place.lon is None or place.lat is None:
        return []
    found = [one for one in nearby.similar(case.service, place.lon, place.lat, limit=8) if one.case_id != case.pk]
    readable = set(access.cases_for(agent).filter(pk__in=[one.case_id for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.case_id in readable]


def _same_person(case: Case, agent: Agent) -> list[Report]:
    """What else those who reported this have asked, newest first, among the cases that this person may read."""
    people = list(case.reports.exclude(person=None).values_list("person", flat=True))
    theirs = access.cases_for(agent).filter(reports__person__in=people)  # not all cases: SQLite would list them
    others = Report.objects.filter(person__in=people, case__in=theirs).exclude(case=case)
    return list(others.select_related("service", "case").order_by("-submitted_at")[:OTHERS_SHOWN])
