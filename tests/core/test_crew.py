"""The crew: every piece is done once, whoever is free, asleep, busy or gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from bioviz.core.blas import use_one_thread
from bioviz.core.crew import Crew, Piece
from bioviz.core.product import Product

PIECES, SIDE = 12, 40


class Work:
    """Products whose outputs count how often each was carried out."""

    def __init__(self, pieces: int = PIECES) -> None:
        one = np.ones((SIDE, SIDE), np.float32)
        self.outs = [np.zeros((SIDE, SIDE), np.float32) for _ in range(pieces)]
        self._products = [Product(out, one, one) for out in self.outs]
        for product in self._products:
            product.set(1.0, 1.0)
        self.pieces: list[Piece] = [product.pieces[0] for product in self._products]

    @property
    def counts(self) -> set[float]:
        return {float(value) / SIDE for out in self.outs for value in (out.min(), out.max())}


@pytest.fixture(params=[2, 3])
def crew(request: pytest.FixtureRequest) -> Iterator[Crew]:
    use_one_thread()
    crew = Crew(request.param)
    yield crew
    crew.dismiss()


def test_a_crew_does_every_piece_once_job_after_job(crew: Crew) -> None:
    work = Work()
    for times in range(1, 2001):
        crew.share(work.pieces)
        if times in (1, 10, 2000):
            assert work.counts == {times}


def test_a_crew_that_has_fallen_asleep_is_woken(crew: Crew) -> None:
    work = Work()
    crew.share(work.pieces)
    while crew.awake:
        pass  # they look around for a moment longer
    crew.share(work.pieces)
    assert work.counts == {2}


def test_callers_from_several_threads_do_not_meet(crew: Crew) -> None:
    works = [Work() for _ in range(3)]

    def share(work: Work) -> None:
        for _ in range(300):
            crew.share(work.pieces)

    threads = [threading.Thread(target=share, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [work.counts for work in works] == [{300}] * 3


def test_an_interrupt_leaves_no_piece_behind(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    work, finish, hits = Work(), crew._finish, [KeyboardInterrupt()]

    def interrupted(board: np.ndarray) -> bool:
        if hits:
            raise hits.pop()
        return bool(finish(board))

    monkeypatch.setattr(crew, "_finish", interrupted)
    with pytest.raises(KeyboardInterrupt):
        crew.share(work.pieces)
    assert work.counts == {1}
    crew.share(work.pieces)
    assert work.counts == {2}


def test_more_pieces_than_the_board_holds_are_done_all_the_same(crew: Crew) -> None:
    work = Work(1)
    crew.share(work.pieces * 5000)
    assert work.counts == {5000}


def test_a_crew_that_was_dismissed_ends_its_threads(crew: Crew) -> None:
    crew.share(Work().pieces)
    helpers = crew.helpers
    crew.dismiss()
    for thread in helpers:
        thread.join(10)
    assert helpers
    assert not any(thread.is_alive() for thread in helpers)
