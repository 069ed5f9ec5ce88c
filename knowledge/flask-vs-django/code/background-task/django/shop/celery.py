import os

# --- show
from celery import Celery

# --- end
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

from django.conf import settings

# --- show
app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task
def write_receipt(order):
    path = settings.RECEIPTS / f"receipt-{order}.txt"
    path.write_text(f"Order {order}, paid")
