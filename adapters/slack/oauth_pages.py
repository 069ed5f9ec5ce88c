"""The few web pages that somebody sees who installs the app: plain HTML, no scripts, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

HEADERS: dict[str, str | Sequence[str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Strict-Transport-Security": "max-age=31536000",
}

REASONS = {
    "access_denied": "Nothing was installed, because the request was declined in Slack.",
    "invalid_browser": "Please begin and finish the installation in the same browser, with cookies allowed.",
    "invalid_state": "This took more than ten minutes, or the page was opened twice. Please begin again.",
}
OTHERWISE = (
    "Slack did not confirm the installation. Please begin again; if it happens once more, tell whoever runs this."
)

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 17px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; color: #1d1c1d; }}
a.button {{ display: inline-block; padding: .7rem 1.2rem; border-radius: .4rem; background: #4a154b; color: #fff; }}
code {{ background: #f2f2f2; padding: .1rem .3rem; border-radius: .2rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def install(url: str) -> str:
    """Return the page that begins an installation at `url`."""
    return _page(
        "Add Framework Advisor to Slack",
        f"""<p>It answers questions about web frameworks in your channels and helps you to choose one.</p>
<p><a class="button" href="{escape(url)}">Add to Slack</a></p>
<p>It reads only what is said to it, keeps no names and no text of answered questions.
After the installation, <code>/advisor privacy</code> says exactly what is kept.</p>""",
    )


def success(team: str, link: str) -> str:
    """Return the page after an installation in `team`; `link` opens the app in Slack."""
    return _page(
        "You are ready to go",
        f"""<p>Framework Advisor is installed in <strong>{escape(team)}</strong>. This is how to begin:</p>
<ul>
<li>Type <code>/advisor which should I use?</code> anywhere. Only you see the answer, until you share it.</li>
<li>Invite it to a channel with <code>/invite @Framework Advisor</code>, then mention it with a question.</li>
<li>Type <code>/recommend</code> for the guided choice: about five questions, then an answer with its reasons.</li>
</ul>
<p><a class="button" href="{escape(link)}">Open it in Slack</a></p>""",
    )


def failure(reason: str) -> str:
    """Return the page after an installation that did not succeed. The reason chooses the words and is not shown."""
    return _page(
        "That did not work",
        f"""<p>{escape(REASONS.get(reason, OTHERWISE))}</p>
<p><a class="button" href="/slack/install">Begin again</a></p>""",
    )


def open_slack(app: str | None, team: str | None) -> str:
    """Return the address that opens the app in Slack; Slack itself where the app is not known."""
    if not app:
        return "https://slack.com/app_redirect"
    return f"https://slack.com/app_redirect?app={app}" + (f"&team={team}" if team else "")


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)
