ROOT_URLCONF = "shop.urls"

# --- show
import os

DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
ALLOWED_HOSTS = ["localhost"]
SHOP_NAME = os.environ.get("DJANGO_SHOP_NAME", "Test shop")

# The secret key has no default: it must be set.
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
