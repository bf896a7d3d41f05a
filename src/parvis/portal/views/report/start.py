"""What is it about? Search or browse the services; choosing one opens a draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from parvis.catalogue.models import Service
from parvis.portal import drafts, journey
from parvis.portal.finding import browse, look_for
from parvis.shared import audience, text


@audience.public
@never_cache
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """`?service=CODE` begins; `&changer=1` keeps the draft in hand and changes what it is about."""
    code = text.clean(request.GET.get("service", ""))
    service = Service.objects.filter(code=code, is_active=True).first() if code else None
    if service:
        return _begin(request, service)
    changing = request.GET.get("changer") == "1" and drafts.current(request) is not None
    context = {
        "found": look_for(request.GET.get("q", "")), "categories": browse(), "section": "report",
        "opened": request.GET.get("categorie", ""), "changing": changing, "unknown": bool(code),
    }  # fmt: skip
    return render(request, "portal/report/what.html", context, status=404 if code else 200)


def _begin(request: HttpRequest, service: Service) -> HttpResponse:
    draft = drafts.current(request) if request.GET.get("changer") == "1" else None
    if draft is None:
        draft = drafts.begin(request.session, service.code)
    elif draft.service != service.code:
        draft.service, draft.join_case_id = service.code, None
        draft.typed.pop(journey.EMERGENCY, None)  # it answered another question
        draft.done = [step for step in draft.done if step in (journey.PLACE, journey.WHO)]
        drafts.save(request.session, draft)
    return redirect(f"portal:step_{journey.next_step(service, draft)}")


@audience.public
@require_POST
def abandon(request: HttpRequest) -> HttpResponse:
    """Forget the draft, pictures included."""
    from parvis.cases import photos

    draft = drafts.current(request)
    if draft:
        for photo_id in draft.photos:
            photos.discard_aside(photo_id)
        drafts.drop(request.session, draft)
    return redirect("portal:home")
