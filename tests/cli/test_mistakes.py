"""Whatever a person gets wrong ends with a sentence that says what helps, exit code 2, and no traceback."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from adapters.cli.main import run

TEA = Path(__file__).parents[1] / "bases" / "tea-and-coffee"
K = "--knowledge"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with nothing configured, and a knowledge base, a file or two to get wrong."""
    for name in ("DATABASE_URL", "PORT", "ADVISOR_KNOWLEDGE", "ADVISOR_SLACK_BOT_TOKEN", "ADVISOR_DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERMINAL_WIDTH", "200")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TEA, tmp_path / "tea")
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.txt").write_text("\n\n")
    (tmp_path / "latin.jsonl").write_bytes(b'{"q": "caf\xe9", "ok": []}\n')
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command; return the exit code, and what it says on the error stream."""
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    words = captured.err.translate(dict.fromkeys(map(ord, "│╭╮╰╯─"), " "))  # the frame around mistakes in the usage
    return int(ended.value.code or 0), " ".join(words.split())


MISTAKES = [
    # names of commands and options
    ("aks", "No such command 'aks'. Did you mean 'ask'?"),
    ("frobnicate", "No such command 'frobnicate'"),
    ("guide audt", "Did you mean 'audit'"),
    ("db upgarde", "Did you mean 'upgrade'"),
    ("ask --jsno what is tea", "--json"),
    ("topics extra", "unexpected extra argument"),
    ("doctor --days 3", "No such option"),
    ("missed --days", "requires an argument"),
    ("missed --days many", "valid integer"),
    ("missed --days 0", "Invalid value for '--days'"),
    ("evaluate", "Missing argument 'FILE'"),
    ("schema", "Missing argument 'DIR'"),
    # questions
    ("ask", "Give a question, as in: advisor ask what is it for"),
    ("ask   ", "Give a question, as in: advisor ask what is it for"),
    ("ask --batch what", "or --batch and JSON lines, not both"),
    ("recommend --knowledge tea", "This knowledge base has no guide"),
    ("guide audit --knowledge tea", "This knowledge base has no guide"),
    ("guide diagram --knowledge tea", "This knowledge base has no guide"),
    ("code --knowledge tea", "has no code to show"),
    ("compare sto-rage --knowledge tea", "“sto-rage” is no topic. Did you mean `storage`?"),
    ("compare zzz --knowledge tea", "“zzz” is no topic. `advisor topics` lists all."),
    ("compare zzz --json --knowledge tea", "“zzz” is no topic."),
    # knowledge bases
    ("ask --knowledge nowhere what is tea", "nowhere: this is not a knowledge base Give a folder that holds"),
    ("ask --knowledge empty what is tea", "empty: this is not a knowledge base"),
    ("topics --knowledge blank.txt", "blank.txt: this is not a knowledge base"),
    ("compare --knowledge empty", "this is not a knowledge base"),
    ("check --knowledge tea", "check takes the folder itself, without --knowledge: advisor check tea"),
    ("check nowhere", "nowhere: this is not a knowledge base"),
    ("check blank.txt", "this is not a knowledge base"),
    ("chat --knowledge nowhere", "this is not a knowledge base"),
    ("learn --knowledge nowhere", "this is not a knowledge base"),
    ("learn blank.txt/cache --knowledge tea", "Nothing can be kept in blank.txt/cache"),
    ("slack manifest --knowledge empty", "this is not a knowledge base"),
    # files of questions
    ("evaluate nowhere.jsonl --knowledge tea", "There is no file nowhere.jsonl"),
    ("evaluate empty --knowledge tea", "There is no file empty"),
    ("evaluate latin.jsonl --knowledge tea", "latin.jsonl is not UTF-8 text"),
    ("evaluate blank.txt --floor accuracy=1", "there is no such figure; there are right, found"),
    ("evaluate blank.txt --floor right", "write it as a name and a share, such as right=0.9"),
    ("evaluate blank.txt --floor right=high", "write it as a name and a share, such as right=0.9"),
    ("missed --from nowhere.txt --knowledge tea", "There is no file nowhere.txt"),
    ("missed --from blank.txt --knowledge tea", "blank.txt holds no question. Write one a line."),
    ("missed --from latin.jsonl --knowledge tea", "latin.jsonl is not UTF-8 text"),
    # the database
    ("missed", "There is no database advisor.db in this folder: `advisor serve` makes it"),
    ("stats", "There is no database advisor.db in this folder"),
    ("feedback", "set DATABASE_URL to its database"),
    # the service and the platforms
    ("serve", "Nothing to serve: configure Slack or Discord. `advisor doctor` says how."),
    ("serve --only nothing", "--only takes `web` or `worker`"),
    ("discord sync", "Discord is not configured: set ADVISOR_DISCORD_TOKEN"),
    ("discord invite", "Set ADVISOR_DISCORD_APPLICATION_ID"),
    ("slack manifest --url http://example.com --knowledge tea", "begin with https://"),
    ("model install --from empty", "model.safetensors"),
    ("schema blank.txt/schemas", "blank.txt"),
]


@pytest.mark.parametrize(("command", "remedy"), MISTAKES, ids=[command for command, _ in MISTAKES])
def test_a_mistake_gets_its_remedy(capsys: pytest.CaptureFixture[str], command: str, remedy: str) -> None:
    code, words = said(capsys, *command.split(" "))

    assert remedy in words
    assert code == 2


WRONG_SETTINGS = [
    ("ADVISOR_KNOWLEDGE", "nowhere", "topics", "ADVISOR_KNOWLEDGE: there is no knowledge base in nowhere"),
    ("ADVISOR_KNOWLEDGE", "nowhere", "ask what is tea", "ADVISOR_KNOWLEDGE: there is no knowledge base in nowhere"),
    ("ADVISOR_CACHE_DIR", "off", "learn --knowledge tea", "Give a folder, as in: advisor learn DIR"),
    ("ADVISOR_CACHE_DIR", "off", "model status", "ADVISOR_CACHE_DIR is off"),
    ("DATABASE_URL", "mysql://u:p@h/n", "missed", 'DATABASE_URL: "mysql" is not supported; use sqlite:///FILE'),
    ("DATABASE_URL", "sqlite://", "missed", "DATABASE_URL: a file is needed, as in sqlite:///advisor.db."),
    ("DATABASE_URL", "postgres://u:p@h:one/n", "stats", "DATABASE_URL: this is not a database address"),
    ("DATABASE_URL", "nonsense", "db upgrade", "DATABASE_URL: this is not a database address"),
    ("PORT", "http", "serve", "PORT: a whole number is needed."),
    ("PORT", "70000", "serve", "PORT: it has to be 65535 or less."),
    ("ADVISOR_MISSED_DAYS", "0", "serve", "ADVISOR_MISSED_DAYS: it has to be 1 or more."),
    ("ADVISOR_GRACE_SECONDS", "0", "serve", "ADVISOR_GRACE_SECONDS: it has to be more than 0."),
    ("ADVISOR_KEEP_MISSED", "perhaps", "serve", "ADVISOR_KEEP_MISSED: write true or false."),
    ("ADVISOR_LOG_LEVEL", "loud", "serve", "ADVISOR_LOG_LEVEL: use 'debug', 'info', 'warning' or 'error'."),
    ("ADVISOR_SECRET", "short", "serve", "ADVISOR_SECRET: 16 characters or more are needed, not 5."),
    ("ADVISOR_SLACK_BOT_TOKEN", "xoxp-1", "serve", "ADVISOR_SLACK_BOT_TOKEN: a bot token begins with xoxb-."),
    ("ADVISOR_SLACK_APP_TOKEN", "xapp-1", "serve", "ADVISOR_SLACK_BOT_TOKEN is missing: Socket Mode"),
    ("ADVISOR_DISCORD_TOKEN", "Bot x", "discord sync", 'give the token alone, without "Bot"'),
    ("ADVISOR_PUBLIC_URL", "http://example.com", "slack manifest", "ADVISOR_PUBLIC_URL: an address such as https://"),
]


@pytest.mark.parametrize("wrong", WRONG_SETTINGS, ids=lambda wrong: f"{wrong[0]}={wrong[1]} {wrong[2]}")
def test_a_wrong_setting_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str, str, str]
) -> None:
    name, value, command, remedy = wrong
    monkeypatch.setenv(name, value)
    code, words = said(capsys, *command.split(" "))

    assert remedy in words
    assert code == 2


LINES = [
    ("no json", "standard", "this is not JSON"),
    ("[1]", "standard", "this is no JSON object"),
    ("[" * 100_000, "standard", "nested too deep"),
    ('{"q": ' + "9" * 10_000 + "}", "standard", "too long a number"),
    ('{"q": 7}', "standard", 'Each line needs "q" as text'),
    ('{"q": "tea", "context": 7}', "standard", '"context" as text or null'),
    ('{"ok": []}', "labelled", 'line 1: it needs the question as text, as in "q"'),
    ('{"q": "tea"}', "labelled", "line 1: it needs the right topics as a list of ids"),
    ('{"q": "tea", "ok": "caffeine"}', "labelled", "as a list of ids"),
    ('{"q": "tea", "ok": ["cafeine"]}', "labelled", "names `cafeine`, which is no topic; did you mean `caffeine`?"),
    ('{"q": "tea", "ok": [], "context": 1}', "labelled", 'the "context" is the question before'),
]


@pytest.mark.parametrize("wrong", LINES, ids=lambda wrong: f"{wrong[1]} {wrong[0][:30]}")
def test_a_wrong_line_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: tuple[str, str, str]
) -> None:
    line, where, remedy = wrong
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    (tmp_path / "labelled.jsonl").write_text(line + "\n")
    command = ["ask", "--batch", K, "tea"] if where == "standard" else ["evaluate", "labelled.jsonl", K, "tea"]
    code, words = said(capsys, *command)

    assert remedy in words
    assert code == 2


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) + len(WRONG_SETTINGS) + len(LINES) >= 60


@pytest.mark.usefixtures("desk")
def test_reading_commands_leave_nothing_behind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    for command in ("missed", "stats", "feedback", "doctor", "doctor --json", "topics --knowledge tea"):
        said(capsys, *command.split(" "))

    assert sorted(tmp_path.rglob("*")) == before


def test_doctor_examines_the_rest_where_a_setting_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("ADVISOR_KNOWLEDGE", str(TEA))
    with pytest.raises(SystemExit) as ended:
        run(["doctor", "--json"])
    found = {(each["about"], each["state"]) for each in json.loads(capsys.readouterr().out)}

    assert ended.value.code == 1
    assert {("settings", "wrong"), ("knowledge", "ok"), ("database", "note")} <= found
