"""Learning rules, one a file; each docstring gives the equation, the order and the source."""
