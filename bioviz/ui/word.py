"""Numbers and names as people read and write them: the same on screen as in figures."""

from ..figures.word import humanise, in_sentence, number, tick, typed

__all__ = ["humanise", "in_sentence", "number", "tick", "typed"]
