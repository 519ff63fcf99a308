"""The capture page on a screen."""

from tests.ui.capture.capture_kit import begin, page

__all__ = ["begin", "page"]
