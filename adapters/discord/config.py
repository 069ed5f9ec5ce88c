"""What the Discord client needs to know. The service makes it from the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.discord.limits import PATIENCE


@dataclass(frozen=True, slots=True)
class DiscordConfig:
    """How to connect.

    Raises:
        ValueError: shard ids without their count, or ids outside it.
    """

    token: str = field(repr=False)
    application_id: int | None = None
    """Needed for an invite link without a connection; otherwise Discord tells."""
    sharded: bool = False
    """Split the servers over several gateway connections: needed from 2,500 servers on."""
    shard_ids: tuple[int, ...] = ()
    """The shards of this process; empty for all."""
    shard_count: int | None = None
    """All shards of all processes; None lets Discord recommend a number."""
    grace: float = 20.0
    """Seconds to finish what is in flight when asked to stop; hosts kill after 30."""
    patience: float = PATIENCE
    """Seconds to wait for an answer before telling Discord that it takes longer."""
    first_delay: float = 2.0
    """Seconds before the first new attempt when the connection is lost for good; doubles from attempt to attempt."""
    api_base: str | None = None
    """Another address for Discord's REST interface, such as a proxy or a stand-in; for the whole process."""
    gateway: str | None = None
    """Another address for Discord's gateway, likewise."""

    def __post_init__(self) -> None:
        if self.shard_ids and not self.shard_count:
            raise ValueError("shard ids need the shard count, which is the same in every process")
        if any(not 0 <= shard < (self.shard_count or 0) for shard in self.shard_ids):
            raise ValueError(f"shard ids run from 0 to {(self.shard_count or 0) - 1}")
