# --- show
from flask_login import LoginManager, UserMixin
from flask_login import current_user, login_required

# --- end
from flask import Flask, redirect, request
from flask_login import login_user
from werkzeug.security import (
    check_password_hash,
    generate_password_hash,
)

app = Flask(__name__)
app.secret_key = "for development only"
PASSWORDS = {"ann": generate_password_hash("correct horse")}

# --- show
logins = LoginManager(app)
logins.login_view = "login"


class User(UserMixin):
    def __init__(self, name):
        self.id = name


@logins.user_loader
def load_user(name):
    return User(name) if name in PASSWORDS else None


@app.get("/account")
@login_required
def account():
    return f"Hello, {current_user.id}"


# --- end
@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return '<form method="post">...</form>'
    name, password = request.form["username"], request.form["password"]
    if check_password_hash(PASSWORDS.get(name, ""), password):
        login_user(User(name))
    return redirect("/account")
