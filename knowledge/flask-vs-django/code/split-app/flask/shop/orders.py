from flask import Blueprint

bp = Blueprint("orders", __name__)


@bp.get("/open")
def open_orders():
    return "2 open orders"
