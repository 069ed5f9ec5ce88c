# --- show
from time import perf_counter

from flask import Flask, g

app = Flask(__name__)


@app.before_request
def start_clock():
    g.started = perf_counter()


@app.after_request
def add_duration(response):
    ms = (perf_counter() - g.started) * 1000
    response.headers["Server-Timing"] = f"app;dur={ms:.1f}"
    return response


# --- end
@app.get("/")
def home():
    return "Home"
