from pathlib import Path

BASE_DIR = Path(__file__).parent
SECRET_KEY = "for development only"
DEBUG = True
ROOT_URLCONF = "pages.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
    }
]
# --- show
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "collected"

# The style sheet is static/site.css.
STATICFILES_DIRS = [BASE_DIR / "static"]
