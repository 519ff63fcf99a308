"""Clips that a tablet or another program puts into a folder, on their way to being captures."""
