SECRET_KEY = "for development only"
DEBUG = True
import os
from pathlib import Path

ROOT_URLCONF = "shop.urls"
CELERY_BROKER_URL = os.environ.get("BROKER_URL", "redis://localhost")
RECEIPTS = Path(__file__).parent
