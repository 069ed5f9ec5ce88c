# --- show
from pathlib import Path
from uuid import uuid4

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
UPLOADS = Path(app.root_path) / "uploads"
UPLOADS.mkdir(exist_ok=True)


@app.post("/upload")
def upload():
    file = request.files.get("file")
    name = secure_filename(file.filename) if file else ""
    if not name:
        return "Choose a file.", 400
    file.save(UPLOADS / f"{uuid4().hex}-{name}")
    return f"Saved {name}", 201


# --- end
from flask import render_template


@app.get("/")
def form():
    return render_template("form.html")
