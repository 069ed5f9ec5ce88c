from __future__ import annotations

import ssl

import pytest
from sqlalchemy import text

from adapters.storage.address import AddressError, parse_address
from adapters.storage.engine import make_engine
from tests.storage.databases import postgres


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sqlite:///advisor.db", "sqlite+aiosqlite:///advisor.db"),
        ("sqlite:////var/lib/advisor/advisor.db", "sqlite+aiosqlite:////var/lib/advisor/advisor.db"),
        ("postgres://u:p@db.example.com:5432/name", "postgresql+asyncpg://u:***@db.example.com:5432/name"),
        ("postgresql://u:p@db/name?sslmode=require&channel_binding=prefer", "postgresql+asyncpg://u:***@db/name"),
        ("postgresql+psycopg2://u:p@db/name", "postgresql+asyncpg://u:***@db/name"),
    ],
)
def test_addresses_are_read_as_people_and_hosts_write_them(text: str, shown: str) -> None:
    assert str(parse_address(text)) == shown


def test_the_password_reaches_the_driver() -> None:
    assert parse_address("postgres://u:p%40ss@db/name").url.password == "p@ss"


@pytest.mark.parametrize("mode", ["disable", "prefer", "require"])
def test_the_mode_of_encryption_reaches_the_driver(mode: str) -> None:
    assert parse_address(f"postgres://u@db/name?sslmode={mode}").arguments == {"ssl": mode}


def test_certificates_are_checked_where_that_is_asked_for() -> None:
    full = parse_address("postgres://u@db/name?sslmode=verify-full").arguments["ssl"]
    authority = parse_address("postgres://u@db/name?sslmode=verify-ca").arguments["ssl"]

    assert (full.verify_mode, full.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (authority.verify_mode, authority.check_hostname) == (ssl.CERT_REQUIRED, False)


def test_a_pooler_by_transaction_gets_no_prepared_statements() -> None:
    address = parse_address("postgres://u@db/name?pgbouncer=true")

    assert address.arguments["statement_cache_size"] == 0
    assert address.url.query["prepared_statement_cache_size"] == "0"


@pytest.mark.parametrize(
    "text", ["mysql://u:secret@db/name", "not an address secret", "postgres://u:secret@db/name?sslmode=perhaps"]
)
def test_a_wrong_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text)

    assert "secret" not in str(caught.value)


def test_what_the_driver_knows_is_passed_on() -> None:
    address = parse_address(
        "postgres://db/?user=u&password=p%40ss&dbname=name&host=a:5432&host=b:5433&connect_timeout=9"
        "&target_session_attrs=read-write&passfile=/run/pgpass&sslmode=require&sslnegotiation=direct"
        "&application_name=mine&options=endpoint%3Dep-1&channel_binding=prefer&gssencmode=disable"
    )

    assert (address.url.username, address.url.password, address.url.database) == ("u", "p@ss", "name")
    assert address.url.query == {"host": ("a:5432", "b:5433")}
    assert address.arguments == {
        "target_session_attrs": "read-write",
        "passfile": "/run/pgpass",
        "ssl": "require",
        "direct_tls": True,
        "timeout": 9.0,
        "server_settings": {"application_name": "mine", "options": "endpoint=ep-1"},
    }


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("channel_binding=require", "the driver has no channel binding: write channel_binding=prefer"),
        ("gssencmode=require", "write gssencmode=prefer"),
        ("keepalives_idle=30", '"keepalives_idle" is no parameter of the driver: remove it'),
        ("search_path=bot", "write options=-c%20search_path%3DVALUE"),
        ("target_session_attrs=standby", "has to be any, primary or read-write"),
        ("connect_timeout=soon", "connect_timeout has to be a whole number of seconds"),
        ("sslrootcert=/ca.pem", "sslrootcert needs sslmode=require, verify-ca or verify-full"),
        ("sslmode=verify-full&sslrootcert=/nowhere.pem", "sslrootcert names a file that cannot be read"),
        ("sslmode=require&sslcert=/nowhere.pem", "sslcert or sslkey names a file that cannot be read"),
    ],
)
def test_what_the_driver_does_not_know_is_refused_with_how_to_mend_it(parameters: str, said: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(f"postgres://u:secret@db/name?{parameters}")

    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_parameters_of_a_file_are_refused() -> None:
    with pytest.raises(AddressError, match="has no parameters"):
        parse_address("sqlite:///advisor.db?mode=ro")


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ("", ["public", "5s", "advisor"]),
        ("options=-c%20search_path%3Dbot%20-c%20statement_timeout%3D7s", ["bot", "7s", "advisor"]),
        ("application_name=mine&pgbouncer=true", ["public", "0", "mine"]),  # poolers refuse such settings
    ],
)
async def test_settings_reach_the_server(parameters: str, shown: list[str]) -> None:
    engine = make_engine(parse_address(f"{postgres().fresh()}&{parameters}"))
    async with engine.connect() as connection:
        settings = [
            (await connection.execute(text(f"SHOW {name}"))).scalar()
            for name in ("search_path", "statement_timeout", "application_name")
        ]
    await engine.dispose()

    assert [setting.rpartition(" ")[2] for setting in settings] == shown
