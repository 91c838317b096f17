"""Sessions: what a file holds, how it is read and written, and the gallery."""
