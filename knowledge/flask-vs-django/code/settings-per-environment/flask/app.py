# --- show
from flask import Flask

app = Flask(__name__)
app.config.from_mapping(SHOP_NAME="Test shop")
app.config.from_prefixed_env()

# The secret key has no default: it must be set.
if not app.config["SECRET_KEY"]:
    raise RuntimeError("Set FLASK_SECRET_KEY.")


# --- end
@app.get("/")
def home():
    return f"Welcome to {app.config['SHOP_NAME']}"
