"""The core of the advisor: what to answer. Pure, synchronous, deterministic; knows no platform."""
