from flask import Flask

app = Flask(__name__)
BOOKS = []

# --- show
from flask import request
from flask.views import MethodView


class BookList(MethodView):
    def get(self):
        return BOOKS

    def post(self):
        title = (request.json.get("title") or "").strip()
        if not title:
            return {"title": ["This is required."]}, 400
        book = {"id": len(BOOKS) + 1, "title": title}
        BOOKS.append(book)
        return book, 201


app.add_url_rule("/books/", view_func=BookList.as_view("books"))
