"""The platforms that the service can run."""
