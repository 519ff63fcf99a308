"""The page Today on a screen."""

from tests.ui.today.today_kit import clock, page, source

__all__ = ["clock", "page", "source"]
