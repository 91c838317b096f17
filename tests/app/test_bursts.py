"""Cells that burst in the whole window: every panel, every page, everything clicked."""

from __future__ import annotations

import logging

import pytest

from bioviz.app.inspect_order import Orders
from bioviz.core.experiment import build
from bioviz.core.fault import BiovizError
from bioviz.core.intervention import Redraw
from bioviz.core.status import Stride
from bioviz.figures.weight_source import paths, sources
from bioviz.session.session import Session
from bioviz.ui import theme
from bioviz.ui.panel import Pick

from ..panels.bursting import pools_spec


@pytest.fixture
def pools(driver):
    driver.window.show_session(Session(schema=1, experiments=(pools_spec(),)))
    driver.settle()
    driver.advance(1)
    return driver


def test_nothing_breaks_whatever_is_looked_at(pools, qapp, caplog):
    failed = []
    pools.controller.pump.panel_failed.connect(lambda panel, why: failed.append((panel.key, why)))
    entry = pools.trainer.catalogue.first
    picks = [Pick("nothing"), *(Pick("projection", path.name) for path in entry.projections)]
    for layer in entry.layers:
        picks += [Pick("layer", layer.name), Pick("unit", layer.name, layer.size - 1)]
    with caplog.at_level(logging.WARNING):
        for look in ("light", "dark"):
            theme.apply(qapp, look)
            for key, panel in pools.window.panels.items():
                pools.window.workspace.show_panel(key)
                pools.trainer.advance(1, Stride.PHASE)
                pools.settle()
                panel.grab()
        for pick in picks:
            pools.window.picking.set(pick)
            pools.settle()
            pools.window.grab()
    assert not failed
    assert not caplog.records


def test_inhibition_has_a_name_and_a_look_of_its_own():
    entry = build(pools_spec()).catalogue()
    names = [path.name for path in entry.projections if path.role == "inhibitory"]
    assert names == ["I1", "I2", "J2"]
    assert paths(entry)["I1"] == "I1: input → hidden (inhibition)"
    assert list(sources(entry, "J2")) == ["w"]
    for look in (theme.LIGHT, theme.DARK):
        assert len({look.forward, look.feedback, look.lateral, look.inhibitory}) == 4


def test_orders_that_make_no_sense_for_inhibition_say_why(pools):
    pools.window.picking.set(Pick("projection", "I1"))
    pools.settle()
    orders = pools.window.findChild(Orders)
    assert not orders.freeze.isEnabled()
    assert "never learns" in orders.freeze.toolTip()
    assert not orders.redraw.isEnabled()
    assert orders.scale.isEnabled()
    pools.window.picking.set(Pick("projection", "W1"))
    assert orders.freeze.isEnabled()
    assert orders.redraw.isEnabled()


def test_what_the_rule_has_chosen_is_not_drawn_again():
    run = build(pools_spec())
    for name in ("I1", "B2", "J2"):
        before = run.net[f"{name}.w"].copy()
        with pytest.raises(BiovizError, match="at random"):
            Redraw(name).apply(run)
        assert (run.net[f"{name}.w"] == before).all()
    assert not run.markers
