from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.sqlite3"
db = SQLAlchemy(app, model_class=Base)


class Book(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]


# --- show
@app.get("/books")
def books():
    query = db.select(Book).order_by(Book.title)
    page = db.paginate(query, per_page=2)
    titles = [book.title for book in page]
    return {"titles": titles, "page": page.page, "pages": page.pages}
