"""A window without a screen for the tests of this folder."""

import pytest

from tests.ui.fixtures import desk, jobs, nothing_left, settled, theme

__all__ = ["desk", "jobs", "nothing_left", "settled", "theme"]


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says this of every window; it means nothing."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")
