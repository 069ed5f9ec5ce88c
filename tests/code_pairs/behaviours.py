"""What each task does, in both frameworks alike: one function a task, named after it."""

from __future__ import annotations

import importlib
import io
import os
import socket
import sqlite3
import time
from urllib.request import urlopen

from examples import Example, eventually


def first_app(example: Example) -> None:
    assert example.client.get("/").text == "Hello, world!"


def route_parameter(example: Example) -> None:
    assert example.client.get("/orders/7").text == "Order 7, next is 8"
    assert example.client.get("/orders/seven").status_code == 404


def database_setup(example: Example) -> None:
    assert example.client.get("/ping").json == {"one": 1}
    assert list(example.folder.rglob("shop.sqlite3"))


def custom_converter(example: Example) -> None:
    assert example.client.get("/archive/2024").text == "Posts of 2024"
    assert example.client.get("/archive/24").status_code == 404


def json_endpoint(example: Example) -> None:
    found, missing = example.client.get("/api/books/2"), example.client.get("/api/books/3")

    assert (found.status_code, found.mimetype, found.json) == (200, "application/json", {"id": 2, "title": "Emma"})
    assert (missing.status_code, missing.json) == (404, {"error": "no such book"})


def form_validation(example: Example) -> None:
    young = example.submit("/", "/", {"name": "Ann", "age": "17"})
    nameless = example.submit("/", "/", {"name": "", "age": "30"})
    good = example.submit("/", "/", {"name": "Ann", "age": "30"})
    forged = example.client.post("/", data={"name": "Ann", "age": "30"})

    assert young.status_code == 200
    assert "18" in young.text
    assert "This field is required." in nameless.text
    assert (good.status_code, good.location) == (302, "/thanks")
    assert example.client.get(good.location).text == "Thank you!"
    assert forged.status_code != 302


def template_inheritance(example: Example) -> None:
    page = example.client.get("/").text

    assert "<title>Offers</title>" in page
    assert "<p>Tea</p><p>Salt &amp; pepper</p>" in page


def model_query(example: Example) -> None:
    example.books(
        {"title": "Piranesi", "year": 2020}, {"title": "Emma", "year": 1815}, {"title": "Atonement", "year": 2001}
    )

    assert example.client.get("/recent").json == ["Atonement", "Piranesi"]


def migration(example: Example) -> None:
    ran = example.run("sh", "-e", "migrate.sh")

    assert ran.returncode == 0, ran.stderr
    [file] = example.folder.rglob("shop.sqlite3")
    database = sqlite3.connect(file)
    tables = {name for (name,) in database.execute("select name from sqlite_master")}
    assert tables & {"book", "shop_book"}
    assert tables & {"alembic_version", "django_migrations"}


def login_required(example: Example) -> None:
    if example.side == "django":
        example.tables()
        from django.contrib.auth.models import User

        User.objects.create_user("ann", password="correct horse")
    stranger = example.client.get("/account")
    example.submit("/login", "/login", {"username": "ann", "password": "wrong"})
    refused = example.client.get("/account")
    entered = example.submit("/login", "/login", {"username": "ann", "password": "correct horse"})

    assert (stranger.status_code, refused.status_code, entered.status_code) == (302, 302, 302)
    assert stranger.location.startswith("/login?next=")
    assert example.client.get(entered.location).text == "Hello, ann"


def session(example: Example) -> None:
    if example.side == "django":
        example.tables()
    assert example.client.get("/").text == "Visit 1"
    assert example.client.get("/").text == "Visit 2"
    example.client._cookies.clear()
    assert example.client.get("/").text == "Visit 1"


def upload(example: Example) -> None:
    saved = example.submit("/", "/upload", {"file": (io.BytesIO(b"hello"), "notes.txt")})
    again = example.submit("/", "/upload", {"file": (io.BytesIO(b"again"), "notes.txt")})
    sly = example.submit("/", "/upload", {"file": (io.BytesIO(b"bad"), "../../sly.txt")})

    assert (saved.status_code, saved.text) == (201, "Saved notes.txt")
    assert again.status_code == 201
    assert sly.text == "Saved sly.txt"
    assert example.submit("/", "/upload", {}).status_code == 400
    kept = sorted(path.read_bytes() for path in (example.folder / "uploads").iterdir())
    assert kept == [b"again", b"bad", b"hello"]
    assert example.client.get("/upload").status_code == 405


def test_client(example: Example) -> None:
    if example.side == "flask":
        ran = example.run("python", "-m", "pytest", "-q", "--rootdir", ".", "-p", "no:cacheprovider")
        assert "1 passed" in ran.stdout, ran.stdout
    else:
        ran = example.manage("test")
        assert "Ran 1 test" in ran.stderr, ran.stderr
    assert ran.returncode == 0


def background_task(example: Example) -> None:
    os.environ["BROKER_URL"] = "memory://"
    from celery.contrib.testing.worker import start_worker

    name, attribute = ("app", "celery") if example.side == "flask" else ("shop.celery", "app")
    assert example.application
    celery = getattr(importlib.import_module(name), attribute)
    receipt = example.folder / "receipt-7.txt"

    asked = example.client.post("/orders/7/pay")

    assert (asked.status_code, asked.text) == (202, "Your receipt is on its way.")
    assert not receipt.exists()
    with start_worker(celery, perform_ping_check=False):
        eventually(receipt.exists)
        eventually(receipt.read_text)
    assert receipt.read_text() == "Paid"
    command = (example.folder / "worker.sh").read_text().replace(" worker", " report")  # which ends by itself
    assert "memory" in example.run("sh", "-c", command, BROKER_URL="memory://").stdout


