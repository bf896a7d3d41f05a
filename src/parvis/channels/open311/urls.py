from django.urls import re_path

from parvis.channels.open311 import views

app_name = "open311"
_FORMAT = r"\.(?P<extension>json|xml)$"
urlpatterns = [
    re_path(r"^services" + _FORMAT, views.services, name="services"),
    re_path(r"^services/(?P<code>[^/]+)" + _FORMAT, views.service, name="service"),
    re_path(r"^requests" + _FORMAT, views.requests, name="requests"),
    re_path(r"^requests/(?P<number>[^/]+)" + _FORMAT, views.one_request, name="request"),
    re_path(r"^(?P<rest>[\s\S]*)$", views.anything_else, name="anything_else"),
]
