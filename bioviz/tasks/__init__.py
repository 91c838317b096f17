"""Tasks, one a file: what there is to learn."""
