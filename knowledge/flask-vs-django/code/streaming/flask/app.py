from flask import Flask

app = Flask(__name__)


def rows():
    yield "number,square\n"
    for number in range(1, 1001):
        yield f"{number},{number**2}\n"


@app.get("/squares.csv")
def squares():
    return rows(), {"Content-Type": "text/csv"}
