"""One panel's figure a file, found by walking this folder."""
