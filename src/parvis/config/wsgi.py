"""The door that a web server opens."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from parvis.shared.serving.reception import Reception

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
LONGEST_BODY = (
    settings.PHOTO_MAX_COUNT + 1
) * settings.PHOTO_MAX_BYTES + 5 * 1024 * 1024  # one photo too many, in full
application = Reception(get_wsgi_application(), LONGEST_BODY)
