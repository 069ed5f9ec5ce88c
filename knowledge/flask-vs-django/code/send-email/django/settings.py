SECRET_KEY = "for development only"
DEBUG = True
ROOT_URLCONF = "shop.urls"

# --- show
# Before Django 6.1: EMAIL_HOST = "smtp.example.com"
MAILERS = {"default": {"OPTIONS": {"host": "smtp.example.com"}}}
DEFAULT_FROM_EMAIL = "shop@example.com"
