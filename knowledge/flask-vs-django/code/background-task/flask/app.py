import os
from pathlib import Path

RECEIPTS = Path(__file__).parent
BROKER = os.environ.get("BROKER_URL", "redis://localhost")


# --- show
from celery import Celery
from flask import Flask

app = Flask(__name__)
celery = Celery("shop", broker=BROKER)


@celery.task
def write_receipt(order):
    path = RECEIPTS / f"receipt-{order}.txt"
    path.write_text(f"Order {order}, paid")


@app.post("/orders/<int:order>/pay")
def pay(order):
    write_receipt.delay(order)
    return "Your receipt is on its way.", 202
