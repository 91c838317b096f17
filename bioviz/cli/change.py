"""What `--seed` and `--set` change in a session, before it is built or while it is continued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .end import BAD_FILE, USAGE, End

if TYPE_CHECKING:
    from ..core.experiment import Experiment
    from ..core.spec import ExperimentSpec
    from ..core.task import Progress
    from ..session.file import Saved

AFRESH = "Set it on a session that has not begun, as a gallery network."


def changed(saved: Saved, seed: int | None, sets: Sequence[str]) -> list[ExperimentSpec]:
    """The descriptions after `--seed` and every `--set path=value`; ends with code 2 in words."""
    if seed is not None and saved.started:
        raise End(
            "--seed does nothing here: this session holds weights and random numbers of a run "
            "that has begun. Leave it out to continue that run.",
            USAGE,
        )
    specs = list(saved.experiments)
    if seed is not None:
        specs = [_set(spec, "seed", seed) for spec in specs]
    for text in sets:
        specs = _applied(specs, text)
    for old, new, state in zip(saved.experiments, specs, saved.states, strict=True):
        _check(old, new, begun=state is not None)
    return specs


def build(saved: Saved, specs: Sequence[ExperimentSpec], progress: Progress) -> list[Experiment]:
    """Every experiment, changed; one with a saved state continues, and takes the change live."""
    olds = saved.experiments
    first = [
        new if state is None else old
        for old, new, state in zip(olds, specs, saved.states, strict=True)
    ]
    saved.session = saved.session.model_copy(update={"experiments": tuple(first)})
    experiments = saved.build_all(progress)
    for experiment, new in zip(experiments, specs, strict=True):
        if new != experiment.spec:
            experiment.change(new)
    return experiments


def _applied(specs: list[ExperimentSpec], text: str) -> list[ExperimentSpec]:
    from ..core.spec import parse_value

    path, equals, value = text.partition("=")
    if not equals or not path:
        raise End(f"--set '{text}' needs the form path=value, as rule.learning_rate=0.05.", USAGE)
    chosen = range(len(specs))
    if path.startswith("experiments."):
        number, _, path = path.removeprefix("experiments.").partition(".")
        if not number.isdecimal() or int(number) not in chosen:
            raise End(f"--set '{text}': experiments are numbered 0 to {len(specs) - 1}.", USAGE)
        chosen = range(int(number), int(number) + 1)
    return [
        _set(spec, path, parse_value(value)) if index in chosen else spec
        for index, spec in enumerate(specs)
    ]


def _set(spec: ExperimentSpec, path: str, value: object) -> ExperimentSpec:
    from ..core.fault import SpecError

    try:
        return spec.with_value(path, value)
    except SpecError as error:
        raise End(f"'{path}' cannot be set: {error}", USAGE) from error


def _check(old: ExperimentSpec, new: ExperimentSpec, *, begun: bool) -> None:
    """End with code 2 where a change is impossible, with 4 where the file came so."""
    from ..core.change import rebuilds

    problems = new.problems()
    if problems:
        raise End(" ".join(problems), BAD_FILE if problems == old.problems() else USAGE)
    if begun and rebuilds(old, new):
        raise End(
            f"--set: this needs new weights, but the run of this session has begun. {AFRESH}", USAGE
        )
