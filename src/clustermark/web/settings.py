"""Settings, all from the environment; without any it is a development site with SQLite in `build/site`.

`CLUSTERMARK_HOME` is the folder of data (database, evidence, mail); `DATABASE_URL` names a PostgreSQL database
(`postgresql://user:password@host:port/name`); `CLUSTERMARK_SECRET_KEY` must be set when `CLUSTERMARK_DEBUG` is `0`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from font_source_sans_pro import font_directory

from clustermark.web.database import database_from_url
from clustermark.web.sign_on import providers_from
from clustermark.web.storage import evidence_storage

WEB = Path(__file__).parent
HOME = Path(os.environ.get("CLUSTERMARK_HOME", "build/site")).resolve()
DEBUG = os.environ.get("CLUSTERMARK_DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("CLUSTERMARK_SECRET_KEY") or ("development only" * 4 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("CLUSTERMARK_SECRET_KEY must be set when CLUSTERMARK_DEBUG is 0.")
SITE_URL = os.environ.get("CLUSTERMARK_URL", "http://127.0.0.1:8000").rstrip("/")
PROXY = os.environ.get("CLUSTERMARK_PROXY", "")
"""The address from which a proxy that speaks TLS asks: what it says of who asked, and how, is believed."""
ALLOWED_HOSTS = os.environ.get("CLUSTERMARK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    # before those whose templates it dresses
    "clustermark.web.site",
    "clustermark.web.accounts",
    "clustermark.web.clusters",
    "clustermark.web.log",
    "clustermark.web.files",
    "clustermark.web.mail",
    "clustermark.web.cases",
    "clustermark.web.register",
    "clustermark.web.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clustermark.web.site.middleware.headers",
    "clustermark.web.site.middleware.readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clustermark.web.site.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clustermark.web.accounts.seen.seen",
    "django_htmx.middleware.HtmxMiddleware",
    "clustermark.web.accounts.middleware.second_factor",
    "clustermark.web.site.typist.remembering",
    "clustermark.web.site.kept.keeping",
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
                "clustermark.web.site.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "clustermark.web.site.templatetags.site",
            ],
        },
    }
]
FORM_RENDERER = "clustermark.web.site.renderer.Renderer"

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL"), home=HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# what limits attempts must hold whichever process answers
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("de", "Deutsch")]
LOCALE_PATHS = [WEB / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [("fonts", font_directory)]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# People ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "clustermark.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
OUR_FORMS = "clustermark.web.accounts.forms.account"
ACCOUNT_FORMS = {
    "add_email": f"{OUR_FORMS}.AddEmailForm",
    "change_password": f"{OUR_FORMS}.ChangePasswordForm",
    "login": f"{OUR_FORMS}.LoginForm",
    "reauthenticate": f"{OUR_FORMS}.ReauthenticateForm",
    "reset_password": f"{OUR_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{OUR_FORMS}.ResetPasswordKeyForm",
    "set_password": f"{OUR_FORMS}.SetPasswordForm",
}
MFA_FORMS = {
    "activate_totp": f"{OUR_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{OUR_FORMS}.AddWebAuthnForm",
    "authenticate": f"{OUR_FORMS}.AuthenticateForm",
    "edit_webauthn": f"{OUR_FORMS}.EditWebAuthnForm",
    "reauthenticate": f"{OUR_FORMS}.ReauthenticateCodeForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEBUG else "https"
SOCIALACCOUNT_ADAPTER = "clustermark.web.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Clustermark"
# browsers let 127.0.0.1 and localhost do without TLS, where only a developer sits
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_PROVIDERS = providers_from(os.environ)

# Mail and jobs --------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("CLUSTERMARK_MAIL_FROM", "label@localhost")
if "CLUSTERMARK_SMTP_HOST" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["CLUSTERMARK_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("CLUSTERMARK_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("CLUSTERMARK_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("CLUSTERMARK_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("CLUSTERMARK_SMTP_TLS", "1") == "1"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Evidence -------------------------------------------------------------------------------------------------

EVIDENCE_LARGEST = int(os.environ.get("CLUSTERMARK_EVIDENCE_LARGEST", str(50 * 1024 * 1024)))
"""Bytes of the largest file that is taken."""
EVIDENCE_SCANNER = os.environ.get("CLUSTERMARK_SCANNER", "")
"""A command that gets the file's path as its last argument and ends with another code than 0 to refuse it."""
STORAGES["evidence"] = evidence_storage(os.environ, home=HOME)

# Register -------------------------------------------------------------------------------------------------

REGISTER_KIND = os.environ.get("CLUSTERMARK_REGISTER", "sample" if DEBUG else "unofficial")
"""`official`: kept by the owner of its schemes; `unofficial`: by others; `sample`: made up, and marked so."""
if REGISTER_KIND not in {"official", "unofficial", "sample"}:
    raise ImproperlyConfigured("CLUSTERMARK_REGISTER is official, unofficial or sample.")
REGISTER_LICENCE = os.environ.get("CLUSTERMARK_REGISTER_LICENCE", "CC-BY-4.0")
KEY_PASSPHRASE = os.environ.get("CLUSTERMARK_PASSPHRASE") or ("development only" if DEBUG else "")
"""Opens the file of keys in HOME/keys that certificates and lists are signed with."""
KEY_PIN = os.environ.get("CLUSTERMARK_PIN", "")
"""Opens the security token, where the file in HOME/keys names one instead of holding keys."""
TIME_STAMP = os.environ.get("CLUSTERMARK_TIME_STAMP", "")
"""Address of an RFC 3161 authority that stamps certificates; where it does not answer, they are issued without."""

# Safety ---------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "object-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clustermark.web.site.views.errors.forged"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = os.environ.get("CLUSTERMARK_TLS_REDIRECT", "1") == "1"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
