"""Figures for talks and papers, and movies: drawn by matplotlib from plain data, never from Qt."""
