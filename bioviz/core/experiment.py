"""A live experiment: built from a description, run as a generator that yields phases."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .blas import use_one_thread
from .burst_memory import BurstMemory
from .catalogue import ExperimentEntry, describe
from .change import changes, rebuilds
from .course import Course
from .electrode import Electrodes
from .epoch import Epochs
from .fault import BiovizError, SpecError
from .guard import Guard
from .network import Network
from .principal import Axes, principal_axes
from .probe import Channel, Marker
from .recorder import Recorder
from .registry import RULES, TASKS
from .rule import Phase, Rule
from .spec import ExperimentSpec
from .spike_account import SpikeAccount
from .spike_memory import SpikeMemory
from .state import State
from .stream import Streams
from .task import Dataset, Examples, Progress, Trial, silent

if TYPE_CHECKING:
    from .history import History

ANOTHER_LIFE = 2**30  # the first edition of what a twin has recorded


def build(
    spec: ExperimentSpec,
    *,
    progress: Progress = silent,
    dtype: type[np.floating[Any]] = np.float32,
    data: Dataset | None = None,
) -> Experiment:
    """Make the live experiment that `spec` describes, at trial 0.

    Raises SpecError with every reason why it cannot be built, and DataMissing where its data set
    is not on this machine. Limits BLAS to one thread for the whole process, so that the same spec
    and seed give the same bits everywhere. `dtype` is float32 but for numerical
    checks. Where `data` are given they stand in for the task's own.
    """
    use_one_thread()
    spec = spec.checked()
    streams = Streams(spec.seed)
    if data is None:
        data = TASKS[spec.task.key](spec.task.params(TASKS)).load(streams, progress)
    return _made(spec, data, streams, dtype)


def _made(
    spec: ExperimentSpec, data: Dataset, streams: Streams, dtype: type[np.floating[Any]]
) -> Experiment:
    """The experiment at trial 0, once its data are there."""
    task = TASKS[spec.task.key](spec.task.params(TASKS))
    net = Network(spec.network, streams, dtype)
    rule = RULES[spec.rule.key](spec.rule.params(RULES), streams, spec.loss)
    if rule.pools:
        net.pool = net.output.size // task.shape(task.params)[1]
    if spec.batch == 1 and rule.outer:
        net.expect_single()
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
        self.bursts = BurstMemory(net, rule)
        self.electrodes = Electrodes(net)
        self.account = SpikeAccount(net, rule.lasting)
        self.guard = Guard()
        self.history: History | None = None  # kept by whoever trains it, for looking back
        self.fault: BiovizError | None = None
        self._epochs = Epochs(data, streams)
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
    def epoch_trials(self) -> int:
        """Trials in one pass over the training set."""
        return math.ceil(len(self.data.train) / self.spec.batch)

    @cached_property
    def principal_axes(self) -> Axes | None:
        """The principal axes of the inputs, for rules that look for them."""
        return principal_axes(self)

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes that answers name; none for a rule that has no teacher."""
        return self.data.classes if self.rule.teacher else ()

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
        self.spikes.begin_trial(self.trial)
        self.account.begin_trial()
        loss, sent = 0.0, 0
        for phase in self.rule.trial(self.net, trial):
            if phase is not Phase.MIRROR:
                self.shown = trial  # with eyes closed nothing is
            if phase is Phase.TICK:
                self.spikes.note()
                self.bursts.note()
                self.account.note()
            if phase is Phase.FORWARD:
                self.sample, sent = sent, sent + 1  # some rules send one example after the other
            if phase is Phase.BACKWARD:
                loss = self.recorder.note(self.rule.answer(self.net), trial.t)
            yield phase
        self._count(len(trial.x))
        self._mark_condition(len(trial.x))
        self.guard.check(self, loss)
        yield from self.recorder.record()
        self.guard.keep(self)

    def _draw(self) -> Trial:
        rows = self._epochs.rows(self.epoch, self.position, self.spec.batch)
        x, t = self.examples.read(rows, self.net.dtype)
        return Trial(x, t, rows, self.trial, self._course(rows, x))

    def _course(self, rows: np.ndarray, x: np.ndarray) -> Course | None:
        """What happens in these trials tick by tick, drawn from a stream of their own."""
        if self.data.script is None:
            return None
        stream = self.streams.fresh(f"course/{self.epoch}/{self.position}")
        course = self.data.script(rows, self.spec.network.dt, stream)
        return self.electrodes.wired(course, x) if self.rule.lasting else course

    @property
    def examples(self) -> Examples:
        """The training examples of this epoch: the same in all, but where a task renews them."""
        return self._epochs.examples(self.epoch)

    def _mark_condition(self, examples: int) -> None:
        """Leave a marker where the world has changed within the trial that ends here."""
        if self.data.condition is None:
            return
        seen = self.epoch * len(self.data.train) + self.position
        now = self.data.condition(seen)
        if now != self.data.condition(seen - examples):
            self.mark(now)

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
            self._epochs = Epochs(self.data, self.streams)
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
        kept = self.kept_arrays().items()
        arrays = {address: array.copy(order="K") for address, array in kept}
        return State(self.meta(), arrays)

    def meta(self) -> dict[str, Any]:
        """The part of the state that is no array: where the run stands, ready for JSON."""
        confusion = self.recorder.confusion
        return {
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
            "fired": self.electrodes.capture() if self.rule.lasting else {},
        }

    def kept_arrays(self) -> dict[str, np.ndarray]:
        """Every array that the run goes on from: weights and, where it lives on, activity."""
        activity = self.net.activity() if self.rule.lasting else {}
        return self.net.weights() | activity

    def twin(self) -> Experiment:
        """Another network and rule of the same description, on the same data, to look back with.

        What panels hold of the one must never pass for the other's: so its editions are its own.
        """
        twin = _made(self.spec, self.data, Streams(self.spec.seed), self.net.dtype)
        twin.bursts.life = ANOTHER_LIFE
        for channel in twin.channels.values():
            channel.edition = ANOTHER_LIFE
        return twin

    def describe_as(self, spec: ExperimentSpec, data: Dataset) -> None:
        """Take over a description and data of another time, which need no other network."""
        self.spec = spec
        self.rule.params = spec.rule.params(RULES)
        if data is not self.data:
            self.data, self._epochs = data, Epochs(data, self.streams)
            self.__dict__.pop("principal_axes", None)

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
        self.electrodes.restore(meta.get("fired", {}))
        self.spikes.forget()
        self.bursts.forget()
        self.account.restore(meta.get("spikes"))
        for name, path in self.net.projections.items():
            path.frozen = name in meta["frozen"]
        self.recorder.restore(state)
        self.shown, self.fault, self.phase = None, None, Phase.TRIAL
        self.guard.kept = State(meta, state.arrays)
        self.history = state.history or self.history
        if self.history is not None:
            self.history.cut(self.trial)
        self._running = self._run()
