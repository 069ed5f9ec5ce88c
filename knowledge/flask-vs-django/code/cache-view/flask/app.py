# --- show
from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})


@app.get("/report")
@cache.cached(timeout=60)
def report():
    return slow_report()


# --- end
made = 0


def slow_report():
    global made
    made += 1
    return f"Report {made}"
