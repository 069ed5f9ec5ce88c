"""The advisor in Discord: listeners translate in, call `Conversations`, and renderers translate out."""
