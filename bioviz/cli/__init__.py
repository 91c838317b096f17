"""The command line: one file a command; nothing here imports Qt.

Command modules import numpy and the engine only inside their functions, so that `--help` is quick.
"""
