"""Metrics, one a file: each fills named channels while a run goes on."""
