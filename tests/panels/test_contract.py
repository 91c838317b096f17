"""What every panel must do, whichever it is: shown for each file in bioviz/panels."""

from __future__ import annotations

import ast
import gc
import inspect
import json
import weakref
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget

import bioviz.panels
from bioviz.core.snapshot import NOTHING
from bioviz.ui import icon, theme
from bioviz.ui.panel import Panel, Pick

FILES = sorted(
    path
    for folder in bioviz.panels.__path__
    for path in Path(folder).glob("[a-z]*.py")
    if not path.stem.startswith("_")
)
KEYS = [path.stem for path in FILES]


def panel_class(key: str) -> type[Panel]:
    module = import_module(f"bioviz.panels.{key}")
    found = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Panel) and getattr(value, "key", "") == key
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture(params=KEYS)
def kind(request) -> type[Panel]:
    return panel_class(request.param)


def test_panels_say_what_they_are(kind):
    for word in (kind.key, kind.title, kind.icon, kind.help):
        assert isinstance(word, str)
        assert word
    assert not icon.icon(kind.icon).isNull()


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_the_first_line_of_a_panels_file_gives_its_title_and_what_it_shows(path):
    line = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
    title, colon, shows = line.partition(": ")
    assert colon
    assert title == panel_class(path.stem).title
    assert shows.endswith(".")


def test_a_panel_shows_a_run_before_and_after_training(kind, bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(kind())
    bench.beat()
    bench.advance(30)
    assert not panel.grab().isNull()


def test_a_panel_without_a_network_can_be_looked_at(kind, qtbot):
    panel = kind()
    qtbot.addWidget(panel)
    panel.show()
    assert panel.wanted() == NOTHING
    assert not panel.grab().isNull()


def test_a_panel_survives_another_network(kind, bench, digits_spec, moons_spec, linear_spec):
    bench.load(digits_spec(hidden_sizes=(30, 20)))
    panel = bench.add(kind())
    bench.advance(20)
    for spec in (moons_spec("backprop"), linear_spec(), digits_spec("shallow")):
        bench.load(spec)
        panel.set_pick(Pick("unit", "h2", 19))  # of a layer that is gone
        panel.set_pick(Pick("projection", "B3"))
        bench.beat()
        bench.advance(5)
        assert not panel.grab().isNull()


def test_options_come_back_as_they_were_given(kind, bench, digits_spec):
    bench.load(digits_spec())
    panel, other = bench.add(kind()), bench.add(kind())
    options = json.loads(json.dumps(panel.options()))
    other.set_options(options)
    assert other.options() == panel.options()


def test_options_that_mean_nothing_are_left_alone(kind, bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(kind())
    before = panel.options()
    panel.set_options(dict.fromkeys(before, "no such thing") | {"unheard of": [1, {"a": None}]})
    panel.set_options(dict.fromkeys(before))
    assert panel.options() == before
    bench.advance(5)


def test_options_may_come_before_the_network(kind, bench, digits_spec):
    bench.load(digits_spec())
    options = bench.add(kind()).options()
    panel = kind()
    panel.set_options(options)
    bench.add(panel)
    assert panel.options() == options


def test_a_hidden_panel_asks_for_nothing(kind, bench, digits_spec):
    bench.load(digits_spec())
    bench.add(kind(), show=False)
    bench.advance(5)
    assert not any(bench.asked)


def test_a_panel_is_freed_when_the_window_lets_it_go(kind, bench, digits_spec, qtbot):
    bench.load(digits_spec())
    panel = kind()
    panel.rebuild(bench.trainer.catalogue)
    panel.resize(400, 300)
    panel.show()
    bench.pump.add(panel)
    bench.advance(10)
    bench.pump.remove(panel)
    bench.pump._asked.clear()
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_every_control_explains_itself_and_has_a_name(kind, bench, digits_spec):
    bench.load(digits_spec())
    panel = bench.add(kind())
    bench.advance(5)
    controls = [
        control
        for sort in (QAbstractButton, QComboBox, QAbstractSlider)
        for control in panel.findChildren(sort)
        if control.isVisibleTo(panel)
        and not _inside(control, QComboBox)
        and "scrollbar" not in type(control).__name__.lower()
    ]
    for control in controls:
        assert control.toolTip(), control
        assert control.accessibleName() or getattr(control, "text", str)(), control


def test_a_panel_follows_the_theme_and_fits_a_small_window(kind, bench, digits_spec, qapp):
    bench.load(digits_spec())
    panel = bench.add(kind())
    bench.advance(5)
    theme.apply(qapp, "dark")
    panel.resize(320, 220)
    assert (panel.width(), panel.height()) == (320, 220)
    shade = panel.grab().toImage().pixelColor(2, 218)
    assert shade.lightness() < 100


def _inside(control: QWidget, sort: type[QWidget]) -> bool:
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, sort):
            return True
        parent = parent.parentWidget()
    return False
