from pathlib import Path

from flask import Flask, render_template, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
UPLOADS = Path(app.root_path) / "uploads"
UPLOADS.mkdir(exist_ok=True)


# --- show
@app.post("/upload")
def upload():
    file = request.files["file"]
    name = secure_filename(file.filename)
    file.save(UPLOADS / name)
    return f"Saved {name}", 201


# --- end
@app.get("/")
def form():
    return render_template("form.html")
