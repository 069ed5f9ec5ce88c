from flask import Flask, request
from flask.views import MethodView

app = Flask(__name__)
BOOKS = []


class BookList(MethodView):
    def get(self):
        return BOOKS

    def post(self):
        title = str(request.json.get("title", "")).strip()
        if not title:
            return {"title": ["Give a title."]}, 400
        book = {"id": len(BOOKS) + 1, "title": title}
        BOOKS.append(book)
        return book, 201


app.add_url_rule("/books/", view_func=BookList.as_view("books"))
