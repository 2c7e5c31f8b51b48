"""Settings, all from the environment; without any it is a development site with SQLite in `build/site`.

`CLUSTERMARK_HOME` is the folder of data (database, evidence, mail); `DATABASE_URL` names a PostgreSQL database
(`postgresql://user:password@host:port/name`); `CLUSTERMARK_SECRET_KEY` must be set when `CLUSTERMARK_DEBUG` is `0`.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from clustermark.web.database import database_from_url

WEB = Path(__file__).parent
HOME = Path(os.environ.get("CLUSTERMARK_HOME", "build/site")).resolve()
DEBUG = os.environ.get("CLUSTERMARK_DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("CLUSTERMARK_SECRET_KEY") or ("development only" * 4 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("CLUSTERMARK_SECRET_KEY must be set when CLUSTERMARK_DEBUG is 0.")
SITE_URL = os.environ.get("CLUSTERMARK_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("CLUSTERMARK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "clustermark.web.site",
    "clustermark.web.accounts",
    "clustermark.web.clusters",
    "clustermark.web.log",
    "clustermark.web.files",
    "clustermark.web.cases",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "clustermark.web.urls"
WSGI_APPLICATION = "clustermark.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL"), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("de", "Deutsch")]
LOCALE_PATHS = [WEB / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "evidence"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
