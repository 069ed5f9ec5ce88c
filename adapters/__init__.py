"""Where people meet the advisor, and what it stands on there."""
