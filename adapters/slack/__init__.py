"""The advisor in Slack: listeners translate in, call `Conversations`, and renderers translate out."""
