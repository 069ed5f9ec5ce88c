"""What arrives from Discord: translated in, handed to `Conversations`, translated out."""
