"""Cells that burst in the whole window: every panel, every page, everything clicked."""

from __future__ import annotations

import logging

import pytest

from bioviz.core.fault import BiovizError
from bioviz.core.intervention import Redraw
from bioviz.core.status import Stride
from bioviz.panels._weight_source import paths, sources
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


def test_inhibition_has_a_name_words_and_a_look_of_its_own(pools):
    entry = pools.trainer.catalogue.first
    names = [path.name for path in entry.projections if path.role == "inhibitory"]
    assert names == ["I1", "I2", "J2"]
    assert paths(entry)["I1"] == "I1: input → hidden (inhibition)"
    assert list(sources(entry, "J2")) == ["w"]
    for look in (theme.LIGHT, theme.DARK):
        assert len({look.forward, look.feedback, look.lateral, look.inhibitory}) == 4


def test_what_the_rule_has_chosen_is_not_drawn_again(pools):
    for name in ("I1", "B2", "J2"):
        before = pools.weights()[f"{name}.w"]
        with pytest.raises(BiovizError, match="at random"):
            pools.trainer.do(lambda e, name=name: Redraw(name).apply(e[0])).result(10)
        assert (pools.weights()[f"{name}.w"] == before).all()