def static_files(example: Example) -> None:
    if example.side == "django":
        from django.contrib.staticfiles.handlers import StaticFilesHandler  # what `runserver` puts around the app

        example.application = StaticFilesHandler(example.application)
        assert example.manage("collectstatic", "--noinput").returncode == 0
        assert (example.folder / "collected" / "site.css").is_file()
    page, sheet = example.client.get("/"), example.client.get("/static/site.css")

    assert '<link rel="stylesheet" href="/static/site.css">' in page.text
    assert (sheet.status_code, sheet.mimetype, sheet.text) == (200, "text/css", "body { color: #222; }\n")


def csrf_ajax(example: Example) -> None:
    token = example.client.get("/").text.partition('content="')[2].partition('"')[0]
    without = example.client.post("/like")
    with_token = example.client.post("/like", headers={"X-CSRFToken": token})

    assert without.status_code == {"flask": 400, "django": 403}[example.side]
    assert (with_token.status_code, with_token.json) == (200, {"liked": True})


def settings_per_environment(example: Example) -> None:
    prefix = example.side.upper()
    code = (
        "import os; from werkzeug.test import Client; os.environ['DJANGO_SETTINGS_MODULE'] = 'settings'\n"
        + {
            "flask": "from app import app",
            "django": "from django.core.wsgi import get_wsgi_application; app = get_wsgi_application()",
        }[example.side]
        + "\nprint(Client(app).get('/').text)"
    )
    usual = example.run("python", "-c", code, **{f"{prefix}_SECRET_KEY": "x"})
    named = example.run("python", "-c", code, **{f"{prefix}_SECRET_KEY": "x", f"{prefix}_SHOP_NAME": "Tea Shop"})
    keyless = example.run("python", "-c", code)

    assert usual.stdout == "Welcome to Test shop\n", usual.stderr
    assert named.stdout == "Welcome to Tea Shop\n"
    assert keyless.returncode == 1
    assert f"{prefix}_SECRET_KEY" in keyless.stderr


def streaming(example: Example) -> None:
    response = example.client.get("/squares.csv", buffered=False)

    assert response.mimetype == "text/csv"
    assert "Content-Length" not in response.headers
    pieces = list(response.iter_encoded())
    assert len(pieces) == 1001
    assert pieces[:2] == [b"number,square\n", b"1,1\n"]
    assert pieces[-1] == b"1000,1000000\n"


def middleware(example: Example) -> None:
    response = example.client.get("/")

    assert response.text == "Home"
    assert response.headers["Server-Timing"].startswith("app;dur=")


def custom_command(example: Example) -> None:
    assert example.manage("greet", "Ann").stdout == "Hello, Ann!\n"
    assert "Greet somebody." in example.manage("greet", "--help").stdout
    assert example.manage("greet").returncode != 0


def error_page(example: Example) -> None:
    response = example.client.get("/nowhere")

    assert (response.status_code, response.text) == (404, "There is no page /nowhere.")
    assert response.mimetype == "text/plain"


def send_email(example: Example) -> None:
    if example.side == "flask":
        module = importlib.import_module("app")
        module.app.testing = module.mail.state.suppress = True
        with module.mail.record_messages() as outbox:
            response = example.client.post("/orders/7/confirm")
        [sent] = outbox
        recipients, sender, server = sent.recipients, sent.sender, module.mail.state.server
    else:
        import django
        from django.core import mail
        from django.test.utils import setup_test_environment

        assert example.application
        server = mail.mailers["default"].host if django.VERSION >= (6, 1) else "smtp.example.com"
        setup_test_environment()
        response = example.client.post("/orders/7/confirm")
        [sent] = mail.outbox
        recipients, sender = sent.to, sent.from_email
    assert response.text == "Sent"
    assert (sent.subject, sent.body) == ("Order 7", "Thank you. It is on its way.")
    assert (recipients, sender) == (["ann@example.com"], "shop@example.com")
    assert server == "smtp.example.com"
    assert example.client.get("/orders/7/confirm").status_code == 405


def pagination(example: Example) -> None:
    example.books(*({"title": title} for title in "ECADB"))

    assert example.client.get("/books").json == {"titles": ["A", "B"], "page": 1, "pages": 3}
    assert example.client.get("/books?page=3").json == {"titles": ["E"], "page": 3, "pages": 3}
    past = example.client.get("/books?page=9")
    assert past.status_code == {"flask": 404, "django": 200}[example.side]


def cache_view(example: Example) -> None:
    assert [example.client.get("/report").text for _ in range(3)] == ["Report 1"] * 3


def rest_resource(example: Example) -> None:
    if example.side == "django":
        example.tables()
    made = example.client.post("/books/", json={"title": "Dune"})
    refused = example.client.post("/books/", json={"title": " "})

    assert (made.status_code, made.json) == (201, {"id": 1, "title": "Dune"})
    assert (refused.status_code, list(refused.json)) == (400, ["title"])
    assert example.client.get("/books/").json == [{"id": 1, "title": "Dune"}]


def gunicorn_start(example: Example) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = example.start("sh", "-c", f"exec {(example.folder / 'start.sh').read_text()}", PORT=str(port))
    try:
        eventually(lambda: _body(port) == "Open")
    finally:
        server.terminate()
        _, said = server.communicate(timeout=30)
    assert said.count("Booting worker") == 2, said


def _body(port: int) -> str | None:
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            text: str = response.read().decode()
            return text
    except OSError:
        return None


def async_view(example: Example) -> None:
    assert example.client.get("/prices").json == {"north": 12, "south": 11}  # the first request also starts a loop
    began = time.perf_counter()
    example.client.get("/prices")
    assert time.perf_counter() - began < 0.55, "the two took turns"


def split_app(example: Example) -> None:
    assert example.client.get("/orders/open").text == "2 open orders"
    assert example.client.get("/open").status_code == 404
