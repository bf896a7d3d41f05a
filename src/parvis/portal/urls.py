"""The residents' doors."""

from django.urls import path

from parvis.portal.urls_map import map_urls
from parvis.portal.views import about, cases, home, language, photos, theme, track
from parvis.portal.views.report import check, details, emergency, nearby, place, sent, start, who

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("signaler", start.report, name="report"),
    path("signaler/urgence", emergency.emergency, name="step_urgence"),
    path("signaler/lieu", place.place, name="step_lieu"),
    path("signaler/deja-signale", nearby.already_reported, name="step_deja-signale"),
    path("signaler/details", details.details, name="step_details"),
    path("signaler/coordonnees", who.who, name="step_coordonnees"),
    path("signaler/verification", check.check, name="step_verification"),
    path("signaler/merci", sent.sent, name="report_sent"),
    path("signaler/abandon", start.abandon, name="report_abandon"),
    path("suivi", track.track, name="track"),
    path("suivi/<str:number>", track.by_number, name="tracking"),
    path("suivi/<str:number>/<str:secret>", track.by_secret, name="tracking_secret"),
    path("suivi/<str:number>/<str:secret>/rouvrir", track.reopen, name="tracking_reopen"),
    path("suivi/<str:number>/<str:secret>/avis", track.change_notices, name="tracking_notices"),
    path(
        "suivi/<str:number>/<str:secret>/photos/<uuid:photo_id>/<slug:size>.jpg",
        photos.photo_of_report,
        name="photo_of_report",
    ),
    path("dossiers/<int:case_id>", cases.case_public, name="case_public"),
    path("dossiers/<int:case_id>/moi-aussi", cases.join, name="join"),
    path("photos/<uuid:photo_id>/<slug:size>.jpg", photos.photo, name="photo"),
    path("langue", language.set_language, name="set_language"),
    path("confidentialite", about.privacy, name="privacy"),
    path("accessibilite", about.accessibility, name="accessibility"),
    path("robots.txt", about.robots, name="robots"),
    path("favicon.ico", about.favicon, name="favicon"),
    path("theme.css", theme.theme, name="theme"),
    path("logo", theme.logo, name="logo"),
    *map_urls,
]
