"""Django settings of the desk: those of the register, and what a web app needs.

Everything that differs between installations comes from the environment (see ``docs/desk.md``):

- ``COMMUNIQUE_REGISTER``: the register's path or address.
- ``COMMUNIQUE_SECRET_KEY``: signs cookies and tokens. Without one, a new key is made at every start, and whoever was
  signed in has to do so again.
- ``COMMUNIQUE_HOSTS``: names under which the desk may be reached, separated by commas; loopback by default.
- ``COMMUNIQUE_HTTPS``: ``1`` behind a proxy that speaks HTTPS: cookies are then sent over HTTPS alone.
- ``COMMUNIQUE_SIGN_IN``: ``1`` to make everybody sign in. It is so anyway as soon as a host is named above that is not
  loopback.
- ``COMMUNIQUE_PROXIES``: how many proxies stand before the desk and tell where requests come from (0).
- ``COMMUNIQUE_LOGS``: ``json`` writes the log as JSON, a line each.
- ``COMMUNIQUE_OIDC_SERVER``, ``COMMUNIQUE_OIDC_CLIENT``, ``COMMUNIQUE_OIDC_SECRET``, ``COMMUNIQUE_OIDC_NAME``: sign in
  at an OpenID Connect server.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets

from communique.desk.exposure import list_hosts, needs_sign_in
from communique.register.settings import DATABASES, DEFAULT_AUTO_FIELD, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "TIME_ZONE", "USE_TZ"]

IS_HTTPS = os.environ.get("COMMUNIQUE_HTTPS") == "1"

DEBUG = False
SECRET_KEY = os.environ.get("COMMUNIQUE_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = list_hosts(os.environ)
NEEDS_SIGN_IN = needs_sign_in(os.environ)
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS if IS_HTTPS and name != "*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # Before allauth, whose pages it draws in the frame of its own.
    "communique.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "communique.register",
]

MIDDLEWARE = [
    # Outermost: what it adds holds for every answer, errors and static files too.
    "communique.desk.middleware.SecurityHeaders",
    "communique.desk.middleware.Alive",
    # CSRF tokens are masked anew in each answer, so that compressing them tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "communique.desk.middleware.Tokens",
    "communique.desk.middleware.SignInRequired",
    "communique.desk.middleware.NullCharacters",
    "django_htmx.middleware.HtmxMiddleware",
    "communique.desk.middleware.ErrorPages",
    # Innermost: answers in place of a view whose sign-in was locked.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "communique.desk.urls"
WSGI_APPLICATION = "communique.desk.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "communique.desk.context.frame",
            ],
            "builtins": ["communique.desk.templatetags.desk"],
        },
    }
]

LANGUAGE_CODE = "en"
USE_I18N = False

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "communique.desk.static_files.DigestedFiles"},
}
# Straight from the packages: nothing has to be collected before the desk can be started.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Addresses of static files carry the digest of their bytes, so that a browser may keep them for as long as it likes.
WHITENOISE_MAX_AGE = 365 * 24 * 3600

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS

SESSION_COOKIE_AGE = 14 * 24 * 3600
if IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# People. Accounts are made by an administrator or an invitation, never by whoever comes along.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "communique.desk.people.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
# Accounts have no address to write to. Mail of watches goes by settings of its own.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("COMMUNIQUE_PROXIES", "0"))
# Single names are locked by django-axes below; two locks with two messages would only confuse.
# The bound for each key is for codes of the second factor: at this rate, guessing one takes a month on average.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Communiqué"
SOCIALACCOUNT_ADAPTER = "communique.desk.people.adapters.OutsideAccountAdapter"
# By a link: the policy forbids forms that lead to another host.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("COMMUNIQUE_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("COMMUNIQUE_OIDC_CLIENT", ""),
                "secret": os.environ.get("COMMUNIQUE_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["COMMUNIQUE_OIDC_SERVER"]},
            }
        ]
        if os.environ.get("COMMUNIQUE_OIDC_SERVER")
        else [],
    }
}
# Locked by name and address together: by the name alone, anybody could lock everybody out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "communique.desk.origin.name_tried"
AXES_CLIENT_IP_CALLABLE = "communique.desk.origin.client_address"
AXES_LOCKOUT_CALLABLE = "communique.desk.views.errors.locked_out"
AXES_VERBOSE = False

# An upload is held in memory only up to a point; larger ones go to a file that the system takes away again.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "communique.desk.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("COMMUNIQUE_LOGS") == "json" else "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
