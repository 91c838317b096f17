"""The README: what it shows works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from bioviz.core.experiment import build
from bioviz.core.registry import RULES
from bioviz.core.snapshot import take

from .specs import moons_spec

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def code(containing: str) -> str:
    """The Python block that holds these words."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (found,) = (block for block in blocks if containing in block)
    return str(found)


def run(text: str, module: str) -> dict[str, Any]:
    """Run a block as if it were the file that it tells a reader to write."""
    package = module.rpartition(".")[0]
    names: dict[str, Any] = {"__name__": module, "__package__": package}
    exec(compile(text, module, "exec"), names)  # noqa: S102  (our own README)
    return names


def test_the_python_example_trains_and_measures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    run(code("import bioviz"), "example")
    angle, shape = capsys.readouterr().out.split(" ", 1)
    assert 20 < float(angle) < 60
    assert shape.strip() == "(10, 30)"


def test_the_example_rule_is_all_that_a_rule_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = run(code("HalfTransport"), "bioviz.rules.half_transport")["HalfTransport"]
    monkeypatch.setitem(RULES._entries(), rule.key, rule)
    experiment = build(moons_spec("half_transport", learning_rate=0.5))
    experiment.advance(300)
    assert experiment.measure()["test_error"] < 0.15
    assert experiment.measure()["update_angle.h1"] == pytest.approx(0, abs=0.1)


def test_the_example_panel_is_all_that_a_panel_needs(qtbot: QtBot) -> None:
    panel = run(code("WeightSize"), "bioviz.panels.weight_size")["WeightSize"]()
    qtbot.addWidget(panel)
    panel.show_snapshot(take(1, [build(moons_spec())], panel.wanted()))
    assert float(panel._label.text()) > 0


def test_both_commands_are_one_line_each_and_pin_what_was_tested() -> None:
    for marker in ("<!-- the open command -->", "<!-- the test command -->"):
        block = README.split(marker)[1].split("```sh\n")[1].split("```")[0]
        assert len(block.strip().splitlines()) == 1
        assert "-c .ci/constraints.txt" in block


def test_the_picture_is_there() -> None:
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()
