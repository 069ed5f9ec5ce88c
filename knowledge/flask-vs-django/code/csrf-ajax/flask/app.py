from flask import Flask, render_template

app = Flask(__name__)
app.secret_key = "for development only"

# --- show
from flask_wtf.csrf import CSRFProtect

CSRFProtect(app)


@app.post("/like")
def like():
    return {"liked": True}


# --- end
@app.get("/")
def home():
    return render_template("like.html")
