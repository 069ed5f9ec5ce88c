from flask import Flask, render_template

# The style sheet is static/site.css.
app = Flask(__name__)


@app.get("/")
def home():
    return render_template("home.html")
