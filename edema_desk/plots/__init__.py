"""Plots as the window shows them and as they are put on paper."""
