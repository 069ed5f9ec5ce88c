from flask import Flask
from werkzeug.routing import BaseConverter

app = Flask(__name__)


class YearConverter(BaseConverter):
    regex = r"[0-9]{4}"

    def to_python(self, value):
        return int(value)


app.url_map.converters["year"] = YearConverter


@app.get("/archive/<year:year>")
def archive(year):
    return f"Posts of {year}"
