"""Which messages open the guide: a project to be made does, trouble with an application that runs does not."""

from __future__ import annotations

import pytest

from bot.actions import OpenGuide
from bot.advisor import Advisor
from bot.replies import Answer, GuideQuestion, GuideReview, Interrupted
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
        # how to do it in what is there
        ("show the number of items in the cart in the header on all pages, there must be a smarter way in Django"),
        "put the name of the logged in customer into every page header of the shop without passing it in each view",
        "display the count of unread messages in the navbar on every page of our members portal",
        # somebody's words about what runs
        (
            '"Flask doesn\'t scale, you will have to rewrite everything once you have real users", says the new CTO '
            "about our Flask service, which has run for three years. Is there any truth in it?"
        ),
        # what was changed
        (
            "Change list of this week: moved the Django admin to its own Kubernetes deployment, the Flask webhook "
            "service got two more replicas, new ingress rules for /api, HPA on CPU for both."
        ),
        (
            "Release notes: Flask gateway - bumped to 3.1, liveness probes added; Django backend - 5.2, PVC for "
            "media, cronjob for clearsessions. Rollout on Tuesday at 9."
        ),
        "In Django my form for booking a room saves twice when people double click, in Flask I had a token for that",
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
        # everyday words, and a guess
        (
            "three data scientists, scikit model, upload form for a CSV, result table, one JSON endpoint, no "
            "accounts, behind the VPN; one says Django since it's the serious one, I'd go with Flask... Opinions?"
        ),
        (
            "Food bank volunteer here. We run on three Google Sheets: donors, stock and pickups, and they get out of "
            "step every week. I can code a little. What would you pick and why?"
        ),
        (
            "We measure noise at 12 street corners, a box posts a number every minute, and we need to keep it and hand "
            "out JSON. No users. Which framework?"
        ),
        "internal page: upload a CSV, we check it against rules, you download it with errors marked. No login. Flask?",
        (
            "our town library wants to lend out board games, members reserve online and librarians edit the list. Is "
            "Django too heavy for that?"
        ),
        # somebody learns, and says what is built
        "I want to learn a framework by building a recipe site with accounts for my mum. Flask or Django?",
    ],
)
def test_a_project_opens_the_guide(advisor: Advisor, text: str) -> None:
    assert isinstance(advisor.ask(text).reply, GuideReview)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("pytest fixture for a flask test client that is logged in already, please", "testing"),
        ("Is it easier to hire for in Europe, Flask or Django people?", "jobs"),
        ("is it easier for us to hire people who know Flask or Django", "jobs"),
        ("Are there more jobs for Django or for Flask developers?", "jobs"),
        ("which is faster to learn for somebody who comes from R and shiny dashboards", "beginners"),
        ("which one is safer for somebody who has never made a login", "authentication"),
        ("people should log in with their mail address, not with a nickname", "authentication"),
        (
            "Conflicting migrations detected; multiple leaf nodes in the migration graph. Both of us added a field",
            "migrations",
        ),
    ],
)
def test_a_question_about_something_else_stays_one(advisor: Advisor, text: str, topic: str) -> None:
    reply = advisor.ask(text).reply

    assert isinstance(reply, Answer)
    assert reply.topic == topic


@pytest.mark.parametrize(
    "text",
    [
        # what somebody did before is no project
        "which one is easier for someone who only did pandas notebooks",
        "which one is more fun for a designer who only made static sites",
        "which is faster to learn for somebody who comes from R and shiny dashboards",
        # work
        "I'm building a portfolio for junior backend jobs, flask or django?",
        "building a portfolio for junior backend jobs, which framework should I learn?",
        "hiring two people for our booking platform, should we search for flask or django experience",
        # one thing to compare by
        "so before I look at what they can do with blogs: which of them has the bigger community, Flask or Django?",
    ],
)
def test_work_learning_and_one_thing_to_compare_by_open_no_guide(advisor: Advisor, text: str) -> None:
    reply = advisor.ask(text).reply

    assert not isinstance(reply, GuideReview | GuideQuestion)
    assert not (isinstance(reply, Answer) and reply.guide_token)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            (
                "Internal app for booking meeting rooms, 80 colleagues. Do we need React or is htmx enough for lists, "
                "forms and search? And does it matter if we take Flask or Django for that style?"
            ),
            "frontend",
        ),
        (
            (
                "we build a shop for used books with accounts. Do we need Celery for the mails from the start, and is "
                "Django or Flask better for that?"
            ),
            "background-jobs",
        ),
    ],
)
def test_what_is_asked_beside_the_choice_is_answered_first(advisor: Advisor, text: str, topic: str) -> None:
    reply = advisor.ask(text).reply

    assert isinstance(reply, Answer)
    assert reply.topic == topic
    assert reply.offers_guide
    assert reply.guide_token


def test_the_guide_that_an_answer_offers_goes_on_for_the_asker_and_begins_anew_for_anybody_else(
    advisor: Advisor,
) -> None:
    text = (
        "we build a shop for used books with accounts. Do we need Celery for the mails from the start, and is Django "
        "or Flask better for that?"
    )
    reply = advisor.ask(text, owner="U1").reply
    assert isinstance(reply, Answer)
    offered = OpenGuide(reply.guide_token or "")

    own, others = advisor.press(offered, owner="U1"), advisor.press(offered, owner="U2")

    assert isinstance(own, GuideQuestion)
    assert own.given
    assert others == advisor.begin_guide(owner="U2")


