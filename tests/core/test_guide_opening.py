"""Which messages open the guide: a project to be made does, trouble with an application that runs does not."""

from __future__ import annotations

import pytest

from bot.advisor import Advisor
from bot.replies import Answer, GuideReview
from tests.trained import SHIPPED, trained_advisor


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return trained_advisor(SHIPPED)


@pytest.mark.parametrize(
    "text",
    [
        # a bug
        (
            "my Flask app runs under gunicorn and systemd and since the move to the new VM the SECRET_KEY from "
            ".env is None. I put EnvironmentFile in the unit, reloaded the daemon and restarted twice, still "
            "nothing in os.environ"
        ),
        (
            "the login of my flask site logs people out after a few minutes although I set permanent session "
            "lifetime to 30 days, happens only with 3 workers, with one worker it is ok"
        ),
        ("the newsletter of our shop goes out twice since the update, 3000 customers, celery and redis, two workers"),
        "I am building a Django app and the login form always says invalid password although the user exists",
        # an upgrade
        (
            "We want to go from Django 4.2 to 5.2 before the support ends, we have about 60 third party packages "
            "and a custom user model, and two developers can spend a week on it"
        ),
        # speed, and what runs
        (
            "Django project, 40 models, test suite takes 25 minutes on GitHub Actions and developers stopped "
            "running it locally. We use postgres in a service container and create fixtures from json"
        ),
        (
            "our django site for the museum has to become accessible by june, there is a law now, and we have 70 "
            "templates"
        ),
        (
            "I moved our Django blog to Docker yesterday. The container starts, migrations run, then uploads of "
            "editors vanish whenever I redeploy. I mounted a volume on /app/media, as far as I can tell"
        ),
        (
            "We run our back office on the Django admin, and three franchise partners have accounts there too, "
            "but each of them sees the orders of all others. I only want to limit the rows to those of the person"
            " logged in."
        ),
        # people
        (
            "We've hired two juniors for our Django team, both know only pandas and notebooks. They should be "
            "productive on our booking platform in about a month, I have half a day each week for them"
        ),
        (
            "I have been learning Flask for three weeks from a video course, I can do routes and templates but "
            "when he comes to blueprints and the application factory I lose the thread completely"
        ),
        # the team uses it, and something breaks
        (
            "Team of four, we maintain a Flask API for our mobile app. After adding Flask-Migrate the second "
            "developer's migrations always conflict with mine and the heads have to be merged by hand"
        ),
    ],
)
def test_an_application_that_runs_opens_no_guide(advisor: Advisor, text: str) -> None:
    assert not isinstance(advisor.ask(text).reply, GuideReview)


@pytest.mark.parametrize(
    "text",
    [
        (
            "we are building a booking platform for yoga studios, teachers publish classes and customers buy "
            "passes; Flask or Django?"
        ),
        (
            "We run a veterinary practice and want to replace the paper diary with something online: owners, "
            "animals, appointments, vaccination reminders. My daughter studies computer science and would build "
            "it."
        ),
        (
            "Building a SaaS for invoicing craftsmen, subscriptions, an admin for our support. One of us knows "
            "Django well."
        ),
        "our team only knows django, need a tiny api with a single table for exchange rates",
        "we have done flask for years; new internal payments api, 40 tables in postgres, oauth tokens",
        # what runs is in the way
        (
            "Our Flask project has grown to 60 models; no structure, everybody writes forms and permission checks"
            " again and again"
        ),
        # what runs is weighed against the other
        (
            "We've a flask api doing geocoding, three endpoints, no problems. Management asks whether to migrate "
            "to Django"
        ),
    ],
)
def test_a_project_opens_the_guide(advisor: Advisor, text: str) -> None:
    assert isinstance(advisor.ask(text).reply, GuideReview)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("pytest fixture for a flask test client that is logged in already, please", "testing"),
        ("Is it easier to hire for in Europe, Flask or Django people?", "jobs"),
    ],
)
def test_a_question_about_something_else_stays_one(advisor: Advisor, text: str, topic: str) -> None:
    reply = advisor.ask(text).reply

    assert isinstance(reply, Answer)
    assert reply.topic == topic
