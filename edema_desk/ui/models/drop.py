"""A folder that is dragged over the window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def folder_in(event: QDropEvent) -> str:
    """The one folder that is dragged, or nothing."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return ""
    path = Path(urls[0].toLocalFile())
    return str(path) if path.is_dir() else ""
