from pathlib import Path

SECRET_KEY = "for development only"
DEBUG = True
ROOT_URLCONF = "shop.urls"
BASE_DIR = Path(__file__).parent

# --- show
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": BASE_DIR / "shop.sqlite3",
    },
}
