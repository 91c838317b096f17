"""Kuzushiji-MNIST: 70,000 cursive Japanese characters, as large as MNIST's digits."""

from __future__ import annotations

from ._idx_set import File, IdxSet


class Kmnist(IdxSet):
    """Ten characters from old books; each is written in many ways, so it is harder than digits."""

    key = "kmnist"
    title = "Kuzushiji-MNIST"
    summary = "70,000 cursive Japanese characters of 28 by 28 pixels."
    source = (
        "KMNIST Dataset (CODH), adapted from Kuzushiji Dataset (NIJL and others), "
        "doi 10.20676/00000341; T. Clanuwat et al. 2018, arXiv:1812.01718, CC BY-SA 4.0"
    )
    megabytes = 21
    names = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
    mirrors = (  # one host: no other is known to have these files
        "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    )
    files = (  # of the .gz files, as TensorFlow Datasets has them
        File(
            "train-images-idx3-ubyte",
            18_165_135,
            "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        ),
        File(
            "train-labels-idx1-ubyte",
            29_497,
            "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        ),
        File(
            "t10k-images-idx3-ubyte",
            3_041_136,
            "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        ),
        File(
            "t10k-labels-idx1-ubyte",
            5_120,
            "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
        ),
    )
