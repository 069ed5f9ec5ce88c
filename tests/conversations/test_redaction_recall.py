"""How much of what must not be stored is found, and how much of what people ask stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

from adapters.conversations.journal import redact

CARRIERS = (
    "why does {} not work with flask?",
    "can django use {}",
    "we have {}, which one should we take?",
    "{} - is that safe?",
    "How do I connect to {} from Django",
)
SECRETS = (
    "xoxb-123456789012-abcdefGHIJ",
    "xapp-1-A012-345-abcdef0123",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "sk-proj-abcdEFGH1234ijklMNOP",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r",
    "gAAAAABmX0l3Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==",
    "d41d8cd98f00b204e9800998ecf8427e",
    "password=S3cr3t!",
    "password: hunter2",
    "pw hunter2",
    "the pwd is Tr0ub4dor&3",
    "api_key=abcdef",
    "secret = correcthorse",
    "token=letmein",
    "anna.schmidt@example.com",
    "<mailto:a@b.de|Anna Berg>",
    "<@U123ABC|anna.berg>",
    "<#C024BE7LR|project-falcon>",
    "<!subteam^S123|@payments team>",
    "<https://intern.example.com/x|Project Falcon roadmap>",
    "@anna.berg",
    "<@!80351110224678912>",
    "https://wiki.example.com/secret?token=abc",
    "postgres://app:pw@db1/prod",
    "redis://:s3cret@10.0.0.5:6379/0",
    "www.example.com/private",
    "10.20.30.40:8080",
    "fe80::1ff:fe23:4567:890a",
    "db1.prod.internal",
    "jenkins.corp",
    "vault.eu-west.example.com",
    "build-agent-7:8443",
    "/home/anna/projects/falcon/settings.py",
    "~/work/falcon/.env",
    r"C:\Users\Anna\falcon\app.py",
    r"\\fileserver\share\plans.docx",
    "+49 151 1234 5678",
    "DE89 3704 0044 0532 0130 00",
    "4111 1111 1111 1111",
)
TOLD = (
    "S3cr3t",
    "hunter2",
    "Tr0ub4dor",
    "abcdef",
    "correcthorse",
    "letmein",
    "Anna",
    "anna",
    "Falcon",
    "falcon",
    "payments",
)
"""What must not be left even where a part of the secret may stay, such as the word "password"."""
GOLDEN = Path(__file__).parents[2] / "knowledge" / "flask-vs-django" / "golden.jsonl"


def _leaks(secret: str, kept: str) -> bool:
    telling = [part for part in TOLD if part in secret]
    return any(part in kept for part in telling) or (not telling and secret in kept)


def test_of_two_hundred_planted_secrets_none_is_stored() -> None:
    planted = [(secret, carrier.format(secret)) for secret in SECRETS for carrier in CARRIERS]

    assert len(planted) == 200
    assert [said for secret, said in planted if _leaks(secret, redact(said))] == []


def test_two_hundred_ordinary_questions_stay_as_they_are() -> None:
    questions = [" ".join(json.loads(line)["q"].split()) for line in GOLDEN.read_text().splitlines()][:200]
    technical = [
        "does django 5.2 work with python 3.11?",
        "where is settings.py",
        "django.contrib.auth.models.User or my own?",
        "password reset in django",
        "how does token authentication work",
        "is the secret key needed",
        "socket.io with flask",
        "what is /admin/ for",
        "can I use fly.io or render.com",
        "how do I hash a password: bcrypt or argon2?",
        "localhost:8000 shows nothing",
        "pip install flask==3.1.0",
        "is {% csrf_token %} needed",
        "celery vs rq vs django-background-tasks",
        "select_related vs prefetch_related",
        "10,000 users a day",
        "is 2-4 workers enough",
        "Regards from a Django fan",
        "user story: shop with 3 devs",
        "client side rendering with htmx",
    ]
    changed = [asked for asked in (*questions, *technical) if redact(asked) != asked]

    assert changed == []
