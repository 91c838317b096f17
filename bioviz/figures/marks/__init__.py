"""How each mark of a figure is drawn by matplotlib: one group of marks a file."""
