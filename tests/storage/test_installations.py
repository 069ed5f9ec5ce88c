from __future__ import annotations

import pytest
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from adapters.conversations.ports import StoreUnavailableError
from adapters.storage.database import Database
from adapters.storage.encryption import KeyFormatError, TokenEncryption, new_key
from adapters.storage.installations import FRESH, InstallationStore, StateStore, reseal
from tests.storage.clocks import Clock
from tests.storage.conftest import Open, dump

OLD, NEW = new_key(), new_key()
HOOK = "https://hooks.slack.com/services/T1/B1/secret"


def _installation(
    token: str, user: str = "U1", team: str | None = "T1", at: float = 1.0, **more: object
) -> Installation:
    return Installation(
        user_id=user, team_id=team, app_id="A1", bot_token=token, bot_id="B1", bot_user_id="UB",
        bot_scopes="chat:write", bot_refresh_token="xoxe-refresh", incoming_webhook_url=HOOK, installed_at=at, **more,
    )  # fmt: skip


def _store(database: Database, clock: Clock, *keys: str, client: str = "client") -> InstallationStore:
    return InstallationStore(client, database, TokenEncryption(keys), clock)


async def _token(store: InstallationStore, team: str | None = "T1", enterprise: str | None = None) -> str | None:
    bot = await store.async_find_bot(enterprise_id=enterprise, team_id=team)
    return bot.bot_token if bot else None


async def test_tokens_are_unreadable_in_the_database(database: Database, clock: Clock) -> None:
    store = _store(database, clock, NEW)
    await store.async_save(_installation("xoxb-plain", user_token="xoxp-plain"))

    stored = await dump(database)
    assert not [
        secret for secret in ("xoxb-plain", "xoxp-plain", "xoxe-refresh", "hooks.slack.com") if secret in stored
    ]
    found = await store.async_find_installation(enterprise_id=None, team_id="T1")
    assert found is not None
    assert (found.bot_token, found.user_token, found.incoming_webhook_url) == ("xoxb-plain", "xoxp-plain", HOOK)


async def test_keys_are_changed_without_anybody_installing_again(database: Database, clock: Clock) -> None:
    await _store(database, clock, OLD).async_save(_installation("xoxb-1"))

    assert await _token(_store(database, clock, NEW, OLD)) == "xoxb-1"
    assert await reseal(database.engine, TokenEncryption([NEW, OLD])) == (5, 0)
    assert await _token(_store(database, clock, NEW)) == "xoxb-1"
    assert await _token(_store(database, clock, OLD)) is None


async def test_tokens_from_before_there_was_a_key_are_read_and_then_sealed(database: Database, clock: Clock) -> None:
    await _store(database, clock).async_save(_installation("xoxb-1"))
    assert "xoxb-1" in await dump(database)

    assert await _token(_store(database, clock, NEW)) == "xoxb-1"
    await reseal(database.engine, TokenEncryption([NEW]))
    assert "xoxb-1" not in await dump(database)
    assert await _token(_store(database, clock, NEW)) == "xoxb-1"


