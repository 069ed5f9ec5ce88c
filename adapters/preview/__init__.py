"""A local page on which an author talks with the advisor and sees what Slack and Discord would show."""
