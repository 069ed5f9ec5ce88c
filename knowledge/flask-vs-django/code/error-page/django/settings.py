SECRET_KEY = "for development only"
DEBUG = False
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "pages.urls"
