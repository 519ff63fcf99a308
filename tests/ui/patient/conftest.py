"""The plot of a course on a screen."""

from tests.ui.patient.plot_kit import plot

__all__ = ["plot"]
