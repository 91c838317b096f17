"""Figures of spiking networks: every spike at its time, in its unit's row."""

from __future__ import annotations

import numpy as np

from bioviz.core.catalogue import Catalogue, describe
from bioviz.core.experiment import build
from bioviz.core.request_bursts import Bursts
from bioviz.core.request_spikes import Raster
from bioviz.core.snapshot import Snapshot, take
from bioviz.figures.panel import FIGURES
from bioviz.figures.spec import Band, Events, FigureSpec, Line

from ..gallery import gallery_spec


def drawn(
    network: str, key: str, trials: int, changes: dict, **options: object
) -> tuple[FigureSpec, Snapshot]:
    experiment = build(gallery_spec(network, **changes))
    figure = FIGURES[key](Catalogue(0, (describe(experiment),)), options)
    take(0, [experiment], figure.wanted())
    experiment.advance(count=trials)
    snapshot = take(0, [experiment], figure.wanted())
    return figure.figure(snapshot), snapshot


def test_every_spike_stands_at_its_time_in_its_units_row() -> None:
    spec, snapshot = drawn("what_a_burst_is", "raster", 1, {}, units=[["input", 2]])
    reply = next(
        value
        for request, value in snapshot.replies.items()
        if isinstance(request, Raster) and request.layer == "input"
    )
    events = [mark for mark in spec.axes[0].marks if isinstance(mark, Events)]
    found = {(float(x), int(y)) for mark in events for x, y in zip(mark.x, mark.y, strict=True)}
    when, unit = np.nonzero(reply.spikes)
    ago = (when - len(reply.spikes) + 0.5) * reply.dt
    assert len(found) > 3
    assert found == set(zip(ago.tolist(), unit.tolist(), strict=True))
    followed = [mark for mark in events if mark.colour == 0]
    assert all((mark.y == 2).all() for mark in followed)
    further = sum(len(mark.x) for mark in events if mark.colour == "feedback")
    assert further == np.count_nonzero(reply.further & (reply.spikes > 0))


def test_bursts_over_seconds_are_shaded_while_the_teacher_is_there() -> None:
    spec, snapshot = drawn("xor_in_spikes", "bursts", 2, {"rule__warm_up": 0.0})
    reply = snapshot[Bursts(0, 0, 0)]
    shaded = [mark for mark in spec.axes[0].marks if isinstance(mark, Band)]
    assert bool(shaded) == bool((reply.teaching > 0.5).any())
    assert [part.y.name.split()[0] for part in spec.axes][:3] == ["Events", "P,", "Bursts"]
    dashed = [m for m in spec.axes[1].marks if isinstance(m, Line) and m.stroke == "dash"]
    assert dashed


def test_a_potential_is_drawn_with_its_threshold_and_its_spikes_above_it() -> None:
    spec, _ = drawn("stdp_competition", "raster", 1, {}, window="1000")
    track = spec.axes[-1]
    lines = [mark for mark in track.marks if isinstance(mark, Line)]
    spikes = [mark for mark in track.marks if isinstance(mark, Events)]
    assert len(lines) == 1
    assert np.isfinite(lines[0].y).all()
    assert all((mark.y + mark.height / 2 <= track.y.high).all() for mark in spikes)
