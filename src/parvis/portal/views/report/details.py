"""What is happening, in words, answers and pictures. Each button of the page keeps all that was typed."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from parvis.cases import photos
from parvis.cases.errors import BadPhoto
from parvis.catalogue.models import Service
from parvis.portal import drafts, journey, seasons
from parvis.portal.forms.details import DetailsForm
from parvis.portal.views.report.frame import Page, step
from parvis.shared import clock


@step(journey.DETAILS)
def details(request: HttpRequest, page: Page) -> HttpResponse:
    if request.method != "POST":
        return _show(request, page, DetailsForm(page.service, page.initial()))
    page.initial().pop("photos", None)
    _untick(request, page)
    if "retirer" in request.POST:
        return _take_back(request, page, request.POST["retirer"])
    problems = _add(request, page, request.FILES.getlist("photos"))
    if request.headers.get("HX-Request"):
        return render(request, "portal/report/_photos.html", _photo_context(page, problems))
    form = DetailsForm(page.service, page.initial(), page.sent, request.FILES)
    for problem in problems:
        form.add_error("photos", problem)
    if request.POST.get("action") == "photos" and not problems:
        return redirect(request.path + "#photos")
    return page.proceed(request) if form.is_valid() else _show(request, page, form, 422)


def _show(request: HttpRequest, page: Page, form: DetailsForm, status: int = 200) -> HttpResponse:
    closed_season = "" if page.service.is_in_season(clock.today().month) else seasons.spoken(page.service.season_months)
    return page.show(request, "details", status, form=form, season=closed_season, **_photo_context(page, []))


def _photo_context(page: Page, problems: list[str]) -> dict[str, object]:
    return {
        "page": page, "draft": page.draft, "kept": page.draft.photos, "problems": problems, "limits": photos.limits(),
        "takes_photos": page.service.photo != Service.Photo.NO,
        "wants_photo": page.service.photo == Service.Photo.WANTED,
        "has_room": len(page.draft.photos) < settings.PHOTO_MAX_COUNT,
    }  # fmt: skip


def _untick(request: HttpRequest, page: Page) -> None:
    """A box or a radio that was ticked before and isn't in what the browser sent is empty now."""
    typed = page.draft.typed[page.step]
    for name in [name for name in typed if name.startswith("q_") and name not in request.POST]:
        del typed[name]
    drafts.save(request.session, page.draft)


def _add(request: HttpRequest, page: Page, files: list[UploadedFile]) -> list[str]:
    """Keep these pictures aside. Returns one sentence per picture that couldn't be."""
    problems: list[str] = []
    if page.service.photo == Service.Photo.NO:
        return problems
    for file in files:
        if len(page.draft.photos) >= settings.PHOTO_MAX_COUNT:
            problems.append(
                _("« %(name)s » n’a pas été ajoutée : %(limits)s") % {"name": file.name, "limits": photos.limits()}
            )
            continue
        try:
            page.draft.photos.append(str(photos.keep_aside(file).pk))
        except BadPhoto as wrong:
            problems.append(_("« %(name)s » : %(sentence)s") % {"name": file.name, "sentence": wrong.sentence})
    drafts.save(request.session, page.draft)
    return problems


def _take_back(request: HttpRequest, page: Page, photo_id: str) -> HttpResponse:
    if photo_id in page.draft.photos:
        page.draft.photos.remove(photo_id)
        photos.discard_aside(photo_id)
        drafts.save(request.session, page.draft)
    if request.headers.get("HX-Request"):
        return render(request, "portal/report/_photos.html", _photo_context(page, []))
    return redirect(request.path + "#photos")
