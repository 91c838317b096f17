"""Parameters of rules in which bursts decide; rules begin with values of their own."""

from __future__ import annotations

from typing import Any

from .parameter import Part, parameter


def step(default: float, whose: str) -> Any:
    """Declare the learning rate, of `whose` bursts."""
    words = f"Size of a weight step at a burst{whose}, for a trace of 1."
    return parameter(default, words, symbol="η", ge=0, le=1e9)


def moving_average(default: float) -> Any:
    """Declare the time that a cell looks back to know how often it bursts."""
    return parameter(
        default,
        "Time over which a cell averages its events and bursts, to know what to expect.",
        title="Moving average",
        symbol="τ<sub>avg</sub>",
        unit="s",
        gt=0,
        le=1e4,
    )


def lower_bound(default: float) -> Any:
    """Declare the rate below which weights grow whatever the bursts."""
    return parameter(
        default,
        "Cells that spike less often gain weight at every event below; 0 lets them be silent.",
        title="Lower rate bound",
        unit="Hz",
        ge=0,
        le=1000,
        advanced=True,
    )


def upper_bound(default: float) -> Any:
    """Declare the rate above which weights shrink whatever the bursts."""
    return parameter(
        default,
        "Cells with more events a second lose weight at each of them; no cell has 1,000.",
        title="Upper rate bound",
        unit="Hz",
        gt=0,
        le=1e6,
        advanced=True,
    )


def events_before(default: float) -> Any:
    """Declare the rate with which averages begin."""
    return parameter(
        default,
        "Events a second that every cell is taken to have had before the run began.",
        title="Events before",
        unit="Hz",
        rebuild=True,
        ge=0,
        le=1000,
        advanced=True,
    )


def probability_before(default: float) -> Any:
    """Declare the burst probability with which averages begin."""
    return parameter(
        default,
        "The burst probability that they had.",
        title="Burst probability before",
        symbol="P̄(0)",
        rebuild=True,
        ge=0,
        le=1,
        advanced=True,
    )


def warm_up(default: float) -> Any:
    """Declare for how long nothing is learned at first."""
    return parameter(
        default,
        "Time at the beginning of a run in which nothing is learned, while averages build up.",
        unit="s",
        ge=0,
        le=1e5,
        advanced=True,
    )


class BurstParams(Part):
    """The rule's constants."""

    learning_rate: float = step(0.008, "")
    tau_pre: float = parameter(
        100.0,
        "How long a synapse remembers an event of the cell below.",
        title="Eligibility trace",
        symbol="τ<sub>pre</sub>",
        unit="ms",
        gt=0,
        le=1e5,
    )
    tau_average: float = moving_average(2.0)
    w_max: float = parameter(
        1.0,
        "Largest weight; the smallest is 0. Initial weights lose their sign.",
        title="Largest weight",
        symbol="w<sub>max</sub>",
        gt=0,
        le=1e6,
    )
    lower_bound: float = lower_bound(0.0)
    tau_lower: float = parameter(
        30.0,
        "Time over which spikes are averaged for the lower bound.",
        title="Lower bound averages over",
        unit="s",
        gt=0,
        le=1e4,
        advanced=True,
    )
    upper_bound: float = upper_bound(10.0)
    start_events: float = events_before(0.0)
    start_probability: float = probability_before(0.0)
    warm_up: float = warm_up(0.0)
