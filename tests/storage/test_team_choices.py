"""Five members choose as a team, over two processes that share nothing but the database."""

from __future__ import annotations

import pytest

from adapters.conversations.identity import Message, Person
from adapters.conversations.memory_store import MemoryStore
from adapters.conversations.service import Conversations
from adapters.conversations.team_choices import CardPlace
from adapters.knowledge_base import open_advisor, shipped_folder
from adapters.storage.store import TEAM_LIFE, DatabaseStore
from bot import actions, replies
from bot.advisor import Advisor
from tests.storage.clocks import Clock

STARTER = Person("slack", "T1", "U0")
MEMBERS = [Person("slack", "T1", f"U{number}") for number in range(1, 6)]
SHOP = {"kind": "cms_shop", "have": "fresh", "staff": "yes", "accounts": "roles", "data": "many"}
API = {"kind": "service", "have": "know_flask", "data": "none", "accounts": "no", "style": "own"}


@pytest.fixture(scope="module")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    return open_advisor(shipped_folder(), str(tmp_path_factory.mktemp("cache")))


async def answer(process: Conversations, member: Person, team: str, answers: dict[str, str]) -> replies.Recommendation:
    """Press "Answer in private", and then what these answers say, else "not sure"."""
    shown = (await process.do(actions.JoinTeam(team), member)).reply
    while isinstance(shown, replies.GuideQuestion):
        option = answers.get(shown.question, shown.choices[-1].option)
        shown = (await process.do(actions.GuideChoose(shown.token, shown.question, option), member)).reply
    assert isinstance(shown, replies.Recommendation)
    return shown


async def begun(process: Conversations) -> str:
    card = (await process.recommend("team", STARTER)).reply
    assert isinstance(card, replies.TeamCard)
    assert not card.answered
    return card.team


async def test_five_members_decide_over_two_processes(
    store: DatabaseStore, elsewhere: DatabaseStore, advisor: Advisor
) -> None:
    one, other = Conversations(lambda: advisor, store), Conversations(lambda: advisor, elsewhere)
    team = await begun(one)
    for number, member in enumerate(MEMBERS):
        process = (one, other)[number % 2]
        result = await answer(process, member, team, API if number == 4 else SHOP)
        assert f"{number + 1} ha" in str(result.notice)
        assert "Nobody is shown what you answered" in str(result.notice)

    stranger = (await one.do(actions.RevealTeam(team), MEMBERS[0])).reply
    verdict = (await other.do(actions.RevealTeam(team), STARTER)).reply

    assert isinstance(stranger, replies.Notice)
    assert isinstance(verdict, replies.TeamVerdict)
    assert verdict.result == "django"
    assert verdict.alone == (replies.Share("Django", 4), replies.Share("Flask", 1))
    assert verdict.members == 5
    assert await one.teams.card_for(result) is None


async def test_a_later_answer_opens_a_second_round(store: DatabaseStore, advisor: Advisor) -> None:
    process = Conversations(lambda: advisor, store)
    team = await begun(process)
    for member in MEMBERS[:3]:
        await answer(process, member, team, SHOP)
    await process.do(actions.RevealTeam(team), STARTER)
    for member in MEMBERS[:3]:
        await answer(process, member, team, API)
    again = (await process.do(actions.RevealTeam(team), STARTER)).reply

    assert isinstance(again, replies.TeamVerdict)
    assert (again.result, again.before, again.members) == ("flask", "Django", 3)


async def test_nothing_is_revealed_of_two_and_whoever_is_forgotten_counts_no_more(
    store: DatabaseStore, advisor: Advisor
) -> None:
    process = Conversations(lambda: advisor, store)
    team = await begun(process)
    for member in MEMBERS[:3]:
        await answer(process, member, team, SHOP)
    await process.do(actions.ForgetMe(), MEMBERS[0])
    shown = (await process.do(actions.RevealTeam(team), STARTER)).reply

    assert isinstance(shown, replies.Notice)
    assert shown.text.startswith("2 have answered so far")


async def test_a_choice_whose_starter_is_forgotten_can_be_revealed_by_anybody(
    store: DatabaseStore, advisor: Advisor
) -> None:
    process = Conversations(lambda: advisor, store)
    team = await begun(process)
    for member in MEMBERS[:3]:
        await answer(process, member, team, SHOP)
    await process.do(actions.ForgetMe(), STARTER)

    assert isinstance((await process.do(actions.RevealTeam(team), MEMBERS[1])).reply, replies.TeamVerdict)


async def test_a_choice_is_over_after_a_day(store: DatabaseStore, clock: Clock, advisor: Advisor) -> None:
    process = Conversations(lambda: advisor, store)
    team = await begun(process)
    clock.now += TEAM_LIFE + 1
    shown = (await process.do(actions.JoinTeam(team), MEMBERS[0])).reply

    assert isinstance(shown, replies.Notice)
    assert "over" in shown.text


async def test_a_card_says_where_it_stands_to_every_process(
    store: DatabaseStore, elsewhere: DatabaseStore, advisor: Advisor
) -> None:
    one, other = Conversations(lambda: advisor, store), Conversations(lambda: advisor, elsewhere)
    team = await begun(one)
    await one.teams.keep_place(team, CardPlace("C1", "17.1", "mark"))
    help_page = (await other.do(actions.ShowHelp(), STARTER)).reply
    result = await answer(other, MEMBERS[0], team, SHOP)

    assert await other.teams.card_for(help_page) is None
    assert await other.teams.card_for(result) == (replies.TeamCard(team, 1, 3), CardPlace("C1", "17.1", "mark"))


async def test_a_team_choice_is_begun_by_a_mention_too_and_in_memory(advisor: Advisor) -> None:
    process = Conversations(lambda: advisor, MemoryStore())
    said = await process.ask(Message(STARTER, "C1", "<@UBOT> recommend team"))
    assert said
    assert isinstance(said.reply, replies.TeamCard)
    for member in MEMBERS[:3]:
        await answer(process, member, said.reply.team, API)
    verdict = (await process.do(actions.RevealTeam(said.reply.team), STARTER)).reply

    assert isinstance(verdict, replies.TeamVerdict)
    assert verdict.result == "flask"
    assert verdict.alone == (replies.Share("Flask", 3),)
