"""The residents' doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from parvis.portal.views import language, theme
from parvis.shared import audience


@audience.public
def soon(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return render(request, "portal/base.html")


app_name = "portal"
urlpatterns = [
    path("", soon, name="home"),
    path("theme.css", theme.theme, name="theme"),
    path("logo", theme.logo, name="logo"),
    path("langue", language.set_language, name="set_language"),
    path("signaler", soon, name="report"),
    path("suivi", soon, name="track"),
    path("suivi/<str:number>", soon, name="tracking"),
    path("suivi/<str:number>/<str:secret>", soon, name="tracking_secret"),
    path("carte", soon, name="map"),
    path("dossiers/<int:case_id>", soon, name="case_public"),
    path("dossiers/<int:case_id>/moi-aussi", soon, name="join"),
    path("photos/<uuid:photo_id>/<str:size>.jpg", soon, name="photo"),
    path("confidentialite", soon, name="privacy"),
    path("accessibilite", soon, name="accessibility"),
]
