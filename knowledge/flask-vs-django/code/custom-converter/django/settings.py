SECRET_KEY = "for development only"
DEBUG = True
ROOT_URLCONF = "archive.urls"
