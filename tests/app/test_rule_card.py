"""Every rule has a card that can be read."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from bioviz.app.rule_card import RuleCard, mathematics, symbols_in
from bioviz.core.registry import RULES


@pytest.mark.parametrize("key", list(RULES))
def test_every_rule_has_a_whole_card(qtbot: QtBot, key: str) -> None:
    card = RuleCard()
    qtbot.addWidget(card)
    card.set_rule(key)
    rule = RULES[key]
    assert card.title == rule.title
    assert rule.card.equations
    assert rule.card.crosses
    assert rule.card.implausible
    assert rule.card.source


@pytest.mark.parametrize("key", list(RULES))
def test_every_symbol_of_a_rule_is_explained(key: str) -> None:
    equations = RULES[key].card.equations
    text = re.sub("<[^>]+>", " ", " ".join(equations))
    used = set(re.findall(r"(?<!\w)Δ?([A-Zα-ωa-z])(?!\w)", text)) - {"l"}
    legend = " ".join(re.sub("<[^>]+>", " ", symbol) for symbol, _ in symbols_in(equations))
    assert {sign for sign in used if sign not in legend} == set()


def test_variables_are_set_in_italics_and_words_are_not() -> None:
    html = mathematics("mirror: ΔB<sub>l+1</sub> = η h<sup>T</sup>, fixed and random")
    assert "Δ<i>B</i>" in html
    assert "<i>l</i>+1" in html
    assert "<sup>T</sup>" in html
    assert "mirror:" in html
    assert "fixed and random" in html


def test_a_card_at_any_width_fits_it(qtbot: QtBot) -> None:
    card = RuleCard()
    qtbot.addWidget(card)
    card.set_rule("weight_mirror")
    assert card.minimumSizeHint().width() <= 230


def test_an_unknown_rule_leaves_the_card_as_it_was(qtbot: QtBot) -> None:
    card = RuleCard()
    qtbot.addWidget(card)
    card.set_rule("backprop")
    card.set_rule("hebb_of_2030")
    assert card.title == "Backprop"
