"""A live experiment: built from a description, run as a generator that yields phases."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from .blas import use_one_thread
from .catalogue import ExperimentEntry, describe
from .change import changes, rebuilds
from .course import Course
from .fault import BiovizError, SpecError
from .guard import Guard
from .network import Network
from .probe import Channel, Marker
from .recorder import Recorder
from .registry import RULES, TASKS
from .rule import Phase, Rule
from .spec import ExperimentSpec
from .spike_account import SpikeAccount
from .spike_memory import SpikeMemory
from .state import State
from .stream import Streams
from .task import Dataset, Progress, Trial, silent


def build(
    spec: ExperimentSpec,
    *,
    progress: Progress = silent,
    dtype: type[np.floating[Any]] = np.float32,
) -> Experiment:
    """Make the live experiment that `spec` describes, at trial 0.

    Raises SpecError with every reason why it cannot be built, and DataMissing where its data set
    is not on this machine. Limits BLAS to one thread for the whole process, so that the same spec
    and seed give the same bits everywhere. `dtype` is float32 but for numerical checks.
    """
    use_one_thread()
    spec = spec.checked()
    streams = Streams(spec.seed)
    task = TASKS[spec.task.key](spec.task.params(TASKS))
    data = task.load(streams, progress)
    net = Network(spec.network, streams, dtype)
    rule = RULES[spec.rule.key](spec.rule.params(RULES), streams, spec.loss)
    if rule.pools:
        net.pool = net.output.size // task.shape(task.params)[1]
    rule.prepare(net)
    return Experiment(spec, net, rule, data, streams)


class Experiment:
    """A network, a rule, a task's data, what has been recorded, and where the run stands.

    `trial` counts finished trials, `epoch` finished passes over the training set. Whoever holds
    the generator of `run` decides when to go on; pausing is not calling next.
    """

    def __init__(
        self, spec: ExperimentSpec, net: Network, rule: Rule, data: Dataset, streams: Streams
    ) -> None:
        self.spec = spec
        self.net = net
        self.rule = rule
        self.data = data
        self.streams = streams
        self.trial = 0
        self.epoch = 0
        self.position = 0  # examples shown in this epoch
        self.shown: Trial | None = None  # the trial whose activity the layers hold
        self.sample = 0  # which example of it is looked at
        self.phase = Phase.TRIAL
        self.markers: list[Marker] = []
        self.spikes = SpikeMemory(net)
        self.account = SpikeAccount(net, rule.lasting)
        self.guard = Guard()
        self.fault: BiovizError | None = None
        self.recorder = Recorder(self)
        self._running = self._run()

    # ---- running ---------------------------------------------------------------------------

    def run(self) -> Iterator[Phase]:
        """Run for ever, yielding a phase whenever something worth looking at has happened.

        All iterators of one experiment continue the same run. Raises Diverged where a number
        stops being finite; the experiment can then still be looked at, and restored.
        """
        while True:
            with np.errstate(all="ignore"):
                phase = self.proceed()
            yield phase

    def proceed(self) -> Phase:
        """Go on to the next phase, as `run` does, but under numpy's settings as they are.

        For loops that set `np.errstate` once, around all of it: numbers that are not finite are
        the guard's to tell.
        """
        if self.fault is not None:
            raise self.fault
        try:
            self.phase = next(self._running)
        except BiovizError as fault:
            self.fault = fault
            raise
        return self.phase

    def advance(self, count: int = 1, phase: Phase = Phase.TRIAL) -> None:
        """Run until `phase` has come `count` times."""
        with np.errstate(all="ignore"):
            while count > 0:
                count -= self.proceed() is phase

    def settle(self) -> None:
        """Finish a trial that is under way, so that the run stands between two trials."""
        with np.errstate(all="ignore"):
            while not self.between_trials:
                self.proceed()

    @property
    def between_trials(self) -> bool:
        return self.phase in (Phase.TRIAL, Phase.EPOCH)

    @property
    def done(self) -> bool:
        """Whether the description's stop condition has been reached."""
        stop = self.spec.stop
        error = self.channels["test_error"].last if "test_error" in self.channels else math.nan
        return (
            (stop.trials is not None and self.trial >= stop.trials)
            or (stop.epochs is not None and self.epoch >= stop.epochs)
            or (stop.test_error is not None and error <= stop.test_error)
        )

    @property
    def taught(self) -> bool:
        """Whether there are targets, and a rule that learns from them."""
        return self.rule.teacher and TASKS[self.spec.task.key].taught

    @property
    def epoch_trials(self) -> int:
        """Trials in one pass over the training set."""
        return math.ceil(len(self.data.train) / self.spec.batch)

    def catalogue(self) -> ExperimentEntry:
        """All that can be shown of this experiment: layers, projections, variables, channels."""
        return describe(self)

    def answer(self, x: np.ndarray) -> np.ndarray:
        """The network's answers (batch, n_out) to inputs (batch, n_in); nothing visible changes."""
        with self.net.aside(len(x)):
            return self.rule.respond(self.net, x).copy()

    def _run(self) -> Iterator[Phase]:
        if self.trial == 0 and self.recorder.empty:
            self.guard.kept = self.snapshot_state()
            yield from self.recorder.record()
        while True:
            yield from self._one_trial()
            yield Phase.TRIAL
            if self.position == 0:
                yield Phase.EPOCH

    def _one_trial(self) -> Iterator[Phase]:
        trial, self.shown = self._draw(), None
        self.sample = 0
        self.spikes.begin_trial()
        self.account.begin_trial()
        loss = 0.0
        for phase in self.rule.trial(self.net, trial):
            if phase is not Phase.MIRROR:
                self.shown = trial  # with eyes closed nothing is
            if phase is Phase.TICK:
                self.spikes.note()
                self.account.note()
            if phase is Phase.BACKWARD:
                loss = self.recorder.note(self.rule.answer(self.net), trial.t)
            yield phase
        self._count(len(trial.x))
        self.guard.check(self, loss)
        yield from self.recorder.record()
        self.guard.keep(self)

    def _draw(self) -> Trial:
        count = len(self.data.train)
        rows = self._order[self.position : min(self.position + self.spec.batch, count)]
        x, t = self.data.train.read(rows, self.net.dtype)
        return Trial(x, t, rows, self.trial, self._course(rows))

    def _course(self, rows: np.ndarray) -> Course | None:
        """What happens in these trials tick by tick, drawn from a stream of their own."""
        if self.data.script is None:
            return None
        stream = self.streams.fresh(f"course/{self.epoch}/{self.position}")
        return self.data.script(rows, self.spec.network.dt, stream)

    @property
    def _order(self) -> np.ndarray:
        """Rows of the training set in this epoch's order: the seed's and the epoch's alone."""
        epoch, order = self.__dict__.get("_ordered", (-1, None))
        if epoch != self.epoch:
            order = np.arange(len(self.data.train))
            if self.data.shuffle:
                self.streams.fresh(f"order/{self.epoch}").shuffle(order)
            self.__dict__["_ordered"] = (self.epoch, order)
        return order  # type: ignore[no-any-return]

    def _count(self, examples: int) -> None:
        self.trial += 1
        self.position += examples
        if self.position >= len(self.data.train):
            self.position = 0
            self.epoch += 1

    # ---- recording -------------------------------------------------------------------------

    @property
    def channels(self) -> dict[str, Channel]:
        """Every recorded scalar, by name."""
        return self.recorder.channels

    def measure(self) -> dict[str, float]:
        """Every metric's value now, by channel name; records nothing and changes nothing."""
        return self.recorder.measure()

    def mark(self, text: str) -> None:
        """Leave a marker on every time axis, here."""
        self.markers.append(Marker(self.trial, text))

    # ---- changing --------------------------------------------------------------------------

    def change(self, spec: ExperimentSpec) -> None:
        """Take over a changed description from the next trial on, and leave a marker.

        Raises SpecError where what changed is read only when the network is made: see
        `bioviz.core.change.rebuilds`.
        """
        if rebuilds(self.spec, spec):
            raise SpecError(["This change needs the network to be built again."])
        words = changes(self.spec, spec)
        self.rule.params = spec.rule.params(RULES)
        if spec.task != self.spec.task:
            self.data = TASKS[spec.task.key](spec.task.params(TASKS)).load(self.streams)
        self.spec = spec
        self.recorder.follow_spec()
        if words:
            self.mark(words)

    # ---- saving ----------------------------------------------------------------------------

    def capture(self) -> State:
        """The whole state between two trials, copied; a trial under way is finished first."""
        self.settle()
        state = self.snapshot_state()
        state.channels = self.recorder.capture()
        return state

    def snapshot_state(self) -> State:
        """The state without the channels' history, copied; only valid between two trials."""
        confusion = self.recorder.confusion
        meta = {
            "trial": self.trial,
            "epoch": self.epoch,
            "position": self.position,
            "streams": self.streams.capture(),
            "rule": self.rule.memory(),
            "tally": vars(self.recorder.tally).copy(),
            "confusion": confusion.plain if confusion else None,
            "spikes": self.account.capture(),
            "markers": [[marker.trial, marker.text] for marker in self.markers],
            "frozen": [name for name, path in self.net.projections.items() if path.frozen],
            "clock": self.net.clock if self.rule.lasting else 0,
        }
        arrays = {address: array.copy() for address, array in self.kept_arrays().items()}
        return State(meta, arrays)

    def kept_arrays(self) -> dict[str, np.ndarray]:
        """Every array that the run goes on from: weights and, where it lives on, activity."""
        activity = self.net.activity() if self.rule.lasting else {}
        return self.net.weights() | activity

    def restore(self, state: State) -> None:
        """Put back a captured state, in place; channels without saved rows are cut at its trial."""
        meta = state.meta
        self.trial, self.epoch, self.position = meta["trial"], meta["epoch"], meta["position"]
        self.streams.restore(meta["streams"])
        self.rule.remember(meta["rule"])
        self.markers = [Marker(trial, text) for trial, text in meta["markers"]]
        activity = self.net.activity() if self.rule.lasting else {}
        self.net.put({key: array for key, array in state.arrays.items() if key not in activity})
        live = {key: array for key, array in state.arrays.items() if key in activity}
        self.net.put_activity(live, meta.get("clock", 0))
        self.spikes.forget()
        self.account.restore(meta.get("spikes"))
        for name, path in self.net.projections.items():
            path.frozen = name in meta["frozen"]
        self.recorder.restore(state)
        self.shown, self.fault, self.phase = None, None, Phase.TRIAL
        self.guard.kept = State(meta, state.arrays)
        self._running = self._run()
