"""Fuzzy matching: whether the letters that were typed are found in a text, and how well."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

START, RUN, GAP = 8.0, 5.0, 0.15  # for a word's first letter, for the next letter, per letter left


class Match(NamedTuple):
    """How well a text fits, and the places of the letters that do."""

    score: float
    places: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Find every word of `query` in `text`, letters in order, words in any; None where one lacks.

    Letters at the beginning of words and letters in a row count most, short texts count more.
    """
    low, score = text.lower(), 0.0
    places: set[int] = set()
    for word in query.lower().split():
        found = _best(word, low)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Match(score - 0.02 * len(text), tuple(sorted(places)))


def _best(word: str, text: str) -> Match | None:
    """The best of the ways to find `word`: all of it, or its letters from a word's first on."""
    whole = text.find(word)
    starts = [i for i, letter in enumerate(text) if letter == word[0] and _begins(text, i)]
    starts += [whole] if whole >= 0 else []
    found = [match for match in (_from(word, text, start) for start in starts) if match]
    return max(found, key=lambda match: match.score, default=None)


def _from(word: str, text: str, start: int) -> Match | None:
    places = [start]
    for letter in word[1:]:
        after = places[-1] + 1
        if text[after : after + 1] != letter:
            after = _next(text, letter, after)
        if after < 0:
            return None
        places.append(after)
    score = sum(START for place in places if _begins(text, place))
    score += sum(RUN for one, other in pairwise(places) if other == one + 1)
    return Match(score - GAP * (places[-1] - places[0] + 1 - len(places)), tuple(places))


def _next(text: str, letter: str, after: int) -> int:
    """Where a letter comes next: at the beginning of a word if there is one, else anywhere."""
    every = [i for i in range(after, len(text)) if text[i] == letter]
    begun = [i for i in every if _begins(text, i)]
    return (begun or every or [-1])[0]


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
