"""The hosted service: settings, wiring, health, metrics, logs."""
