"""Every door of the house. A test walks this table and refuses a view that doesn't declare its audience."""

from django.urls import include, path

from parvis.config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("console/", include("parvis.console.urls")),
    path("open311/v2/", include("parvis.channels.open311.urls")),
    path("", include("parvis.portal.urls")),
]
handler404 = "parvis.portal.views.errors.not_found"
handler403 = "parvis.portal.views.errors.forbidden"
handler400 = "parvis.portal.views.errors.bad_request"
handler500 = "parvis.portal.views.errors.server_error"
