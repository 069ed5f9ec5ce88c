"""The settings, for a command: mistakes in them are the user's to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.cli.failures import UsageError

if TYPE_CHECKING:
    from adapters.service.settings import Settings


def configured() -> Settings:
    """Read the settings from the environment.

    Raises:
        UsageError: some of them are wrong; names all that are.
    """
    from adapters.service.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as mistakes:
        raise UsageError(str(mistakes)) from None
