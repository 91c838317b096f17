"""pyqtgraph's quicker import: the same to whoever uses it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from bioviz.ui import forwarding
forwarding.import_pyqtgraph()
import PySide6.QtCore, PySide6.QtWidgets, pyqtgraph
from pyqtgraph.Qt import QtCore, QtGui, QtWidgets
assert QtCore.Signal is PySide6.QtCore.Signal
assert QtWidgets.QApplication is PySide6.QtWidgets.QApplication
assert "QObject" in dir(PySide6.QtCore)
app = pyqtgraph.mkQApp()
plot = pyqtgraph.PlotWidget()
plot.plot([0, 1, 2], [2, 0, 1])
plot.addItem(pyqtgraph.ImageItem())
assert not plot.grab().isNull()
try:
    QtCore.NoSuchThing
except AttributeError:
    print("as it was")
"""


def test_pyqtgraph_draws_and_finds_every_class_of_qt():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "as it was", done.stderr
