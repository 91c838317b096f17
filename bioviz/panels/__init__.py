"""Panels: views of a run, one a file; those that begin with an underscore are parts of others."""
