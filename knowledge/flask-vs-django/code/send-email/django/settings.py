SECRET_KEY = "for development only"
DEBUG = True
ROOT_URLCONF = "shop.urls"
DEFAULT_FROM_EMAIL = "shop@example.com"
