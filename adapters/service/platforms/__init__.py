"""The platforms that the service can run: `PLATFORMS` lists them, and nothing else in the service names one."""

from adapters.service.platforms.discord import DISCORD
from adapters.service.platforms.platform import Platform
from adapters.service.platforms.slack import SLACK

PLATFORMS: tuple[Platform, ...] = (SLACK, DISCORD)
