"""MNIST: where it is looked for, and what is said where it is missing, damaged or unreachable."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bioviz.core.experiment import build
from bioviz.core.fault import DataMissing
from bioviz.core.registry import TASKS
from bioviz.core.stream import Streams
from bioviz.tasks import mnist

from ..specs import make_spec

SOURCE = mnist.folder()  # before any test hides it


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without MNIST."""
    monkeypatch.delenv("BIOVIZ_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def load(part: str = "small") -> Any:
    kind = TASKS["mnist"]
    return kind(kind.Params(part=part)).load(Streams(1))


def test_a_missing_data_set_is_told_with_what_to_do(nowhere: Path) -> None:
    spec = make_spec((784, 10, 10), "backprop", "mnist")
    assert spec.problems() == []
    with pytest.raises(DataMissing, match="MNIST is not on this machine") as caught:
        build(spec)
    assert "BIOVIZ_DATA_DIR" in str(caught.value)


def test_it_is_looked_for_in_the_chosen_folder_first(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(mnist.places()) == 1
    monkeypatch.setenv("BIOVIZ_DATA_DIR", "/somewhere")
    assert mnist.places()[0] == Path("/somewhere/mnist")
    assert len(mnist.places()) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip at all",
        gzip.compress(b"\0\0\x08\x03"),
        gzip.compress(b"x" * 8_000_000)[:5000],
    ],
    ids=["empty", "not gzip", "too short", "cut off"],
)
def test_a_damaged_file_is_told_by_name(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(nowhere))
    (nowhere / "mnist").mkdir()
    for name in mnist.FILES:
        (nowhere / "mnist" / f"{name}.gz").write_bytes(content)
    with pytest.raises(DataMissing, match=r"t10k-images-idx3-ubyte\.gz is damaged"):
        load()


class Mirrors:
    """Two mirrors on this machine, each a folder served over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second = folder / "first", folder / "second"
        handler = partial(_Quiet, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{self.server.server_port}"
        self.addresses = (f"{address}/first/", f"{address}/second/")

    def offer(self, place: Path, content: Callable[[str], bytes]) -> None:
        place.mkdir()
        for name in mnist.FILES:
            (place / f"{name}.gz").write_bytes(gzip.compress(content(name)))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def right(name: str) -> bytes:
    return name.encode() * 5000


def wrong(name: str) -> bytes:
    return b"something else"


@pytest.fixture
def mirrors(nowhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirrors]:
    made = Mirrors(tmp_path)
    digests = {name: hashlib.sha256(right(name)).hexdigest() for name in mnist.FILES}
    monkeypatch.setattr(mnist, "MIRRORS", made.addresses)
    monkeypatch.setattr(mnist, "FILES", digests)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_download_is_checked_and_tells_how_far_it_is(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, right)
    told: list[float] = []
    assert mnist.download(lambda _, fraction: told.append(fraction)) == mnist.folder()
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) > len(mnist.FILES)


def test_the_second_mirror_is_asked_where_the_first_is_gone(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.second, right)
    assert mnist.download() == mnist.folder()


def test_the_second_mirror_is_asked_where_the_first_has_other_bytes(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, wrong)
    mirrors.offer(mirrors.second, right)
    assert mnist.download() == mnist.folder()


def test_no_mirror_with_the_right_bytes_is_told_and_nothing_wrong_stays(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, wrong)
    with pytest.raises(DataMissing) as caught:
        mnist.download()
    assert "the file is not MNIST's" in str(caught.value)
    assert "HTTPError" in str(caught.value)
    assert not list(mnist.places()[-1].glob("*.gz"))


def test_a_broken_file_of_an_earlier_download_is_fetched_again(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, right)
    place = mnist.places()[-1]
    place.mkdir(parents=True)
    for name in mnist.FILES:
        (place / f"{name}.gz").write_bytes(gzip.compress(right(name))[:20] + b"\xff" * 100)
    assert mnist.download() == mnist.folder()


@pytest.mark.mnist
def test_the_small_set_is_split_the_same_way_for_every_seed() -> None:
    one, other = load(), TASKS["mnist"](TASKS["mnist"].Params(part="small")).load(Streams(9))
    assert (len(one.train), len(one.test)) == (8000, 2000)
    np.testing.assert_array_equal(one.test.labels, other.test.labels)


@pytest.mark.mnist
def test_the_full_set_is_read_and_stays_bytes() -> None:
    data = load("full")
    assert (len(data.train), len(data.test)) == (60_000, 10_000)
    assert data.train.inputs.dtype == np.uint8
    assert data.train.labels[:5].tolist() == [5, 0, 4, 1, 9]


@pytest.mark.mnist
def test_files_copied_into_the_cache_are_found(nowhere: Path) -> None:
    assert SOURCE is not None
    cache = mnist.places()[-1]
    shutil.copytree(SOURCE, cache)
    assert mnist.folder() == cache
    assert len(load().train) == 8000
