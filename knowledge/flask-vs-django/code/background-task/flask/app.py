import os
from pathlib import Path

from celery import Celery
from flask import Flask

app = Flask(__name__)
celery = Celery("shop", broker=os.environ["BROKER_URL"])


@celery.task
def write_receipt(order):
    Path(f"receipt-{order}.txt").write_text("Paid")


@app.post("/orders/<int:order>/pay")
def pay(order):
    write_receipt.delay(order)
    return "Your receipt is on its way.", 202
