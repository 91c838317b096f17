"""Unit models, one a file."""
