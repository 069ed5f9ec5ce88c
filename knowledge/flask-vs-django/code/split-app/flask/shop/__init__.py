from flask import Flask


def create_app():
    from . import orders

    app = Flask(__name__)
    app.register_blueprint(orders.bp, url_prefix="/orders")
    return app
