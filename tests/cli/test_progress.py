"""What a command says while it works, where nobody looks at a terminal."""

from __future__ import annotations

import pytest

from adapters.cli import shared


@pytest.mark.parametrize(("patience", "said"), [(0.0, "Asking ...\n"), (3_600.0, "")], ids=["long", "quick"])
def test_without_a_terminal_what_takes_long_is_said_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, patience: float, said: str
) -> None:
    monkeypatch.setattr(shared, "PATIENCE", patience)

    with shared.shown("Asking") as progress:
        for item in shared.counted(["a", "b"], progress):
            assert item

    assert capsys.readouterr().err == said
