from flask import Flask

app = Flask(__name__)


@app.get("/orders/<int:number>")
def order(number):
    return f"Order {number}, next is {number + 1}"