async def test_a_lost_key_is_reported_and_reads_as_not_installed(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await _store(database, clock, OLD).async_save(_installation("xoxb-1"))

    assert await _token(_store(database, clock, NEW)) is None
    assert await reseal(database.engine, TokenEncryption([NEW])) == (0, 5)
    assert "put the old key back" in caplog.text


def test_a_wrong_key_is_refused_without_repeating_it() -> None:
    with pytest.raises(KeyFormatError) as caught:
        TokenEncryption([NEW, "secret-but-wrong"])

    assert "secret-but-wrong" not in str(caught.value)


async def test_installing_again_leaves_only_the_newest_token(database: Database, clock: Clock) -> None:
    store = _store(database, clock)
    await store.async_save(_installation("xoxb-1", at=1.0))
    await store.async_save(_installation("xoxb-2", at=2.0))
    await store.async_save(_installation("xoxb-other", team="T2", at=1.0))

    assert await _token(store) == "xoxb-2"
    assert await _token(store, "T2") == "xoxb-other"
    assert "xoxb-1" not in await dump(database)


@pytest.mark.parametrize("how", ["bot revoked", "uninstalled"])
async def test_no_token_is_left_after_it_was_revoked(database: Database, clock: Clock, how: str) -> None:
    store = _store(database, clock)
    await store.async_save(_installation("xoxb-1"))
    await store.async_save(_installation("xoxb-kept", team="T2"))

    await (store.async_delete_bot if how == "bot revoked" else store.async_delete_all)(enterprise_id=None, team_id="T1")

    assert await _token(store) is None
    assert await _token(store, "T2") == "xoxb-kept"
    stored = [line for line in (await dump(database)).splitlines() if "'T1'" in line]
    assert not [line for line in stored if "xox" in line or "hooks.slack.com" in line]


async def test_an_organisation_is_found_for_all_its_workspaces(database: Database, clock: Clock) -> None:
    store = _store(database, clock)
    await store.async_save(_installation("xoxb-org", team=None, enterprise_id="E1", is_enterprise_install=True))

    found = await store.async_find_bot(enterprise_id="E1", team_id="T5", is_enterprise_install=True)

    assert found is not None
    assert found.bot_token == "xoxb-org"


async def test_all_processes_see_an_installation_and_a_removal_within_a_minute(
    open_database: Open, clock: Clock
) -> None:
    here, there = _store(await open_database(), clock), _store(await open_database(), clock)
    assert await _token(there) is None
    await here.async_save(_installation("xoxb-1"))
    assert await _token(there) == "xoxb-1"

    await here.async_save(_installation("xoxb-2", at=2.0))
    clock.now += FRESH
    assert await _token(there) == "xoxb-2"

    await here.async_delete_all(enterprise_id=None, team_id="T1")
    clock.now += FRESH
    assert await _token(there) is None
    assert FRESH < 60


async def test_tokens_at_hand_are_used_while_the_database_is_away(database: Database, clock: Clock) -> None:
    store = _store(database, clock)
    await store.async_save(_installation("xoxb-1"))
    await _token(store)
    clock.now += 3600
    database.trouble = "away"

    assert await _token(store) == "xoxb-1"
    with pytest.raises(StoreUnavailableError):
        await _token(store, "T2")


async def test_one_app_does_not_see_the_installations_of_another(database: Database, clock: Clock) -> None:
    await _store(database, clock, client="one").async_save(_installation("xoxb-1"))

    assert await _token(_store(database, clock, client="two")) is None


async def test_a_state_is_good_for_ten_minutes_on_any_process_and_once_on_each(clock: Clock) -> None:
    here, there = StateStore("client secret", clock), StateStore("client secret", clock)
    state, late = await here.async_issue(), await here.async_issue()

    used = [await store.async_consume(state) for store in (here, there, here, there)]
    clock.now += 601

    assert used == [True, True, False, False]
    assert not await there.async_consume(late)


@pytest.mark.parametrize("made_up", ["", "made up", "x" * 76, "\u00e9", "A" * 76, "=" * 400])
async def test_a_state_that_nobody_with_the_secret_made_is_refused(clock: Clock, made_up: str) -> None:
    theirs = await StateStore("another secret", clock).async_issue()
    ours = StateStore("client secret", clock)

    assert not await ours.async_consume(theirs)
    assert not await ours.async_consume(made_up)
    assert not await ours.async_consume((await ours.async_issue())[:-5] + "AAAA=")


async def test_an_old_file_from_before_a_column_was_sealed_still_opens(database: Database, clock: Clock) -> None:
    store = _store(database, clock, NEW)
    await store.async_save(_installation("xoxb-1"))
    async with database.engine.connect() as connection:
        await connection.execute(text("UPDATE slack_bots SET bot_token = 'xoxb-by-hand'"))

    assert await _token(_store(database, clock, NEW)) == "xoxb-by-hand"
