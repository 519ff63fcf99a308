"""The window: one page a file."""
