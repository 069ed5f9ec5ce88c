# --- show
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/")
def offers():
    names = ["Tea", "Salt & pepper"]
    return render_template("offers.html", names=names)
