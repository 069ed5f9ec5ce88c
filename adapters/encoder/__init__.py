"""The sentence encoder and its model files: what they are built from, how they run, and the vectors that are kept."""

from adapters.encoder.encoder import MiniLmEncoder
from adapters.encoder.installation import Status, encoder_folder, install, open_encoder, status
from adapters.encoder.vectors import KeptVectors

__all__ = ["KeptVectors", "MiniLmEncoder", "Status", "encoder_folder", "install", "open_encoder", "status"]
