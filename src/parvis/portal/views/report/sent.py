"""The last page: the number, what the city promises, and the link that shows everything."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.cases import access
from parvis.cases.errors import NotFoundOrNotYours
from parvis.catalogue import promises
from parvis.portal import drafts
from parvis.shared import audience


@audience.person
@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The last report that this browser sent; reloading shows it again, and a stranger finds nothing."""
    last = drafts.last_sent(request.session)
    try:
        report = access.report_by_secret(last.number, last.secret) if last else None
    except NotFoundOrNotYours:
        report = None
    if last is None or report is None:
        return redirect("portal:track")
    sentence = promises.sentence(report.service, report.case.due_at, get_language() or "fr")
    context = {"report": report, "promise": sentence, "section": "report", "gets_notices": _gets_notices(report)}
    context["origin"] = settings.PARVIS_URL or f"{request.scheme}://{request.get_host()}"
    return render(request, "portal/report/sent.html", context)


def _gets_notices(report: object) -> bool:
    person = getattr(report, "person", None)
    return bool(getattr(report, "wants_notices", False) and person and person.email)
