"""MNIST and its like: where they are looked for, what is said where they are missing or damaged."""

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
from bioviz.tasks.mnist import Mnist

from ..specs import make_spec

SOURCE = Mnist.folder()  # before any test hides it
SETS = [task for _, task in TASKS.items() if task.megabytes]

sets = pytest.mark.parametrize("kind", SETS, ids=[task.key for task in SETS])


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without MNIST."""
    monkeypatch.delenv("BIOVIZ_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def load(part: str = "small", kind: Any = Mnist) -> Any:
    return kind(kind.Params(part=part)).load(Streams(1))


@sets
def test_a_missing_data_set_is_told_with_what_to_do(nowhere: Path, kind: Any) -> None:
    spec = make_spec((784, 10, 10), "backprop", kind.key)
    assert spec.problems() == []
    with pytest.raises(DataMissing, match=f"{kind.title} is not on this machine") as caught:
        build(spec)
    assert "BIOVIZ_DATA_DIR" in str(caught.value)
    assert f"bioviz fetch {kind.key}" in str(caught.value)
    assert caught.value.fetch == kind.key


@sets
def test_a_set_names_its_classes_files_and_checksums(kind: Any) -> None:
    assert len(set(kind.names)) == 10
    assert len({file.name for file in kind.files}) == 4
    assert all(len(bytes.fromhex(file.digest)) == 32 for file in kind.files)
    assert sum(file.size for file in kind.files) / 1e6 == pytest.approx(kind.megabytes, abs=1.0)
    assert len(kind.mirrors) >= 2
    assert all(mirror.endswith("/") for mirror in kind.mirrors)


def test_pictures_of_clothes_are_read_with_their_names(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = TASKS["fashion_mnist"]
    monkeypatch.setenv("BIOVIZ_DATA_DIR", str(nowhere))
    (nowhere / kind.key).mkdir()
    labels = np.arange(10_000) % 10
    pixels = np.zeros((10_000, 28, 28), np.uint8)
    pixels[:, 14, 14] = 255
    for name, _, _ in kind.files:
        array = labels if "labels" in name else pixels
        header = bytes((0, 0, 8, array.ndim)) + np.array(array.shape, ">u4").tobytes()
        content = header + array.astype(np.uint8).tobytes()
        (nowhere / kind.key / f"{name}.gz").write_bytes(gzip.compress(content, 1))
    data = load("small", kind)
    assert (len(data.train), len(data.test), data.image) == (8000, 2000, (28, 28))
    assert data.classes[9] == "Ankle boot"


def test_it_is_looked_for_in_the_chosen_folder_first(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(Mnist.places()) == 1
    monkeypatch.setenv("BIOVIZ_DATA_DIR", "/somewhere")
    assert Mnist.places()[0] == Path("/somewhere/mnist")
    assert len(Mnist.places()) == 2


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
    for name, _, _ in Mnist.files:
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
        for name, _, _ in Mnist.files:
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
    files = tuple(
        file._replace(digest=hashlib.sha256(right(file.name)).hexdigest()) for file in Mnist.files
    )
    monkeypatch.setattr(Mnist, "mirrors", made.addresses)
    monkeypatch.setattr(Mnist, "files", files)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_download_is_checked_and_tells_how_far_it_is(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, right)
    told: list[float] = []
    assert Mnist.download(lambda _, fraction: told.append(fraction)) == Mnist.folder()
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) > len(Mnist.files)


def test_the_second_mirror_is_asked_where_the_first_is_gone(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.second, right)
    assert Mnist.download() == Mnist.folder()


def test_the_second_mirror_is_asked_where_the_first_has_other_bytes(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, wrong)
    mirrors.offer(mirrors.second, right)
    assert Mnist.download() == Mnist.folder()


def test_bytes_packed_in_another_way_are_refused_where_the_digest_is_of_the_package(
    mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirrors.offer(mirrors.first, right)
    monkeypatch.setattr(Mnist, "packed", True)
    with pytest.raises(DataMissing, match="the file is not MNIST's"):
        Mnist.download()


def test_no_mirror_with_the_right_bytes_is_told_and_nothing_wrong_stays(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, wrong)
    with pytest.raises(DataMissing) as caught:
        Mnist.download()
    assert "the file is not MNIST's" in str(caught.value)
    assert "HTTPError" in str(caught.value)
    assert not list(Mnist.places()[-1].glob("*.gz"))


def test_a_broken_file_of_an_earlier_download_is_fetched_again(mirrors: Mirrors) -> None:
    mirrors.offer(mirrors.first, right)
    place = Mnist.places()[-1]
    place.mkdir(parents=True)
    for name, _, _ in Mnist.files:
        (place / f"{name}.gz").write_bytes(gzip.compress(right(name))[:20] + b"\xff" * 100)
    assert Mnist.download() == Mnist.folder()


@pytest.mark.mnist
def test_the_small_set_is_split_the_same_way_for_every_seed() -> None:
    one, other = load(), Mnist(Mnist.Params(part="small")).load(Streams(9))
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
    cache = Mnist.places()[-1]
    shutil.copytree(SOURCE, cache)
    assert Mnist.folder() == cache
    assert len(load().train) == 8000
