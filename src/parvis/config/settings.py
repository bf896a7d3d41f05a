"""Django's settings, made from the environment (see environment.py) with no local variant."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from parvis.config import environment

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent
DATA: Path = ENV["PARVIS_DATA"]


def _secret_key() -> str:
    """The key from the environment, or one made once and kept in the data folder, readable by its owner only."""
    if ENV["PARVIS_SECRET_KEY"]:
        return str(ENV["PARVIS_SECRET_KEY"])
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / "secret-key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = ENV["PARVIS_DEBUG"]
PARVIS_URL = ENV["PARVIS_URL"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *ENV["PARVIS_HOSTS"]]
if PARVIS_URL:
    ALLOWED_HOSTS.append(PARVIS_URL.split("//", 1)[1].split("/")[0].split(":")[0])
    CSRF_TRUSTED_ORIGINS = [PARVIS_URL]
SECURE = PARVIS_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "parvis.shared",
    "parvis.ledger",
    "parvis.places",
    "parvis.people",
    "parvis.catalogue",
    "parvis.cases",
    "parvis.notices",
    "parvis.portal",
    "parvis.console",
    "parvis.channels.open311",
    "parvis.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parvis.config.middleware.DiscretionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "parvis.shared.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "parvis.config.middleware.LedgerContextMiddleware",
]

ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"
APPEND_SLASH = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "parvis.config.context.city",
            ],
            "builtins": ["parvis.shared.templatetags.parvis"],
        },
    }
]

# One writer at a time on SQLite: BEGIN IMMEDIATE takes the lock before reading, so that no transaction is
# refused half-way; waiting for it is SQLite's own busy handler.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(ENV["DATABASE_URL"] or f"sqlite:///{DATA / 'parvis.sqlite3'}", conn_max_age=60)
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"].update(
        CONN_MAX_AGE=None,
        OPTIONS={
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
            "PRAGMA mmap_size=268435456;",
        },
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Agent"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}]
LOGIN_URL = "console:sign_in"
LOGIN_REDIRECT_URL = "console:home"
LOGOUT_REDIRECT_URL = "console:sign_in"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]  # each in its own words, whatever the page's language
LANGUAGE_COOKIE_NAME = "parvis_language"
TIME_ZONE = ENV["PARVIS_TIME_ZONE"]
USE_TZ = True
USE_I18N = True
# Formats of numbers and dates follow the language; `fr_CA` habits are in shared/formats.
FORMAT_MODULE_PATH = ["parvis.shared.formats"]
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [
    (name, PROJECT / "node_modules" / path)
    for name, path in (("htmx", "htmx.org/dist"), ("maplibre", "maplibre-gl/dist"))
    if (PROJECT / "node_modules" / path).is_dir()
]
# Hashed names kept for ever by browsers, once `parvis serve` has collected the files; plain names before that.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "parvis.shared.serving.static_files.HashedStatic"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
UPLOADS = DATA / "uploads"
OUTBOX = DATA / "outbox"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # beyond what a report may carry, the form says so and keeps what was typed

SESSION_ENGINE = "parvis.shared.sessions"
SESSION_COOKIE_NAME = "parvis_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = "parvis_csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

TASKS = {"default": {"BACKEND": "parvis.shared.jobs.LeaseBackend", "QUEUES": []}}
PARVIS_FLOW = "parvis.config.flow.FLOW"
PARVIS_CITY = {
    "name": ENV["PARVIS_CITY"],
    "short": ENV["PARVIS_CITY_SHORT"],
    "phone": ENV["PARVIS_PHONE"],
    "email": ENV["PARVIS_EMAIL"],
    "colour": ENV["PARVIS_COLOUR"],
    "logo": ENV["PARVIS_LOGO"],
    "demo": ENV["PARVIS_DEMO"],
    "map_centre": ENV["PARVIS_MAP_CENTRE"],
    "map_zoom": ENV["PARVIS_MAP_ZOOM"],
}
PHOTO_MAX_BYTES = ENV["PARVIS_PHOTO_MAX_MB"] * 1024 * 1024
PHOTO_MAX_COUNT = ENV["PARVIS_PHOTO_MAX_COUNT"]
SMTP_URL = ENV["PARVIS_SMTP_URL"]
DEFAULT_FROM_EMAIL = ENV["PARVIS_MAIL_FROM"]
WORKER_THREADS = ENV["PARVIS_WORKERS"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "logging.Formatter" if DEBUG else "parvis.shared.logs.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "django.security.DisallowedHost": {"level": "ERROR"}},
}
