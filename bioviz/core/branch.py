"""A branch: a second run of the same network that goes on from a moment of the first one's."""

from __future__ import annotations

from .experiment import Experiment
from .fault import BiovizError
from .frame import branch_state
from .history import History
from .spec import ExperimentSpec
from .state import State


def branch(experiment: Experiment, trial: int) -> tuple[ExperimentSpec, State]:
    """What describes a branch from the latest moment not after `trial`, and where it goes on from.

    A trial under way is finished first, where that is the one asked for. The branch has the history
    up to there. Raises BiovizError where nothing has been kept.
    """
    history = experiment.history
    if history is None or not history.frames:
        raise BiovizError("Nothing of this run has been kept yet; train it for a trial first.")
    if trial >= experiment.trial and experiment.fault is None:
        experiment.settle()
        frame = history.keep(experiment)
    else:
        frame = history.at(trial)
    state = branch_state(frame, experiment)
    state.history = History(history.grain)
    past = [one for one in history.frames if one.trial <= frame.trial]
    marks = {at: name for at, name in history.bookmarks.items() if at <= frame.trial}
    state.history.take(past, marks)
    name = f"{experiment.spec.name or experiment.rule.title} from trial {frame.trial:,}"
    return frame.spec.model_copy(update={"name": name}), state
