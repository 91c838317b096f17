"""MNIST: 70,000 handwritten digits, read from disk or downloaded when a user asks."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any, Literal

import numpy as np

from ..core.fault import DataMissing
from ..core.parameter import Part, parameter
from ..core.stream import Streams
from ..core.task import Dataset, Examples, Progress, Task, silent
from ._idx import read_idx

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
# SHA-256 of the decompressed files: their compression differs between mirrors.
FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
SIZES = {  # bytes to download, for the progress; about, since compressions differ
    "train-images-idx3-ubyte": 9_900_000,
    "train-labels-idx1-ubyte": 29_000,
    "t10k-images-idx3-ubyte": 1_650_000,
    "t10k-labels-idx1-ubyte": 4_500,
}
SMALL = 8000  # training images of the small set; the other 2,000 of the test file are held out


class MnistParams(Part):
    """Which part of it."""

    part: Literal["full", "small"] = parameter(
        "full",
        "All 60,000 training images, or 8,000 drawn from the test file (2,000 held out).",
        title="Images",
        rebuild=True,
        names={"full": "60,000 (full)", "small": "8,000 (small)"},
    )


class Mnist(Task):
    """The field's standard: 28 by 28 pixels, ten classes."""

    key = "mnist"
    title = "MNIST"
    summary = "70,000 handwritten digits of 28 by 28 pixels; the field's standard."
    source = "Y. LeCun, C. Cortes & C. J. C. Burges, the MNIST database of handwritten digits"
    Params = MnistParams

    @staticmethod
    def shape(params: Any) -> tuple[int, int]:
        return 784, 10

    def load(self, streams: Streams, progress: Progress = silent) -> Dataset:
        home = folder()
        if home is None:
            raise DataMissing(
                "MNIST is not on this machine. Download it (11 MB) with File > Download MNIST or "
                "`bioviz fetch mnist`, or set BIOVIZ_DATA_DIR to the folder that holds mnist/."
            )
        progress("Reading MNIST", 0.1)
        held_out = _read(home, "t10k", 10_000)
        if self.params.part == "small":
            return _dataset(*_split(*held_out))
        training = _read(home, "train", 60_000)
        progress("Reading MNIST", 1.0)
        return _dataset(_examples(*training), _examples(*held_out))


def places() -> list[Path]:
    """Where MNIST is looked for, first place first."""
    import platformdirs

    chosen = os.environ.get("BIOVIZ_DATA_DIR")
    cache = platformdirs.user_cache_path("bioviz", appauthor=False) / "data"
    return [*([Path(chosen) / "mnist"] if chosen else []), cache / "mnist"]


def folder() -> Path | None:
    """The first place that holds all four files, or None."""
    for place in places():
        if all((place / f"{name}.gz").is_file() for name in FILES):
            return place
    return None


def download(progress: Progress = silent) -> Path:
    """Fetch all four files into the cache, each from the first mirror that gives the right bytes.

    Raises DataMissing where no mirror does; what was fetched before stays.
    """
    target = places()[-1]
    for name, digest in FILES.items():
        file = target / f"{name}.gz"
        if not _sound(file, digest):
            file.unlink(missing_ok=True)
            _fetch(file, digest, progress)
    progress("MNIST is here", 1.0)
    return target


def _fetch(file: Path, digest: str, progress: Progress) -> None:
    failures = []
    for mirror in MIRRORS:
        host = mirror.split("/")[2]
        try:
            _retrieve(mirror, file, progress)
        except (OSError, ValueError) as error:  # requests' faults are OSErrors
            failures.append(f"{host}: {type(error).__name__}")
            continue
        if _sound(file, digest):
            return
        file.unlink()
        failures.append(f"{host}: the file is not MNIST's")
    raise DataMissing(
        f"MNIST could not be downloaded ({'; '.join(failures)}). Check the connection and try "
        f"again, or put the four .gz files into {file.parent}."
    )


def _retrieve(mirror: str, file: Path, progress: Progress) -> None:
    """Download one file to its place by way of a temporary one."""
    import pooch

    pooch.get_logger().setLevel("WARNING")  # it would write to the terminal, over our own words
    bar = _Bar(file.name.removesuffix(".gz"), progress)
    loader = pooch.HTTPDownloader(progressbar=bar)
    pooch.retrieve(f"{mirror}{file.name}", None, file.name, file.parent, downloader=loader)


class _Bar:
    """What pooch tells how many bytes have come, passed on as a fraction of all four files."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.total = 0
        names = list(SIZES)
        self._words = f"Downloading MNIST: {name}"
        self._before = sum(SIZES[other] for other in names[: names.index(name)])
        self._came = 0
        self._progress = progress
        self.update(0)

    def update(self, count: int) -> None:
        self._came += count
        done = self._before + min(self._came, self.total or 0)
        self._progress(self._words, min(done / sum(SIZES.values()), 1.0))

    def reset(self) -> None:
        """pooch calls this, then update(total), once the file is whole."""
        self._came = 0

    def close(self) -> None:
        """Nothing to put away."""


def _sound(path: Path, digest: str) -> bool:
    if not path.is_file():
        return False
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return False
    return hashlib.sha256(content).hexdigest() == digest


def _read(home: Path, kind: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    images = read_idx(home / f"{kind}-images-idx3-ubyte.gz", (count, 28, 28))
    labels = read_idx(home / f"{kind}-labels-idx1-ubyte.gz", (count,))
    return images.reshape(count, 784), labels.astype(np.intp)


def _split(images: np.ndarray, labels: np.ndarray) -> tuple[Examples, Examples]:
    rows = Streams(0).fresh("mnist split").permutation(len(images))
    images, labels = images[rows], labels[rows]
    return _examples(images[:SMALL], labels[:SMALL]), _examples(images[SMALL:], labels[SMALL:])


def _examples(images: np.ndarray, labels: np.ndarray) -> Examples:
    return Examples(images, 10, labels=labels, scale=1 / 255)


def _dataset(train: Examples, test: Examples) -> Dataset:
    return Dataset(train=train, test=test, classes=tuple("0123456789"), image=(28, 28))
