from __future__ import annotations

import ssl

import pytest

from adapters.storage.engine import AddressError, parse_address


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
