# --- show
from flask import Flask, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

app = Flask(__name__)
app.secret_key = "for development only"


class SignupForm(FlaskForm):
    name = StringField(validators=[InputRequired()])
    age = IntegerField(validators=[NumberRange(min=18)])


@app.route("/", methods=["GET", "POST"])
def signup():
    form = SignupForm()
    if form.validate_on_submit():
        # Both values are valid here: form.age.data is an int.
        return redirect(url_for("thanks"))
    return render_template("signup.html", form=form)


# --- end
@app.get("/thanks")
def thanks():
    return "Thank you!"
