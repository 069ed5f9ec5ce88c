from flask import Flask

app = Flask(__name__)
BOOKS = {1: "Dune", 2: "Emma"}


@app.get("/api/books/<int:number>")
def book(number):
    if number not in BOOKS:
        return {"error": "no such book"}, 404
    return {"id": number, "title": BOOKS[number]}
