from flask import Flask, request

app = Flask(__name__)


@app.errorhandler(404)
def not_found(error):
    text = f"There is no page {request.path}."
    return text, 404, {"Content-Type": "text/plain"}
