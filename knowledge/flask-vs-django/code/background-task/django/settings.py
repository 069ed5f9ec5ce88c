SECRET_KEY = "for development only"
DEBUG = True
import os

ROOT_URLCONF = "shop.urls"
CELERY_BROKER_URL = os.environ["BROKER_URL"]
