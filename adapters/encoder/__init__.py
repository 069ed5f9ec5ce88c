"""The sentence encoder and its model files: what they are built from, how they run, and the vectors that are kept.

ONNX Runtime reports to its maker, since 1.29 and from its import on: an id of the machine, its processor and system,
and what is computed. It is told not to here, as all that import it are in this package and do so later; asked after its
import, it would have begun.
"""

import os

from adapters.encoder.encoder import MiniLmEncoder
from adapters.encoder.installation import Status, encoder_folder, install, open_encoder, status
from adapters.encoder.vectors import KeptVectors

__all__ = ["KeptVectors", "MiniLmEncoder", "Status", "encoder_folder", "install", "open_encoder", "status"]

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
