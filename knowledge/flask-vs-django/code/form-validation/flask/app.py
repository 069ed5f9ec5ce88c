from flask import Flask, redirect, render_template
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

app = Flask(__name__)
app.secret_key = "for development only"


# --- show
class SignupForm(FlaskForm):
    name = StringField(validators=[InputRequired()])
    age = IntegerField(
        validators=[InputRequired(), NumberRange(min=18)]
    )


@app.route("/", methods=["GET", "POST"])
def signup():
    form = SignupForm()
    if form.validate_on_submit():
        return redirect(f"/welcome/{form.name.data}")
    return render_template("signup.html", form=form)


# --- end
@app.get("/welcome/<name>")
def welcome(name):
    return f"Welcome, {name}!"