@pytest.mark.parametrize(
    "text",
    [
        (
            "The shop has run on one worker for a year. On Monday I gave it four, and since then customers write that "
            "they are logged in on one click and strangers on the next. Could SECRET_KEY = os.urandom(24) be why?"
        ),
        "We use Flask for the API and Django for the back office, how can both share the users?",
        (
            "We make a booking tool for clinics. It was decided long ago that we take Django. Can I change the user "
            "model after the first migrate?"
        ),
    ],
)
def test_the_guide_is_not_offered_where_nothing_is_to_be_chosen(advisor: Advisor, text: str) -> None:
    reply = advisor.ask(text).reply

    assert isinstance(reply, Answer)
    assert not reply.offers_guide


def test_one_word_settles_nothing(advisor: Advisor) -> None:
    review = advisor.begin_guide("pandas notebooks")

    assert isinstance(review, GuideReview)
    assert [(given.question, given.option) for given in review.given] == [("kind", "viewer")]
    assert "No more questions" not in (review.lean or "")


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("People should log in with their mail address", "Noted: user accounts."),
        (
            "what if we had an admin?",
            "With staff who edit data, it would still be Django. That is so far, and your answers stay as they are.",
        ),
        (
            "and what if there were no login?",
            "With no sign-in, it would more likely be Flask. That is so far, and your answers stay as they are.",
        ),
    ],
)
def test_the_guide_answers_what_is_said_and_supposed_amid_its_questions(
    advisor: Advisor, line: str, notice: str
) -> None:
    begun = advisor.ask("We're two devs building a booking portal for a yoga studio. Django or Flask?")
    asked = advisor.ask("yes", begun.context)
    after = advisor.ask(line, asked.context).reply

    assert isinstance(after, GuideQuestion)
    assert after.notice == notice
    assert ("kind", "web_app") in [(given.question, given.option) for given in after.given]


def test_a_question_amid_the_guide_is_none_of_its_answers(advisor: Advisor) -> None:
    begun = advisor.ask("We're two devs building a booking portal for a yoga studio. Django or Flask?")
    asked = advisor.ask("yes", begun.context)

    assert isinstance(advisor.ask("what if Django is too slow?", asked.context).reply, Interrupted)


def test_tables_that_others_own_lean_to_flask(advisor: Advisor) -> None:
    review = advisor.begin_guide(
        "An internal reporting site on a legacy database that belongs to the ERP vendor, 60 tables, we must not "
        "alter the schema. Login by SSO. Which framework?"
    )

    assert isinstance(review, GuideReview)
    assert review.lean
    assert review.lean.startswith("From what you say: more likely Flask. In its favour: tables that others own.")


def test_an_admin_still_decides_over_tables_that_others_own(advisor: Advisor) -> None:
    assert advisor.guide
    advice = advisor.guide.recommend(
        {"kind": "web_app", "have": "fresh", "data": "many", "staff": "yes", "accounts": "roles", "size": "medium"},
        "The schema belongs to another program, and we must not alter it.",
    )

    assert advice.result == "django"
    assert not any("Django's own database layer" in reason.text for reason in advice.reasons)


@pytest.mark.parametrize(
    "text",
    [
        (
            "The town archive has an Oracle catalogue of a vendor that we may read, and we can't alter a thing in it. "
            "We'd like a web page to search it, with sign-in through Active Directory. One of us has used Flask once."
        ),
        (
            "Research institute: we run long jobs on a cluster. We'd like a portal where colleagues fill in a form, "
            "submit the job, watch it and download the files. Sign-in by the institute's SAML. Doctoral students look "
            "after it. Which one, and why?"
        ),
    ],
    ids=["somebody knows a side, and something cannot be changed", "much of it sounds like news"],
)
def test_a_project_opens_the_guide_whatever_else_it_sounds_like(advisor: Advisor, text: str) -> None:
    assert isinstance(advisor.ask(text).reply, GuideReview)


@pytest.mark.parametrize(
    "text",
    [
        (
            "A CRM for our vets: clinics sign up, their staff log in with roles and bill the owners. I have done Flask "
            "for years. The investor wants an MVP in spring. Do I stay with Flask or does Django pay off?"
        ),
        (
            "My pupils and I make a site on which the school lends out cameras, with a list of things and who has "
            "what. I'm torn between Flask, as they'd get each line, and Django, as we'd be done."
        ),
        (
            "Backend for a mobile app, our own team does that one. Trails with GPX tracks, search by distance, people "
            "log in with Apple, and moderators hide bad photos on a web page. Some 40k users this summer."
        ),
    ],
    ids=["a question of a topic is near", "nothing is asked in so many words", "about nothing that is known"],
)
def test_who_describes_a_project_and_asks_nothing_else_is_led_into_the_guide(advisor: Advisor, text: str) -> None:
    assert isinstance(advisor.ask(text).reply, GuideReview)
