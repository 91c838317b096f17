"""MNIST: 70,000 handwritten digits, read from disk or downloaded when a user asks."""

from __future__ import annotations

from pathlib import Path

from ._idx_set import File, IdxSet


class Mnist(IdxSet):
    """The field's standard: 28 by 28 pixels, ten classes."""

    key = "mnist"
    title = "MNIST"
    summary = "70,000 handwritten digits of 28 by 28 pixels; the field's standard."
    source = "Y. LeCun, C. Cortes & C. J. C. Burges, the MNIST database of handwritten digits"
    megabytes = 11
    names = tuple("0123456789")
    mirrors = (
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    )
    packed = False  # the mirrors' compressions differ
    files = (
        File(
            "train-images-idx3-ubyte",
            9_900_000,
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ),
        File(
            "train-labels-idx1-ubyte",
            29_000,
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ),
        File(
            "t10k-images-idx3-ubyte",
            1_650_000,
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ),
        File(
            "t10k-labels-idx1-ubyte",
            4_500,
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
    )


def folder() -> Path | None:
    """Where MNIST lies, or None where it is not on this machine."""
    return Mnist.folder()
