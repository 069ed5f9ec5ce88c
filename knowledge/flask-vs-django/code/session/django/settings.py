SECRET_KEY = "for development only"
DEBUG = True
from pathlib import Path

ROOT_URLCONF = "visits.urls"
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(__file__).parent / "visits.sqlite3",
    }
}
