"""The window: what is composed of panels, document and trainer."""
