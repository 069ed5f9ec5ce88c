import os

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get(
    "DATABASE_URL", "sqlite:///shop.sqlite3"
)
db = SQLAlchemy(app, model_class=Base)


@app.get("/ping")
def ping():
    return {"one": db.session.scalar(db.text("SELECT 1"))}
