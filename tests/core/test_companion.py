"""Companions: they follow what the first experiment's changes, so that both stay comparable."""

from __future__ import annotations

import pytest

from bioviz.core.companion import follow, followed, problems, reseeded

from ..specs import moons_spec

FIRST, BESIDE = moons_spec(), moons_spec("backprop")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("batch", 7),
        ("loss", "squared_error"),
        ("task.noise", 0.3),
        ("stop.epochs", 9),
        ("record.every", 5),
        ("network.biases", False),
        ("network.layers.h1.size", 40),
        ("seed", 12),
    ],
)
def test_what_both_had_in_common_stays_in_common(path: str, value: object) -> None:
    after = FIRST.with_value(path, value)
    beside = follow(FIRST, after, BESIDE)
    assert beside == BESIDE.with_value(path, value)


def test_the_rule_and_the_name_stay_the_companions_own() -> None:
    after = FIRST.with_value("rule.learning_rate", 0.3).model_copy(update={"name": "Mine"})
    assert follow(FIRST, after, BESIDE) == BESIDE


def test_what_differed_before_is_left_alone() -> None:
    own = BESIDE.with_value("batch", 5).with_value("network.layers.h1.size", 9)
    after = FIRST.with_value("batch", 7).with_value("network.biases", False)
    beside = follow(FIRST, after, own)
    assert (beside.batch, beside.network.layers, beside.network.biases) == (
        5,
        own.network.layers,
        False,
    )


def test_a_seed_of_its_own_is_left_alone() -> None:
    after = FIRST.with_value("seed", FIRST.seed + 1)
    assert follow(FIRST, after, BESIDE.with_value("seed", 41)).seed == 41


def test_new_weights_are_drawn_for_all_seeds_that_differ_too() -> None:
    assert [spec.seed for spec in reseeded((FIRST, BESIDE.with_value("seed", 41)))] == [
        FIRST.seed + 1,
        42,
    ]


def test_following_is_the_same_whichever_is_edited() -> None:
    after = BESIDE.with_value("network.layers.h1.size", 11).with_value("rule.learning_rate", 0.7)
    first, second = followed((FIRST, BESIDE), 1, after)
    assert first == FIRST.with_value("network.layers.h1.size", 11)
    assert second is after


def test_a_companion_that_cannot_be_trained_is_named() -> None:
    broken = BESIDE.with_value("network.layers.0.size", 7).model_copy(update={"name": "Backprop"})
    [words] = problems([FIRST, broken])
    assert words.startswith("Beside it, Backprop: Layer 'input' has 7 units")
