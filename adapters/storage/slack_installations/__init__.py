"""Where Slack workspaces and their tokens are kept, encrypted."""
