"""Pictures and pages are drawn without a screen, in tests too."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says this of every widget; it means nothing."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")
