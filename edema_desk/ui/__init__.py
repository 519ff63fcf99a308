"""The window: one room a folder, its page in `page.py`."""
