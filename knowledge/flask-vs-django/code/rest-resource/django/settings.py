SECRET_KEY = "for development only"
DEBUG = True
from pathlib import Path

ROOT_URLCONF = "shop.api"
INSTALLED_APPS = ["rest_framework", "shop"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(__file__).parent / "shop.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer"
    ],
    "UNAUTHENTICATED_USER": None,
}
