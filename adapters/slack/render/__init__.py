"""From a reply of the core to what Slack shows: pure functions, no network."""
