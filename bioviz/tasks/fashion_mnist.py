"""Fashion-MNIST: 70,000 pictures of clothes, as large as MNIST's digits but harder."""

from __future__ import annotations

from ._idx_set import File, IdxSet


class FashionMnist(IdxSet):
    """Ten kinds of clothing from a shop's catalogue; shirts and coats are hard to tell apart."""

    key = "fashion_mnist"
    title = "Fashion-MNIST"
    summary = "70,000 pictures of clothes of 28 by 28 pixels; harder than MNIST."
    source = "H. Xiao, K. Rasul & R. Vollgraf 2017, arXiv:1708.07747, MIT licence"
    megabytes = 31
    names = (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    )
    mirrors = (
        "https://fashion-mnist.s3.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    )
    files = (  # of the .gz files, as TensorFlow Datasets has them
        File(
            "train-images-idx3-ubyte",
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        File(
            "train-labels-idx1-ubyte",
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
        File(
            "t10k-images-idx3-ubyte",
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        File(
            "t10k-labels-idx1-ubyte",
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    )
